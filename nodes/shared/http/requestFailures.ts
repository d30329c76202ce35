import type { ApiRequest, Connection } from './connection';
import { expiryRemark } from './expiry';
import { Failure } from './failures';
import type { Outcome } from './outcome';
import { redact } from './redact';
import { serviceMessage } from './serviceMessage';

/** What to do about a status where the service has nothing of its own to say. */
const ADVICE: Record<number, string> = {
	400: 'Check the fields of this operation',
	403: 'The key may not do this',
	405: 'The service does not offer this for this object',
	409: 'There is such an object already',
	422: 'Check the field that the message names',
};

function sentence(seconds: number): string {
	return `${Math.max(1, Math.ceil(seconds))} s`;
}

/** What a success says that was not understood: rows are no message. */
function quotedSuccess(body: unknown): string {
	const isMessage =
		typeof body === 'string' ||
		['error', 'message', 'errors', 'detail'].some((name) => Object.hasOwn(Object(body), name));
	return isMessage ? quoted(body) : '';
}

function quoted(body: unknown): string {
	const text = serviceMessage(body);
	return text ? `: ${text}` : '';
}

function adviceFor(
	{ serviceName, expiresOn, clock, advise }: Connection,
	{ subject }: ApiRequest,
	status: number,
	body: unknown,
): string | undefined {
	const own = advise?.({ status, body, subject });
	if (status === 401) {
		const remark = expiryRemark(serviceName, expiresOn, clock.calendar());
		return [own ?? 'The API key is wrong, was deleted, or has expired. Check the credential', remark]
			.filter(Boolean)
			.join('. ');
	}
	return own ?? (status === 404 ? `Check the ID of the ${subject}` : ADVICE[status]);
}

const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name is not known',
	EAI_AGAIN: 'its host name could not be looked up',
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	ECONNRESET: 'the connection broke off',
};

function withoutAnswer(connection: Connection, request: ApiRequest, outcome: Outcome, tries: number): Failure {
	const { serviceName, secret } = connection;
	const what =
		outcome.kind === 'noAnswer'
			? (NETWORK[outcome.code] ?? `the connection did not work (${outcome.code})`)
			: outcome.kind === 'broken'
				? `it answered ${outcome.status}${outcome.problem ? `, but ${outcome.problem}${quotedSuccess(outcome.body)}` : quoted(outcome.body)}`
				: '';
	const mayHaveArrived = outcome.kind === 'broken' || (outcome.kind === 'noAnswer' && outcome.mayHaveArrived);
	const isUncertain = mayHaveArrived && !request.isRepeatable;
	const times = tries > 1 ? ` after ${tries} tries` : '';
	return new Failure({
		kind: !mayHaveArrived ? 'notSent' : outcome.kind === 'broken' && outcome.status >= 500 ? 'answer' : 'lost',
		message: redact(`${serviceName} gave no usable answer about the ${request.subject}${times}: ${what}`, secret),
		advice: isUncertain
			? `It may or may not have been done, so it was not sent again. Look at the ${request.subject} before you run this again`
			: mayHaveArrived
				? 'Try again later'
				: 'Nothing was sent. Check the Base URL of the credential, and the network of n8n',
		...(outcome.kind === 'broken'
			? { status: outcome.status, body: redact(outcome.body, secret), requestId: outcome.requestId }
			: {}),
	});
}

/** The failure that an outcome amounts to, in the service's own words, and what to do next. */
export function requestFailure(connection: Connection, request: ApiRequest, outcome: Outcome, tries: number): Failure {
	if (outcome.kind === 'redirect') {
		return new Failure({
			kind: 'answer',
			message: redact(`${connection.serviceName} redirects to ${outcome.target}`, connection.secret),
			advice:
				'Redirects are not followed, because the other host would get the API key. Correct the Base URL of the credential',
			status: outcome.status,
		});
	}
	if (outcome.kind !== 'answer') return withoutAnswer(connection, request, outcome, tries);
	const { status, body, requestId } = outcome;
	const names: Record<number, string> = {
		401: 'does not accept the API key',
		404: `does not know the ${request.subject}`,
	};
	const happened = names[status] ?? `refused the request about the ${request.subject} (${status})`;
	return new Failure({
		kind: 'answer',
		message: redact(`${connection.serviceName} ${happened}${quoted(body)}`, connection.secret),
		advice: adviceFor(connection, request, status, body),
		status,
		body: redact(body, connection.secret),
		requestId,
	});
}

/** The rate limit left no room: within the wait budget, or in the time that a picker has. */
export function rateLimitFailure(
	connection: Connection,
	request: ApiRequest,
	{ outcome, waitMs }: { outcome?: Outcome; waitMs?: number },
): Failure {
	const { serviceName, window, waitBudgetMs, giveUpAfterMs } = connection;
	if (outcome?.kind !== 'rejected') {
		const wait = waitMs === undefined || waitMs === Infinity ? '' : ` for another ${sentence(waitMs / 1000)}`;
		return new Failure({
			kind: 'rateLimit',
			message: `The rate limit of ${serviceName} leaves no room${wait}, and this does not wait longer than ${sentence((giveUpAfterMs ?? 0) / 1000)}`,
			advice: 'Other work with the same API key uses the window. Try again in a minute',
		});
	}
	const asked =
		outcome.retryAfterMs === undefined ? '' : ` and asks to wait another ${sentence(outcome.retryAfterMs / 1000)}`;
	const own = connection.advise?.({ status: outcome.status, body: outcome.body, subject: request.subject });
	return new Failure({
		kind: 'rateLimit',
		message: `${serviceName} refused everything for ${sentence(window.rejectedForMs / 1000)} (rate limit, ${outcome.status})${asked}${quoted(redact(outcome.body, connection.secret))}`,
		advice: `The ${request.subject} was not changed. Something else uses the key up: raise the option 'Wait Budget' (now ${sentence(waitBudgetMs / 1000)})${own ? `, ${own}` : ''}`,
		status: outcome.status,
		body: redact(outcome.body, connection.secret),
		requestId: outcome.requestId,
		retryAfterMs: outcome.retryAfterMs,
	});
}

export function readOnlyFailure({ subject }: ApiRequest): Failure {
	return new Failure({
		kind: 'invalid',
		message: `Nothing was sent about the ${subject}: the credential is read-only`,
		advice: "Use another credential, or switch 'Read Only' off in this one",
	});
}
