import type { IAuthenticate, IAuthenticateGeneric, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, isSafe } from './baseUrl';

type Authenticate = Exclude<IAuthenticate, IAuthenticateGeneric>;

/** Blanks, and characters without width that copying leaves at the ends. */
const ENDS = /^[\s\u200B-\u200F\u2060\uFEFF\u00AD]+|[\s\u200B-\u200F\u2060\uFEFF\u00AD]+$/gu;
/** A part of the header that was pasted with the key. */
const PASTED = /^(?:authorization\s*:\s*)?(oauth|bearer)\s/i;

/**
 * An API key without surrounding blanks.
 *
 * @throws Error for one that cannot be sent as it is
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

/** Where a request goes, as n8n's nodes write it; nothing where it is not a whole URL. */
function targetOf({ baseURL, url, uri }: IHttpRequestOptions & { uri?: unknown }): string | undefined {
	const [path, base] = [String(url ?? uri ?? ''), String(baseURL ?? '')];
	const target = /^[a-z][a-z\d+.-]*:\/\//i.test(path) ? path : base;
	return URL.canParse(target) ? target : undefined;
}

/**
 * The `authenticate` of a credential: adds the header with the key, and stops before anything is sent where the key or its target cannot
 * be right. It holds wherever n8n uses the credential, also in its test and in the HTTP Request node.
 *
 * @param scheme what Authorization says in front of the key, literally
 * @param check of fields besides the key and the Base URL; throws Error
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
