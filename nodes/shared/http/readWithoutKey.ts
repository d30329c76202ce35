import type { Connection } from './connection';
import type { RawAnswer } from './outcome';

/** Long enough for a page that everybody reads; nothing depends on its answer. */
const TIMEOUT_MS = 10_000;

/** What somebody without a key sees at an address. */
export interface PublicAnswer {
	status: number;
	body: unknown;
	/** Where a redirect leads. */
	location?: string;
}

/** Reads an address without the key and outside its window. Answers with nothing when there is no answer; redirects are not followed. */
export async function readWithoutKey({ sendWithoutKey }: Connection, url: string): Promise<PublicAnswer | undefined> {
	try {
		const { statusCode, headers, body } = (await sendWithoutKey({
			method: 'GET',
			url,
			headers: { Accept: 'application/json' },
			json: true,
			timeout: TIMEOUT_MS,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as RawAnswer;
		return {
			status: statusCode,
			body,
			...(headers?.location === undefined ? {} : { location: String(headers.location) }),
		};
	} catch {
		return undefined;
	}
}
