import { mapConcurrently } from '../http/concurrently';
import { Failure, hasStatus, asError } from '../http/failures';
import { Permits } from '../http/permits';
import type { ApiClient } from './apiClient';

export type Change = 'add' | 'remove';

/** An ID that could not be changed, as far as known. */
export interface FailedId {
	id: string;
	reason: string;
	/** The answer was lost, so it may have been changed. */
	mayHaveArrived?: true;
}

/** The result of changing a list, by ID. */
export interface ChangeResult {
	/** Added, or removed. */
	done: string[];
	/** Were in the list already, or were not in it. */
	unchanged: string[];
	failed: FailedId[];
}

/** A 4xx means that something in the write is bad. Other errors contain no information about the IDs. */
export function isRejected(error: unknown): error is Failure {
	return (
		error instanceof Failure &&
		error.facts.kind === 'answer' &&
		[400, 404, 405, 409, 413, 422].includes(error.status ?? 0)
	);
}

/** A rejection of the object itself, e.g. of the read before a write. No ID is at fault, and smaller writes would be rejected too. */
export class RejectedObject extends Failure {}

/** The same message for another ID. */
export function sameReason(
	{ id: known, reason }: ChangeResult['failed'][number],
	id: string,
): ChangeResult['failed'][number] {
	return { id, reason: reason.replaceAll(known, id) };
}

/** The run of removals, and its number of requests at the same time. */
export interface RemovalRun {
	api: ApiClient;
	concurrency: number;
}

/** Where an ID belongs in the result, with the reason of a failure. */
type RemovalOutcome = 'done' | 'unchanged' | { reason: string };

async function outcomeOfRemoval(
	id: string,
	remove: (id: string) => Promise<unknown>,
	listHolders: (id: string) => Promise<string[]>,
): Promise<RemovalOutcome> {
	try {
		await remove(id);
		return 'done';
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
	}
	try {
		return (await listHolders(id)).includes(id)
			? { reason: 'the service lists it, but found nothing to remove: it may come from a group' }
			: 'unchanged';
	} catch (error) {
		if (!isRejected(error)) throw asError(error);
		return { reason: error.message };
	}
}

/**
 * Removes each ID with its own request. The calls that remove several IDs would remove all of them if their body were lost. Requests run
 * side by side. All items of a run share its limit.
 *
 * @param listHolders lists what still has the ID, after a 404; throws if the object itself is missing
 * @throws the first error that concerns no single ID; nothing is started after it
 */
export async function removeEach(
	ids: string[],
	remove: (id: string) => Promise<unknown>,
	listHolders: (id: string) => Promise<string[]>,
	{ api, concurrency }: RemovalRun,
): Promise<ChangeResult> {
	const permits = await api.cache.read('permits for removals', async () => new Permits(concurrency));
	const outcomes = await mapConcurrently(
		ids,
		{ concurrency: permits.max, clock: api.connection.clock },
		async (id) => await permits.run(async () => await outcomeOfRemoval(id, remove, listHolders)),
	);
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	outcomes.forEach((outcome, index) => {
		if (typeof outcome === 'string') result[outcome].push(ids[index]);
		else result.failed.push({ id: ids[index], ...outcome });
	});
	return result;
}

/** A requested object: the text that was given, and its ID if it was found. */
export interface RequestedId {
	requested: string;
	id?: string;
}

/** The IDs in the lists, each once. */
export function requestedIds(requests: RequestedId[][]): string[] {
	return [...new Set(requests.flat().flatMap(({ id }) => id ?? []))];
}

/** Splits one batch result into one result per requester. If several requested the same ID, the first one gets `done`, the rest `unchanged`. */
export function splitByRequester(result: ChangeResult, requests: RequestedId[][], unknown: string): ChangeResult[] {
	const changed = new Set(result.done);
	const reasons = new Map(result.failed.map(({ id, reason }) => [id, reason]));
	return requests.map((request) => {
		const part: ChangeResult = { done: [], unchanged: [], failed: [] };
		for (const { requested: asked, id } of request) {
			const reason = id === undefined ? unknown : reasons.get(id);
			if (reason !== undefined) part.failed.push({ id: asked, reason });
			else if (id !== undefined && changed.delete(id)) part.done.push(asked);
			else part.unchanged.push(asked);
		}
		return part;
	});
}

/** The largest numbers of IDs and reasons in a message. The details contain all of them. */
const MOST_NAMED = 10;
const MOST_REASONS = 3;

/** IDs grouped by reason. Messages that only differ in the ID count as the same reason. */
function namedByReason(failed: ChangeResult['failed']): string {
	const byReason = new Map<string, ChangeResult['failed']>();
	for (const entry of failed) {
		const words = sameReason(entry, '').reason;
		byReason.set(words, [...(byReason.get(words) ?? []), entry]);
	}
	const parts = [...byReason.values()].slice(0, MOST_REASONS).map((entries) => {
		const more = entries.length > MOST_NAMED ? ` and ${entries.length - MOST_NAMED} more` : '';
		const named = entries.slice(0, MOST_NAMED).map(({ id }) => id);
		return `${named.join(', ')}${more} (${entries[0].reason})`;
	});
	const left = byReason.size - parts.length;
	return `${parts.join('; ')}${left > 0 ? `; and ${left} other ${left === 1 ? 'reason' : 'reasons'}, see the details` : ''}`;
}

/** The verb of a change that is not of a list, with its preposition: "unsubscribed from". */
interface OtherChange {
	verb: string;
}

function verbOf(change: Change | OtherChange): string {
	if (typeof change === 'object') return change.verb;
	return change === 'add' ? 'added to' : 'removed from';
}

/**
 * @param others what happened to everything that the change does not name; left out if it was not changed
 * @throws Failure that names each ID that could not be changed, and says what was changed
 */
export function throwIfAnyFailed(
	result: ChangeResult,
	change: Change | OtherChange,
	target: string,
	others?: string,
): void {
	if (result.failed.length === 0) return;
	const { done, unchanged, failed } = result;
	const total = done.length + unchanged.length + failed.length;
	const verb = verbOf(change);
	const rest = total - failed.length;
	const nothing = failed.some(({ mayHaveArrived }) => mayHaveArrived)
		? 'Some changes may have been made. Check them before running it again'
		: 'Nothing was changed';
	const outcome =
		rest === 0 ? (others ?? nothing) : `The other ${rest} succeeded. Correct the named ones and run them again`;
	throw new Failure({
		kind: 'answer',
		message: `${failed.length} of ${total} could not be ${verb} ${target}: ${namedByReason(failed)}`,
		advice: rest > 0 && others ? `${others}. ${outcome}` : outcome,
		body: { done, unchanged, failed },
	});
}
