import type { IHttpRequestOptions } from 'n8n-workflow';
import { fetch } from 'undici';
import { systemClock } from '../../nodes/shared/http/clock';
import { KeyWindow } from '../../nodes/shared/http/keyWindow';
import { RunReport } from '../../nodes/shared/http/runReport';
import { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';

async function send({ method, url, qs, body, headers }: IHttpRequestOptions, key?: string) {
	const query = qs
		? `?${new URLSearchParams(Object.entries(qs).map(([name, value]): [string, string] => [name, String(value)]))}`
		: '';
	const isForm = typeof body === 'string';
	const answer = await fetch(`${url}${query}`, {
		method,
		redirect: 'manual',
		headers: {
			...(headers as Record<string, string>),
			...(key ? { Authorization: `OAuth ${key}` } : {}),
			...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
		},
		body: body ? (isForm ? (body as string) : JSON.stringify(body)) : undefined,
	});
	const text = await answer.text();
	let parsed: unknown = text;
	try {
		parsed = JSON.parse(text);
	} catch {
		// Not JSON, so the text is returned as it is.
	}
	return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: parsed };
}

type Answered = Awaited<ReturnType<typeof send>>;

export interface DirectOptions {
	key?: string;
	/** Requests per window and its length. No limit if omitted. */
	limit?: number;
	windowMs?: number;
	/** Rate limit shared by several runs with the same key. */
	window?: KeyWindow;
	/** Other processes use the same key. */
	isShared?: boolean;
	/** Middleware between the run and the service. It can inspect a request, answer it, or make other changes first. */
	between?: (options: IHttpRequestOptions, next: () => Promise<Answered>) => Promise<Answered>;
}

/** The API client of one run without n8n, so thousands of runs take seconds. */
export function directApi(
	url: string,
	{
		key = 'simulator-key',
		limit = 1_000_000,
		windowMs = 60_000,
		isShared = false,
		window = new KeyWindow(systemClock, windowMs),
		between = async (_, next) => await next(),
	}: DirectOptions = {},
): StatuspageApi {
	window.setLimit('test', limit);
	return new StatuspageApi({
		serviceName: 'Statuspage',
		baseUrl: url,
		secret: key,
		isReadOnly: false,
		isShared,
		send: async (options) => await between(options, async () => await send(options, key)),
		sendWithoutKey: async (options) => await send(options),
		window,
		clock: systemClock,
		executionKey: 'test',
		timeoutMs: 10_000,
		waitBudgetMs: 60_000,
		report: new RunReport(),
	});
}
