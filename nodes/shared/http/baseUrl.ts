import { parsedUrl } from './parsedUrl';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

export function isLoopback(url: string): boolean {
	return LOOPBACK.test(new URL(url).hostname);
}

/** True if a key may be sent to this URL: it is encrypted, or on this machine. */
export function isSafe(url: string): boolean {
	const { protocol } = new URL(url);
	return protocol === 'https:' || (protocol === 'http:' && isLoopback(url));
}

/**
 * A base URL without its trailing slash.
 *
 * @throws Error if it is not a URL, contains a user name or a query, or would send the key unencrypted to another machine
 */
export function checkedBaseUrl(value: string): string {
	const text = value.trim();
	const url = parsedUrl(text);
	if (!url) throw new Error(`The Base URL of the credential is not a URL: "${text}". It must start with https://`);
	if (!isSafe(text)) {
		throw new Error(
			`The Base URL of the credential must start with https:// ("${url.origin}" would send the API key in clear text). Only a loopback address may use http://`,
		);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new Error('The Base URL of the credential must contain no user name, query or fragment');
	}
	return text.replace(/\/+$/, '');
}
