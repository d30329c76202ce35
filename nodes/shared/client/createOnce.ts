import { hasStatus, mayHaveArrived, asError, type Failure } from '../http/failures';
import type { Clock } from '../http/clock';

/** Tolerance for clock differences and a slow network, before an object counts as older than our request. */
const CLOCK_TOLERANCE_MS = 60_000;

export interface Creation<R> {
	clock: Clock;
	create: () => Promise<R>;
	/** Looks for the object by a unique value, e.g. an email. */
	find: () => Promise<R | undefined>;
	/** The creation date of the object, as text. */
	createdAt: (row: R) => unknown;
	/** The failure if it existed before. */
	taken: (row: R) => Failure;
}

export interface Created<R> {
	row: R;
	/** The answer was lost, and the object was found afterwards. */
	wasLost: boolean;
}

/**
 * Creates an object exactly once. If the answer is lost, the object is looked up. If it exists now, this request created it. If not, the
 * request is sent again, and a first attempt that arrives late is rejected by the service.
 *
 * @throws Failure; with status 409 if such an object existed before
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
