import { hasStatus, mayHaveArrived, asError, type Failure } from '../http/failures';
import type { Clock } from '../http/clock';

/** How much the clocks of n8n and the service, and a slow network, may differ before a record counts as older than our request. */
const CLOCK_TOLERANCE_MS = 60_000;

export interface Creation<R> {
	clock: Clock;
	create: () => Promise<R>;
	/** Looks for the object by what the service takes only once: an e-mail, a name. */
	find: () => Promise<R | undefined>;
	/** When the service says that the object was created, as a date in text. */
	createdAt: (row: R) => unknown;
	/** What is wrong when somebody else created it before. */
	taken: (row: R) => Failure;
}

export interface Created<R> {
	row: R;
	/** The answer was lost, and the object was found afterwards. */
	wasLost: boolean;
}

/**
 * Creates an object, exactly once. When the answer is lost, the object is looked up: one that is there now was created by this request;
 * if none is, it is sent again, and a first try that arrives late meets the service's own check.
 *
 * @throws Failure; with status 409 when there is such an object already
 */
export async function createOnce<R>({ clock, create, find, createdAt, taken }: Creation<R>): Promise<Created<R>> {
	const sentAt = clock.calendar();
	let wasLost = false;
	for (let tries = 1; ; tries++) {
		try {
			return { row: await create(), wasLost: false };
		} catch (error) {
			const isTaken = wasLost && hasStatus(error, 409);
			if (!isTaken && !mayHaveArrived(error)) throw asError(error);
			wasLost = true;
			const row = await find();
			if (row && Date.parse(String(createdAt(row))) < sentAt - CLOCK_TOLERANCE_MS) throw asError(taken(row));
			if (row) return { row, wasLost };
			if (tries === 2 || isTaken) throw asError(error);
		}
	}
}
