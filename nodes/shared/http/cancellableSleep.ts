import type { Connection } from './connection';
import { Cancelled } from './failures';

/**
 * Waits, and notices within a second if the execution was cancelled.
 *
 * @param mayHaveArrived a write was sent before, and its result is not known
 */
export async function cancellableSleep(
	{ clock, signal }: Pick<Connection, 'clock' | 'signal'>,
	ms: number,
	mayHaveArrived = false,
): Promise<void> {
	for (let leftMs = ms; leftMs > 0; leftMs -= 1000) {
		if (signal?.aborted) throw new Cancelled(mayHaveArrived);
		await clock.sleep(Math.min(1000, leftMs));
	}
}
