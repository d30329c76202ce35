import type { ApiRequest, Connection } from './connection';
import { expiryRemark } from './expiry';
import { Failure } from './failures';
import type { Outcome, Unusable } from './outcome';
import { redact } from './redact';
import { serviceMessage } from './serviceMessage';

/** What to do about a status where the service has nothing of its own to say. */
const ADVICE: Record<number, string> = {
	400: 'Check the fields of this operation',
	403: 'The API key has no permission for this',
	405: 'The service does not support this for this object',
	409: 'This conflicts with an existing object',
	422: 'Check the field that the message names',
};

const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'connection refused',
	ENOTFOUND: 'unknown host name',
	EAI_AGAIN: 'the host name could not be looked up',
	ECONNABORTED: 'no response in time',
	ETIMEDOUT: 'no response in time',
	ECONNRESET: 'the connection was closed',
	EHOSTUNREACH: 'the host cannot be reached',
	EPROTO: 'the secure connection could not be set up',
};

/** The reason for a missing answer, in words. */
export function networkReason(code: string): string {
	return NETWORK[code] ?? `connection failed, ${code}`;
}

/** The purpose of a request, which completes "could not …": "read the viewers of page abc". */
export function purposeOf({ method, isRepeatable, subject }: ApiRequest): string {
	const verbs = {
		GET: 'read',
		POST: isRepeatable ? 'change' : 'create',
		PUT: 'update',
		PATCH: 'update',
		DELETE: 'delete',
	};
	const verb = verbs[method as keyof typeof verbs] ?? 'process';
	return `${verb} the ${subject}`;
}

/** The object in the path of a request: "viewer abc" for "components of viewer abc". */
function objectIn(subject: string): string {
	return subject.replace(/^[a-z ]+ of /, '').replace(/ to (?=\S+ \S+$)/, ' and the ');
}

export function secondsText(ms: number): string {
	return `${Math.max(1, Math.round(ms / 1000))} s`;
}

/** What to do about a write that may have been done. */
export function uncertainAdvice({ isRepeatable, subject }: ApiRequest): string {
	return isRepeatable
		? 'The request may have succeeded. It can safely be sent again'
		: `The request may have succeeded, so it wasn't repeated. Check the ${subject} before running this again`;
}

export function quoted(body: unknown): string {
	const text = serviceMessage(body);
	return text ? `: ${text}` : '';
}

/** The message in a success that is not understood. Its objects are no message. */
function quotedSuccess(body: unknown): string {
	const isMessage =
		typeof body === 'string' ||
		['error', 'message', 'errors', 'detail'].some((name) => Object.hasOwn(Object(body), name));
	return isMessage ? quoted(body) : '';
}

function adviceFor(
	{ serviceName, expiresOn, clock, advise }: Connection,
	{ subject, advice = {} }: ApiRequest,
	status: number,
	body: unknown,
): string | undefined {
	const object = objectIn(subject);
	const own = advice[status] ?? advise?.({ status, body, subject: object });
	if (status === 401) {
		const remark = expiryRemark(serviceName, expiresOn, clock.calendar());
		return [own ?? 'It may be mistyped, deleted or expired. Check the credential', remark].filter(Boolean).join('. ');
	}
	return own ?? (status === 404 ? `Check the ID of the ${object}` : ADVICE[status]);
}

function unusableAnswer({ serviceName }: Connection, purpose: string, outcome: Outcome & { kind: 'broken' }): string {
	const { status, problem, body } = outcome;
	if (problem === undefined) return `${serviceName} could not ${purpose} (${status})${quoted(body)}`;
	return `${serviceName} answered the request to ${purpose} with ${status}, but ${problem}${quotedSuccess(body)}`;
}

function withoutUsableAnswer(
	connection: Connection,
	request: ApiRequest,
	outcome: Unusable,
	{ tries, mayHaveArrived }: Tries,
): Failure {
	const { serviceName, secret } = connection;
	const purpose = purposeOf(request);
	const happened =
		outcome.kind === 'broken'
			? unusableAnswer(connection, purpose, outcome)
			: `${outcome.mayHaveArrived ? `No response from ${serviceName} to the request to` : `Could not reach ${serviceName} to`} ${purpose}: ${networkReason(outcome.code)}`;
	return new Failure({
		kind: !mayHaveArrived ? 'notSent' : outcome.kind === 'broken' && outcome.status >= 500 ? 'answer' : 'lost',
		message: redact(`${happened}${tries > 1 ? ` (${tries} attempts)` : ''}`, secret),
		advice: !mayHaveArrived
			? "No request was sent. Check the Base URL of the credential and n8n's network connection"
			: request.method === 'GET'
				? 'Try again later'
				: uncertainAdvice(request),
		...(mayHaveArrived ? { mayHaveArrived } : {}),
		...(outcome.kind === 'broken'
			? { status: outcome.status, body: redact(outcome.body, secret), requestId: outcome.requestId }
			: {}),
	});
}

/** All tries of a request until its failure. */
interface Tries {
	tries: number;
	/** One of them may have arrived. */
	mayHaveArrived: boolean;
}

/** The failure that an outcome amounts to, in the service's own words, and what to do next. */
export function requestFailure(
	connection: Connection,
	request: ApiRequest,
	outcome: Exclude<Outcome, { kind: 'rejected' }>,
	tries: Tries,
): Failure {
	const { serviceName, secret } = connection;
	if (outcome.kind === 'redirect') {
		return new Failure({
			kind: 'answer',
			message: redact(`${serviceName} redirects to ${outcome.target}`, secret),
			advice:
				"Redirects aren't followed, because the other host would receive the API key. Correct the Base URL of the credential",
			status: outcome.status,
		});
	}
	if (outcome.kind !== 'answer') return withoutUsableAnswer(connection, request, outcome, tries);
	const { status, body, requestId } = outcome;
	const happened: Record<number, string> = {
		401: `${serviceName} rejected the API key`,
		404: `${serviceName} could not find the ${request.subject}`,
	};
	return new Failure({
		kind: 'answer',
		message: redact(
			`${happened[status] ?? `${serviceName} rejected the request to ${purposeOf(request)} (${status})`}${quoted(body)}`,
			secret,
		),
		advice: adviceFor(connection, request, status, body),
		status,
		body: redact(body, secret),
		requestId,
	});
}

export function readOnlyFailure(request: ApiRequest): Failure {
	return new Failure({
		kind: 'invalid',
		message: `The credential is read-only, so the request to ${purposeOf(request)} was not sent`,
		advice: "Use another credential, or turn off 'Read Only' in this one",
	});
}
