import { cancellableSleep } from '../http/cancellableSleep';
import type { Connection } from '../http/connection';
import { Cancelled, Failure, asError, hasStatus, mayHaveArrived } from '../http/failures';
import { backoffMs } from '../http/retry';
import { CLOCK_TOLERANCE_MS, lookUpLost, uncertainCreate } from './lookUpLost';

const MAX_TRIES = 2;

export interface Creation<R> {
	connection: Pick<Connection, 'clock' | 'report' | 'signal'>;
	create: () => Promise<R>;
	/** Looks for the object by a unique value, e.g. an email. */
	find: () => Promise<R | undefined>;
	/** The creation date of the object, as text. */
	createdAt: (row: R) => unknown;
	/** The failure if it existed before. */
	taken: (row: R) => Failure;
	/** How often it is sent if it is not found; 1 if the service may accept it twice. */
	maxTries?: number;
}

export interface Created<R> {
	row: R;
	/** The answer was lost, and the object was found afterwards. */
	wasLost: boolean;
}

/** The error of a later try, after a lost one. */
function afterLost(error: unknown): Error {
	if (error instanceof Cancelled) return new Cancelled(true);
	if (!(error instanceof Failure) || error.facts.kind === 'answer') return asError(error);
	return uncertainCreate(error, 'The answer to an earlier try was lost');
}

/**
 * Creates an object exactly once. If the answer is lost, the object is looked up. If it exists now, this request created it. If not, the
 * request is sent again, and a first attempt that arrives late is rejected by the service.
 *
 * @throws Failure; with status 409 if such an object existed before
 */
export async function createOnce<R>({
	connection,
	create,
	find,
	createdAt,
	taken,
	maxTries = MAX_TRIES,
}: Creation<R>): Promise<Created<R>> {
	const { clock, report } = connection;
	const sentAt = clock.calendar();
	let lost: Failure | undefined;
	for (let tries = 1; ; tries++) {
		try {
			return { row: await create(), wasLost: false };
		} catch (error) {
			const isTaken = lost !== undefined && hasStatus(error, 409);
			if (!isTaken && !mayHaveArrived(error)) throw lost ? afterLost(error) : asError(error);
			lost = error;
		}
		const row = await lookUpLost(find, lost);
		if (row && Date.parse(String(createdAt(row))) < sentAt - CLOCK_TOLERANCE_MS) throw asError(taken(row));
		if (row) return { row, wasLost: true };
		if (lost.status === 409) throw lost;
		if (tries === maxTries) throw uncertainCreate(lost, 'It was not found yet');
		report.repeats++;
		await cancellableSleep(connection, backoffMs(tries, clock.random()), true);
	}
}
