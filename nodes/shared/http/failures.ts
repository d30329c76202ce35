/** The execution was cancelled while a request was waiting or in flight. */
export class Cancelled extends Error {
	/** @param mayHaveArrived a write was sent, but its answer did not come before the execution was cancelled */
	constructor(readonly mayHaveArrived = false) {
		super('The execution was cancelled');
		this.name = 'AbortError';
	}
}

/** The wait for a slot would be longer than the caller can wait, e.g. a picker. */
export class GaveUp extends Error {
	constructor() {
		super('The rate limit left no free request in time');
	}
}

/** Nothing but rejections or failed connections came back until the run's time for this was over. */
export class NoTimeLeft extends Error {
	constructor() {
		super('The service was not available in time');
	}
}

/**
 * A write that depends on a read was rejected, lost or delayed, so the object may have changed since the read. The unit starts again
 * with its reads.
 */
export class Outdated extends Error {
	/**
	 * @param afterMs the wait before the next round, in milliseconds
	 * @param prepare runs before the next round, outside the unit
	 */
	constructor(
		readonly afterMs: number,
		readonly prepare: () => Promise<void> = async () => {},
	) {
		super('The write waited, and what it depends on must be read again');
	}
}

export type FailureKind =
	/** The service answered with an error, or with an unusable answer. */
	| 'answer'
	/** Nothing but rejections in the time that the run may wait. */
	| 'rateLimit'
	/** Sent, but no usable answer came. It may or may not have been done. */
	| 'lost'
	/** It did not reach the service. */
	| 'notSent'
	/** It was not sent, because the credential or the input is invalid. */
	| 'invalid';

export interface FailureFacts {
	kind: FailureKind;
	/** What happened: one sentence without a full stop. */
	message: string;
	/** What to do next. */
	advice?: string;
	/** An earlier try of the request may have arrived, so it may have been done whatever the last try shows. */
	mayHaveArrived?: true;
	/** The HTTP status, if there was one. */
	status?: number;
	/** A look-up that would have shown the object did not show it, so it does not exist. */
	isNotFound?: true;
	/** The number of the item at fault, if it is one of several. */
	item?: number;
	/** The body of the answer, without the key. */
	body?: unknown;
	requestId?: string;
	/** The wait that the service asks for, in milliseconds. */
	retryAfterMs?: number;
}

/** Why something did not succeed, as plain facts. `toNodeError` turns them into an error for users. */
export class Failure extends Error {
	constructor(readonly facts: FailureFacts) {
		super(facts.message);
	}

	get status(): number | undefined {
		return this.facts.status;
	}
}

/** True for an answer with one of these HTTP status codes. */
export function hasStatus(error: unknown, ...statuses: number[]): error is Failure {
	return error instanceof Failure && error.status !== undefined && statuses.includes(error.status);
}

/** True if the request may have been done although no usable answer came: a try was lost, or answered with a 5xx. */
export function mayHaveArrived(error: unknown): error is Failure {
	if (!(error instanceof Failure)) return false;
	if (error.facts.mayHaveArrived) return true;
	return error.facts.kind === 'lost' || (error.facts.kind === 'answer' && (error.status ?? 0) >= 500);
}

/** The result of the request, or undefined if the answer is a 404. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
	try {
		return await asked;
	} catch (error) {
		if (hasStatus(error, 404)) return undefined;
		throw asError(error);
	}
}

/** For rethrowing a caught value: n8n's lint rejects `throw error`. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
