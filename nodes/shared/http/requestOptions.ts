import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiRequest, Connection } from './connection';

/**
 * The options for n8n. By default, n8n follows redirects, which would send the key to another host, and repeats a request after a 401.
 *
 * @param signal ends the request
 */
export function requestOptions(
	connection: Connection,
	{ method, path, query, body, isForm }: ApiRequest,
	signal: AbortSignal,
): IHttpRequestOptions {
	const { mediaType } = connection;
	const options: IHttpRequestOptions = {
		method,
		url: `${connection.baseUrl}${path}`,
		headers: { Accept: mediaType ? `${mediaType}, application/json` : 'application/json' },
		json: true,
		timeout: connection.timeoutMs,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	if (query) options.qs = query;
	if (body && isForm) {
		options.headers = { ...options.headers, 'Content-Type': 'application/x-www-form-urlencoded' };
		options.body = formOf(body);
	} else if (body && (mediaType || Object.keys(body).length === 0)) {
		// n8n leaves out an empty object, but not its text.
		options.headers = { ...options.headers, 'Content-Type': mediaType ?? 'application/json' };
		options.body = JSON.stringify(body);
	} else if (body) {
		options.body = body;
	}
	// n8n assigns the cancel signal of the execution. This signal fires then too, and at the time limit.
	Object.defineProperty(options, 'abortSignal', { enumerable: true, get: () => signal, set: () => {} });
	return options;
}

/** Rails' form notation: a list `ids` is `ids[]=1&ids[]=2`. */
function formOf(body: object): string {
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(body)) {
		if (Array.isArray(value)) for (const entry of value) form.append(`${name}[]`, String(entry));
		else form.append(name, String(value));
	}
	return form.toString();
}
