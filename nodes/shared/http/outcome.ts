import type { IDataObject } from 'n8n-workflow';
import { retryAfterMs } from './retryAfter';

/** The outcome of one attempt to send a request. */
export type Outcome =
	| { kind: 'answer'; status: number; body: unknown; requestId?: string }
	| { kind: 'rejected'; status: number; body: unknown; requestId?: string; retryAfterMs?: number }
	| { kind: 'redirect'; status: number; target: string }
	/** A 5xx, or an unusable success such as HTML from a proxy. `problem` says what is wrong with a success. */
	| { kind: 'broken'; status: number; body: unknown; requestId?: string; problem?: string }
	/** No answer. `mayHaveArrived` is only false if the request certainly did not reach the service. */
	| { kind: 'noAnswer'; code: string; mayHaveArrived: boolean; isTransient: boolean };

/** Reads the body of a success. Throws NotUnderstood if a required field is missing. */
export type Understand = (body: unknown, status: number) => unknown;

/** A success without a required field. The message says what is wrong: "the list of viewers is missing". */
export class NotUnderstood extends Error {}

export interface RawAnswer {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** Both mean that the rate limit was reached. Some services still use the older 420. */
const REJECTIONS = [420, 429];

const NEVER_ARRIVED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const BROKEN_OFF = [
	'ECONNRESET',
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'HPE_INVALID_CONSTANT',
];

export function outcomeOfAnswer(
	{ statusCode: status, headers, body }: RawAnswer,
	understand: Understand,
	calendarNow: number,
): Outcome {
	const requestId = headers['x-request-id'] === undefined ? undefined : String(headers['x-request-id']);
	if (REJECTIONS.includes(status)) {
		return {
			kind: 'rejected',
			status,
			body,
			requestId,
			retryAfterMs: retryAfterMs(headers['retry-after'], calendarNow),
		};
	}
	if (status >= 300 && status < 400)
		return { kind: 'redirect', status, target: String(headers.location ?? 'an unnamed address') };
	if (status >= 500) return { kind: 'broken', status, body, requestId };
	if (status >= 300) return { kind: 'answer', status, body, requestId };
	try {
		return { kind: 'answer', status, body: understand(body, status), requestId };
	} catch (error) {
		return {
			kind: 'broken',
			status,
			body,
			requestId,
			problem: error instanceof NotUnderstood ? error.message : `it cannot be read (${(error as Error).message})`,
		};
	}
}

/** n8n wraps errors of the network library, sometimes more than once. */
function errorCode(error: unknown): string {
	for (let current = error as IDataObject | undefined, depth = 0; current && depth < 5; depth++) {
		const code = current.code ?? current.httpCode;
		if (typeof code === 'string' && /^[A-Z]/.test(code)) return code;
		const text = String(current.message ?? '');
		if (/aborted|socket hang up/i.test(text)) return 'ECONNRESET';
		current = current.cause as IDataObject | undefined;
	}
	return 'UNKNOWN';
}

export function outcomeOfThrown(error: unknown): Outcome {
	const code = errorCode(error);
	const neverArrived = NEVER_ARRIVED.includes(code);
	return {
		kind: 'noAnswer',
		code,
		mayHaveArrived: !neverArrived && !/CERT|TLS|SSL/.test(code),
		isTransient: neverArrived || BROKEN_OFF.includes(code),
	};
}
