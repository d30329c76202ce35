/** The execution was cancelled while a request waited or was on the wire. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'AbortError';
	}
}

/** A caller that cannot wait long (a picker) would have had to wait longer than it can. */
export class GaveUp extends Error {
	constructor() {
		super('The rate limit left no free request in time');
	}
}

/**
 * A write that depends on a read was rejected, lost or delayed: what was read may have changed meanwhile. Its unit begins again with its
 * reads.
 */
export class Outdated extends Error {
	/**
	 * @param afterMs how long to wait before, in milliseconds
	 * @param prepare what to do before, outside the unit
	 */
	constructor(
		readonly afterMs: number,
		readonly prepare: () => Promise<void> = async () => {},
	) {
		super('The write waited, and what it depends on must be read again');
	}
}

export type FailureKind =
	/** The service answered with an error, or with something that is not an answer. */
	| 'answer'
	/** Nothing but rejections within the wait budget. */
	| 'rateLimit'
	/** Sent, and no usable answer came: it may or may not have been done. */
	| 'lost'
	/** It did not reach the service. */
	| 'notSent'
	/** It was not sent, because the credential or the input forbids it. */
	| 'invalid';

export interface FailureFacts {
	kind: FailureKind;
	/** What happened: one sentence without a full stop. */
	message: string;
	/** What to do next. */
	advice?: string;
	/** The HTTP status, where there was one. */
	status?: number;
	/** A look-up that would have shown the object did not show it. */
	isNotFound?: true;
	/** The number of the item that it belongs to, where one of several is at fault. */
	item?: number;
	/** What the service sent, without the key. */
	body?: unknown;
	requestId?: string;
	/** How long the service asks to wait, in milliseconds. */
	retryAfterMs?: number;
}

/** A request that did not succeed: plain facts, which know neither node nor item. `toNodeApiError` makes them an error for users. */
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

/** True when the request may have been done although no usable answer came: lost, or a 5xx. */
export function mayHaveArrived(error: unknown): error is Failure {
	if (!(error instanceof Failure)) return false;
	return error.facts.kind === 'lost' || (error.facts.kind === 'answer' && (error.status ?? 0) >= 500);
}

/** What was asked for, or nothing where the answer is a 404. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
	try {
		return await asked;
	} catch (error) {
		if (hasStatus(error, 404)) return undefined;
		throw asError(error);
	}
}

/** An error that a `catch` cannot do anything about goes on as it is. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
