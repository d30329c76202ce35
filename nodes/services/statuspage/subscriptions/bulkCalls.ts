import type { Removal } from '../../../shared/client/answer';
import { RejectedObject, type ChangeResult } from '../../../shared/client/changes';
import { writeInHalves } from '../../../shared/client/writeInHalves';
import { settleConcurrently } from '../../../shared/http/concurrently';
import { Cancelled, Failure, asError, hasStatus, mayHaveArrived } from '../../../shared/http/failures';
import type { StatuspageApi } from '../statuspageApi';

/** The most IDs that the service accepts per call. */
export const MAX_IDS = 100;

const MAX_TRIES = 2;

/** A call with many subscribers. */
export interface BulkCall {
	api: StatuspageApi;
	pageId: string;
	/** Sends one request with these IDs, which is not repeated by itself. */
	send: (ids: string[]) => Promise<Removal | true>;
	/** The IDs for which it was not done yet. It settles an unclear or lost answer. Without it, a lost answer is a failure. */
	remaining?: (ids: string[]) => Promise<string[]>;
	concurrency: number;
}

/** A failure after a call that may have been done. */
function uncertain({ facts }: Failure, advice: string): Failure {
	return new Failure({ ...facts, mayHaveArrived: true, advice });
}

/** Sends the IDs, and settles an answer that was lost or not understood. */
async function sendOnce({ send, remaining }: BulkCall, ids: string[]): Promise<void> {
	let open = ids;
	for (let tries = 1; ; tries++) {
		let lost: Failure;
		try {
			const answer = await send(open);
			if (answer === true || answer.isClear) return;
			lost = new Failure({ kind: 'answer', message: 'The answer of Statuspage was not understood' });
		} catch (error) {
			if (!mayHaveArrived(error) || !remaining) throw asError(error);
			lost = error;
		}
		try {
			open = (await remaining?.(open)) ?? [];
		} catch (error) {
			if (error instanceof Cancelled) throw asError(error);
			throw uncertain(lost, `It may have been done. It could not be looked up: ${asError(error).message}`);
		}
		if (open.length === 0) return;
		if (tries === MAX_TRIES)
			throw uncertain(lost, `It was not done for ${open.length} of ${ids.length} subscribers. Run it again`);
	}
}

/** A missing page is not the fault of an ID. */
async function sendPart(call: BulkCall, ids: string[]): Promise<ChangeResult['failed']> {
	try {
		await sendOnce(call, ids);
		return [];
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
		try {
			await call.api.confirmPlace({ pageId: call.pageId });
		} catch (reason) {
			throw reason instanceof Failure ? new RejectedObject(reason.facts) : asError(reason);
		}
		throw asError(error);
	}
}

/**
 * Sends any number of IDs, at most 100 per request. A rejected request is split until each bad ID is known.
 *
 * @returns the IDs by their result; those of a request that failed for another reason have its message
 * @throws the first error if all requests failed for another reason than an ID
 */
export async function sendInParts(call: BulkCall, ids: string[]): Promise<ChangeResult> {
	const parts: string[][] = [];
	for (let start = 0; start < ids.length; start += MAX_IDS) parts.push(ids.slice(start, start + MAX_IDS));
	const results = await settleConcurrently({
		count: parts.length,
		concurrency: call.concurrency,
		clock: call.api.connection.clock,
		run: async (index) => await writeInHalves(parts[index], async (part) => await sendPart(call, part)),
		stopsAfter: ({ status }) => status === 'rejected',
	});
	const whole: ChangeResult = { done: [], unchanged: [], failed: [] };
	const errors = results.flatMap((result) => (result?.status === 'rejected' ? [asError(result.reason)] : []));
	const [firstError] = errors;
	if (firstError instanceof Cancelled || errors.length === parts.length) if (firstError) throw firstError;
	for (const [index, result] of results.entries()) {
		if (result?.status === 'fulfilled') {
			whole.done.push(...result.value.done);
			whole.failed.push(...result.value.failed);
		} else {
			const reason = result ? asError(result.reason).message : `not sent: ${firstError.message}`;
			whole.failed.push(...parts[index].map((id) => ({ id, reason })));
		}
	}
	return whole;
}
