import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { ApiRequest, Connection } from '../../nodes/shared/http/connection';
import { NotUnderstood } from '../../nodes/shared/http/outcome';
import { KeyWindow } from '../../nodes/shared/http/keyWindow';
import { RunReport } from '../../nodes/shared/http/runReport';
import type { FakeClock } from './fakeClock';

export interface Answer {
	statusCode?: number;
	headers?: IDataObject;
	body?: unknown;
	/** Network error to throw instead of returning a response. */
	throws?: { code: string };
}

/** A service that returns the given responses in order and then repeats the last one. */
export function scripted(clock: FakeClock, answers: Answer[], latencyMs = 0) {
	const sent: Array<IHttpRequestOptions & { at: number }> = [];
	const send = async (options: IHttpRequestOptions) => {
		sent.push({ ...options, at: clock.now() });
		const { statusCode = 200, headers = {}, body = {}, throws } = answers[Math.min(sent.length, answers.length) - 1];
		if (latencyMs > 0) await clock.sleep(latencyMs);
		if (throws) throw Object.assign(new Error('network'), throws);
		return { statusCode, headers, body };
	};
	return { sent, send };
}

export function connectionTo(
	clock: FakeClock,
	send: Connection['send'],
	extra: Partial<Connection> & { limit?: number; windowMs?: number } = {},
): Connection {
	const { limit = 60, windowMs = 60_000, ...rest } = extra;
	const window = new KeyWindow(clock, windowMs);
	window.setLimit('credential', limit);
	return {
		serviceName: 'Statuspage',
		baseUrl: 'https://api.example.com/v1',
		secret: 'secret-key',
		isReadOnly: false,
		isShared: false,
		send,
		sendWithoutKey: send,
		window,
		clock,
		executionKey: 'execution',
		timeoutMs: 60_000,
		waitBudgetMs: 300_000,
		report: new RunReport(),
		...rest,
	};
}

/** Parses a response that must be an object, as for most endpoints. */
function anObject(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new NotUnderstood('the thing is missing');
	return body;
}

export const getRequest: ApiRequest = {
	method: 'GET',
	path: '/things',
	isRepeatable: true,
	understand: anObject,
	subject: 'thing',
};
export const createRequest: ApiRequest = {
	method: 'POST',
	path: '/things',
	body: {},
	isRepeatable: false,
	understand: anObject,
	subject: 'new thing',
};
