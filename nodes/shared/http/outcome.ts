import type { IDataObject } from 'n8n-workflow';
import { retryAfterMs } from './retryAfter';

/** The outcome of one attempt to send a request. */
export type Outcome =
	| { kind: 'answer'; status: number; body: unknown; requestId?: string }
	| { kind: 'rejected'; status: number; body: unknown; requestId?: string; retryAfterMs?: number }
	| { kind: 'redirect'; status: number; target: string }
	/** A 5xx, 408 or 425, or an unusable success such as HTML from a proxy. `problem` says what is wrong with a success. */
	| { kind: 'broken'; status: number; body: unknown; requestId?: string; problem?: string; retryAfterMs?: number }
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

/** Request Timeout and Too Early: the service did not process the request, and says that it may be sent again. */
const SEND_AGAIN = [408, 425];

/** A gateway could not reach the service, or the service says that it is away. */
const AWAY = [502, 503, 504];

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

/** TLS codes of Node.js and OpenSSL. The handshake precedes the request, so nothing was sent. */
const TLS = /CERT|TLS|SSL|^EPROTO$|^UNABLE_TO_|^CRL_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^HOSTNAME_MISMATCH$/;

/** @param calendarNow the calendar's time in milliseconds since 1970, for an answer without a date of its own */
export function outcomeOfAnswer(
	{ statusCode: status, headers, body }: RawAnswer,
	understand: Understand,
	calendarNow: number,
): Outcome {
	const requestId = headers['x-request-id'] === undefined ? undefined : String(headers['x-request-id']);
	// The clock here may differ from the service's.
	const sentAt = Date.parse(String(headers.date));
	const waitMs = () => retryAfterMs(headers['retry-after'], Number.isNaN(sentAt) ? calendarNow : sentAt);
	if (REJECTIONS.includes(status)) return { kind: 'rejected', status, body, requestId, retryAfterMs: waitMs() };
	if (status >= 300 && status < 400)
		return { kind: 'redirect', status, target: String(headers.location ?? 'an unnamed address') };
	if (status >= 500 || SEND_AGAIN.includes(status))
		return { kind: 'broken', status, body, requestId, retryAfterMs: status === 503 ? waitMs() : undefined };
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

export function outcomeOfThrown(error: unknown): Outcome & { kind: 'noAnswer' } {
	const code = errorCode(error);
	const neverArrived = NEVER_ARRIVED.includes(code);
	return {
		kind: 'noAnswer',
		code,
		mayHaveArrived: !neverArrived && !TLS.test(code),
		isTransient: neverArrived || BROKEN_OFF.includes(code),
	};
}

/** True if the request may have been processed although no usable answer came. */
export function isUncertain(outcome: Outcome): outcome is Unusable {
	return outcome.kind === 'broken' || (outcome.kind === 'noAnswer' && outcome.mayHaveArrived);
}

/** An outcome without a usable answer. */
export type Unusable = Outcome & { kind: 'broken' | 'noAnswer' };

/** True if the service may be away: the connection failed, or a gateway answered in its place. */
export function isUnanswered(outcome: Outcome): boolean {
	if (outcome.kind === 'noAnswer') return outcome.isTransient;
	return outcome.kind === 'broken' && AWAY.includes(outcome.status);
}
