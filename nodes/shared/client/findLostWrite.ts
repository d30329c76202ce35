import { cancellableSleep } from '../http/cancellableSleep';
import { Cancelled, Failure, asError } from '../http/failures';
import { backoffMs } from '../http/retry';
import type { ApiClient } from './apiClient';

/** A write can be finished a few seconds after the connection was lost. */
const MOST_LOOKS = 4;

/** @param reason what could not be found out: one sentence without a full stop */
function uncertain({ facts }: Failure, reason: string, subject: string): Failure {
	return new Failure({
		...facts,
		mayHaveArrived: true,
		advice: `${reason}. The request may still be processed, so it was not sent again. Check ${subject} before you run this again`,
	});
}

interface Look<R> {
	/** Undefined if nothing was found. Throws Failure if it can't be decided. */
	find: () => Promise<R | undefined>;
	/** What was looked for, for messages: "The incident was not found". */
	notFound: string;
	/** What the user should check: "the incidents of the page". */
	subject: string;
}

/**
 * Looks for the result of a write whose answer was lost. The write is never sent again, because it may have notified people, or
 * because the service accepts it twice.
 *
 * @throws Failure of the write, with what could not be found out; Cancelled
 */
export async function findLostWrite<R>(
	{ connection }: Pick<ApiClient, 'connection'>,
	lost: Failure,
	{ find, notFound, subject }: Look<R>,
): Promise<R> {
	for (let looks = 1; ; looks++) {
		let found: R | undefined;
		try {
			found = await find();
		} catch (error) {
			if (error instanceof Cancelled) throw asError(new Cancelled(true));
			throw uncertain(lost, `The result could not be looked up: ${asError(error).message}`, subject);
		}
		if (found !== undefined) return found;
		if (looks === MOST_LOOKS) throw uncertain(lost, notFound, subject);
		await cancellableSleep(connection, backoffMs(looks + 1, connection.clock.random()), true);
	}
}
