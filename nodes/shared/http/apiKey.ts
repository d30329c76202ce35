import type { IAuthenticate, IAuthenticateGeneric, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, isSafe } from './baseUrl';
import { parsedUrl } from './parsedUrl';

type Authenticate = Exclude<IAuthenticate, IAuthenticateGeneric>;

/** Blanks, and characters without width that copying leaves at the ends. */
const ENDS = /^[\s\u200B-\u200F\u2060\uFEFF\u00AD]+|[\s\u200B-\u200F\u2060\uFEFF\u00AD]+$/gu;
/** The start of a header that was copied together with the key. */
const PASTED = /^(?:authorization\s*:\s*)?(oauth|bearer)\s/i;

/**
 * An API key without surrounding blanks.
 *
 * @throws Error for a key that cannot be sent as it is
 */
export function checkedKey(value: unknown): string {
	const key = typeof value === 'string' ? value.replace(ENDS, '') : '';
	if (key === '') throw new Error('The API Key of the credential is empty');
	const word = PASTED.exec(key)?.[1];
	if (word !== undefined)
		throw new Error(
			`The API Key of the credential begins with "${word}". Enter the key alone: n8n adds this word when it sends the key`,
		);
	if (/[^\x20-\x7e]/.test(key))
		throw new Error(
			'The API Key of the credential contains a line break or another character that no key has. Copy the key again',
		);
	return key;
}

/** The target of a request of any n8n node; undefined if it is not a complete URL. */
function targetOf({ baseURL, url, uri }: IHttpRequestOptions & { uri?: unknown }): string | undefined {
	const [path, base] = [String(url ?? uri ?? ''), String(baseURL ?? '')];
	const target = /^[a-z][a-z\d+.-]*:\/\//i.test(path) ? path : base;
	return parsedUrl(target) && target;
}

/**
 * The `authenticate` of a credential. It adds the header with the key. It throws before a request is sent if the key or the target is
 * invalid. n8n calls it for every use of the credential, including the credential test and the HTTP Request node.
 *
 * @param scheme the text before the key in the Authorization header
 * @param check checks other fields; throws Error
 */
export function authenticateWith(scheme: 'OAuth' | 'Bearer', check?: (credential: IDataObject) => void): Authenticate {
	return async (credential, options) => {
		const key = checkedKey(credential.apiKey);
		checkedBaseUrl(String(credential.baseUrl ?? ''));
		check?.(credential as IDataObject);
		const target = targetOf(options);
		if (target !== undefined && !isSafe(target))
			throw new Error(`${new URL(target).origin} would get the API key in clear text. Use https://`);
		return { ...options, headers: { ...options.headers, Authorization: `${scheme} ${key}` } };
	};
}
