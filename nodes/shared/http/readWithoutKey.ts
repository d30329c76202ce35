import type { Connection } from './connection';
import type { RawAnswer } from './outcome';

/** The timeout for a public page. */
const TIMEOUT_MS = 10_000;

/** The answer to a request without a key. */
export interface PublicAnswer {
	status: number;
	body: unknown;
	/** The target of a redirect. */
	location?: string;
}

/** Reads an address without the key and outside its window. Redirects are not followed. Returns undefined without an answer. */
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
