import { Failure, hasStatus, asError } from '../http/failures';

export type Change = 'add' | 'remove';

/** The result of changing a list, by ID. */
export interface ChangeResult {
	/** Added, or removed. */
	done: string[];
	/** Were in the list already, or were not in it. */
	unchanged: string[];
	failed: Array<{ id: string; reason: string }>;
}

/** A 4xx means that something in the write is bad. Other errors contain no information about the IDs. */
export function isRejected(error: unknown): error is Failure {
	return (
		error instanceof Failure && error.facts.kind === 'answer' && [400, 404, 409, 413, 422].includes(error.status ?? 0)
	);
}

/** The IDs that a rejection names, which are tried first, and the others. Two halves if it names none or all. */
function split(part: string[], { message }: Failure): [string[], string[]] {
	const named = part.filter((id) => message.includes(id));
	if (named.length > 0 && named.length < part.length) return [named, part.filter((id) => !named.includes(id))];
	const middle = Math.ceil(part.length / 2);
	return [part.slice(0, middle), part.slice(middle)];
}

/** From this many IDs on, a few samples are tried before each ID is tried by itself. */
const MANY = 16;

export interface WriteResult extends ChangeResult {
	/** The service rejects every ID with the same message, so no single ID is at fault. */
	isHopeless: boolean;
}

/** The same message for another ID. */
export function sameReason(
	{ id: known, reason }: ChangeResult['failed'][number],
	id: string,
): ChangeResult['failed'][number] {
	return { id, reason: reason.replaceAll(known, id) };
}

/** A part of the IDs, while a write is narrowed down. */
interface Part {
	ids: string[];
	/** It was written as it is. */
	isAccepted: boolean;
	/** The part that it was split from, without this one, and the rejection of the whole. */
	otherHalf?: Part;
	rejection?: Failure;
}

/** A write that is narrowed down to its bad IDs. */
class Halving {
	readonly result: WriteResult = { done: [], unchanged: [], failed: [], isHopeless: false };
	#wasAccepted = false;

	constructor(
		private readonly ids: string[],
		private readonly write: (part: string[]) => Promise<ChangeResult['failed']>,
	) {}

	async run(): Promise<WriteResult> {
		// The last one is next, so the result of a half is known before the other half is taken.
		const open: Part[] = [{ ids: this.ids, isAccepted: false }];
		for (let part = open.pop(); part; part = open.pop()) {
			const settled = this.#settled;
			const ids = part.ids.filter((id) => !settled.has(id));
			// If the other half was accepted, the bad ID is in this one. A single ID is always sent, to get its own reason.
			const isKnownBad = part.otherHalf?.isAccepted === true && ids.length > 1;
			let rejection = isKnownBad ? part.rejection : undefined;
			if (ids.length > 0 && !rejection) {
				try {
					this.#accepted(ids, await this.write(ids));
				} catch (error) {
					if (!isRejected(error)) throw asError(error);
					rejection = error;
				}
			}
			part.isAccepted = !rejection;
			if (!rejection) continue;
			if (ids.length === 1) {
				this.result.failed.push({ id: ids[0], reason: rejection.message });
				await this.#giveUpIfHopeless(rejection);
				continue;
			}
			const [first, second] = split(ids, rejection).map((half): Part => ({ ids: half, isAccepted: false }));
			open.push({ ...second, otherHalf: first, rejection }, first);
		}
		return this.result;
	}

	get #settled(): Set<string> {
		const { done, failed } = this.result;
		return new Set([...done, ...failed.map(({ id }) => id)]);
	}

	#accepted(ids: string[], leftOut: ChangeResult['failed']): void {
		this.#wasAccepted = true;
		this.result.failed.push(...leftOut);
		this.result.done.push(...ids.filter((id) => !leftOut.some((entry) => entry.id === id)));
	}

	/** If nothing was accepted yet, IDs from other parts of the list are tried. If all are rejected with the same message, the rest is not sent. */
	async #giveUpIfHopeless({ message }: Failure): Promise<void> {
		const { ids, result } = this;
		if (this.#wasAccepted || ids.length < MANY || result.failed.length !== 2) return;
		const withoutIds = (text: string) => ids.reduce((words, id) => words.replaceAll(id, ''), text);
		for (const position of [ids.length - 1, Math.floor(ids.length / 2), Math.floor(ids.length / 4)]) {
			const id = ids[position];
			if (this.#settled.has(id)) continue;
			let rejection: Failure;
			try {
				this.#accepted([id], await this.write([id]));
				return;
			} catch (error) {
				if (!isRejected(error)) throw asError(error);
				rejection = error;
			}
			result.failed.push({ id, reason: rejection.message });
			if (withoutIds(rejection.message) !== withoutIds(message)) return;
		}
		const known = this.#settled;
		const [, sample] = result.failed;
		result.failed.push(...ids.filter((id) => !known.has(id)).map((id) => sameReason(sample, id)));
		result.isHopeless = true;
	}
}

/**
 * Writes IDs in one request. A rejected write is split until each bad ID is known, so the good IDs are written. If one half was
 * accepted, the bad ID is in the other half, which is split at once.
 *
 * @param write returns the IDs that the service left out although it accepted the write
 */
export function writeInHalves(
	ids: string[],
	write: (part: string[]) => Promise<ChangeResult['failed']>,
): Promise<WriteResult> {
	return new Halving(ids, write).run();
}

/**
 * Adds each ID to all owners, with one request per ID. Returns the failures per ID and owner, in their order.
 */
export async function addEach(
	ids: string[],
	ownerIds: string[],
	add: (id: string, ownerIds: string[]) => Promise<unknown>,
): Promise<Array<Array<ChangeResult['failed'][number] | undefined>>> {
	return await Promise.all(
		ids.map(async (id) => {
			const { failed } = await writeInHalves([...new Set(ownerIds)], async (part) => {
				await add(id, part);
				return [];
			});
			return ownerIds.map((ownerId) => {
				const reason = failed.find((entry) => entry.id === ownerId)?.reason;
				return reason === undefined ? undefined : { id, reason };
			});
		}),
	);
}

/**
 * Removes each ID with its own request. The calls that remove several IDs would remove all of them if their body were lost.
 *
 * @param listHolders lists what still has the ID, after a 404; throws if the object itself is missing
 */
export async function removeEach(
	ids: string[],
	remove: (id: string) => Promise<unknown>,
	listHolders: (id: string) => Promise<string[]>,
): Promise<ChangeResult> {
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	for (const id of ids) {
		try {
			await remove(id);
			result.done.push(id);
		} catch (error) {
			if (!hasStatus(error, 404)) throw asError(error);
			try {
				const isStillThere = (await listHolders(id)).includes(id);
				if (isStillThere)
					result.failed.push({
						id,
						reason: 'the service lists it, but found nothing to remove: it may come from a group',
					});
				else result.unchanged.push(id);
			} catch (reason) {
				if (!isRejected(reason)) throw asError(reason);
				result.failed.push({ id, reason: reason.message });
			}
		}
	}
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

/**
 * @param others what happened to everything that the change does not name; left out if it was not changed
 * @throws Failure that names each ID that could not be changed, and says what was changed
 */
export function throwIfAnyFailed(result: ChangeResult, change: Change, target: string, others?: string): void {
	if (result.failed.length === 0) return;
	const { done, unchanged, failed } = result;
	const total = done.length + unchanged.length + failed.length;
	const verb = change === 'add' ? 'added to' : 'removed from';
	const rest = total - failed.length;
	const outcome =
		rest === 0
			? (others ?? 'Nothing was changed')
			: `The other ${rest} succeeded. Correct the named ones and run them again`;
	throw new Failure({
		kind: 'answer',
		message: `${failed.length} of ${total} could not be ${verb} ${target}: ${namedByReason(failed)}`,
		advice: rest > 0 && others ? `${others}. ${outcome}` : outcome,
		body: { done, unchanged, failed },
	});
}
