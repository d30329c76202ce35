import type { Trouble } from './availability';
import type { ApiRequest, Connection } from './connection';
import { Failure, type FailureFacts } from './failures';
import type { Unusable } from './outcome';
import { redact } from './redact';
import { networkReason, purposeOf, quoted, secondsText, uncertainAdvice } from './requestFailures';

/** For a shorter time, a number of seconds would be wrong. */
const SHORTEST_NAMED_MS = 1000;

function durationText(ms: number): string {
	return ms < SHORTEST_NAMED_MS ? '' : ` for ${secondsText(ms)}`;
}

/** The advice for a write whose earlier tries may have arrived precedes other advice. */
function adviceAfter(request: ApiRequest | undefined, mayHaveArrived: boolean, other: string): string {
	return mayHaveArrived && request && request.method !== 'GET' ? `${uncertainAdvice(request)}. ${other}` : other;
}

function purposeText(request: ApiRequest | undefined): string {
	return request ? `could not ${purposeOf(request)}` : 'the request could not be sent';
}

function factsOf({ secret }: Connection, trouble: Trouble): Partial<FailureFacts> {
	if (trouble.kind === 'noAnswer') return {};
	const { status, body, requestId } = trouble;
	return { status, body: redact(body, secret), requestId };
}

function rejectedFailure(
	connection: Connection,
	trouble: Trouble & { kind: 'rejected' },
	request: ApiRequest | undefined,
	mayHaveArrived: boolean,
): Failure {
	const { serviceName, secret, window, waitBudgetMs, advise } = connection;
	const { status, body } = trouble;
	const { askedForMs, troubledForMs } = window.availability;
	const happened = `All requests were rejected${durationText(troubledForMs)} (${status})${quoted(redact(body, secret))}`;
	const asked = askedForMs > 0 ? `. ${serviceName} asks to wait another ${secondsText(askedForMs)}` : '';
	const own = request && advise?.({ status, body, subject: request.subject });
	return new Failure({
		kind: 'rateLimit',
		message: `Rate limit of ${serviceName} reached: ${purposeText(request)}. ${happened}${asked}`,
		advice: adviceAfter(
			request,
			mayHaveArrived,
			`Other requests are using up this key's rate limit. Increase 'Max Wait While Unavailable' (now ${secondsText(waitBudgetMs)})${own ? `, ${own}` : ''}`,
		),
		...factsOf(connection, trouble),
		...(mayHaveArrived ? { mayHaveArrived } : {}),
		retryAfterMs: askedForMs,
	});
}

function awayFailure(
	connection: Connection,
	trouble: Unusable,
	request: ApiRequest | undefined,
	mayHaveArrived: boolean,
): Failure {
	const { serviceName, secret, window, waitBudgetMs } = connection;
	const reason =
		trouble.kind === 'noAnswer'
			? networkReason(trouble.code)
			: `${trouble.status}${quoted(redact(trouble.body, secret))}`;
	const { askedForMs, troubledForMs } = window.availability;
	const asked = askedForMs > 0 ? `. ${serviceName} asks to wait another ${secondsText(askedForMs)}` : '';
	return new Failure({
		kind: mayHaveArrived ? 'lost' : 'notSent',
		message: `${serviceName} was not available${durationText(troubledForMs)} (${reason}): ${purposeText(request)}${asked}`,
		advice: adviceAfter(
			request,
			mayHaveArrived,
			`Try again later, or increase 'Max Wait While Unavailable' (now ${secondsText(waitBudgetMs)})`,
		),
		...factsOf(connection, trouble),
		...(mayHaveArrived ? { mayHaveArrived } : {}),
	});
}

function fullFailure(connection: Connection, request: ApiRequest | undefined, mayHaveArrived: boolean): Failure {
	const { serviceName, giveUpAfterMs = 0 } = connection;
	return new Failure({
		kind: 'rateLimit',
		message: `Rate limit of ${serviceName} reached: ${purposeText(request)} within ${secondsText(giveUpAfterMs)}`,
		advice: adviceAfter(
			request,
			mayHaveArrived,
			"Other requests are using up this key's rate limit. Try again in a minute",
		),
		...(mayHaveArrived ? { mayHaveArrived } : {}),
	});
}

/** Nothing but rejections or failed connections came back until the time of the run was over. */
export function noTimeLeftFailure(
	connection: Connection,
	request: ApiRequest | undefined,
	mayHaveArrived: boolean,
): Failure {
	const { trouble } = connection.window.availability;
	if (!trouble) return fullFailure(connection, request, mayHaveArrived);
	return trouble.kind === 'rejected'
		? rejectedFailure(connection, trouble, request, mayHaveArrived)
		: awayFailure(connection, trouble, request, mayHaveArrived);
}

/** The window had no free slot in the time that a picker, a webhook or a poll has. */
export function noSlotFailure(
	connection: Connection,
	request: ApiRequest | undefined,
	mayHaveArrived: boolean,
): Failure {
	return connection.window.availability.isAway
		? noTimeLeftFailure(connection, request, mayHaveArrived)
		: fullFailure(connection, request, mayHaveArrived);
}
