import { type Change, type ChangeResult } from '../../shared/client/changes';
import { writeInHalves } from '../../shared/client/writeInHalves';
import { asError, Failure, hasStatus, mayHaveArrived, Outdated } from '../../shared/http/failures';
import type { Unit } from '../../shared/http/unit';
import type { StatuspageApi } from './statuspageApi';

/** A list of IDs in the service that is read and written in full. */
export interface Side {
	/** The kind of object in the list, for messages: "viewer". */
	noun: string;
	/** Number of requests of one read and one write. */
	slots: number;
	read: (unit: Unit) => Promise<string[]>;
	/** Returns the list after the write. */
	write: (ids: string[], unit: Unit) => Promise<string[]>;
	/** IDs that must not be written, with the reasons. Called after the read. */
	objections?: (ids: string[], unit: Unit) => Promise<ChangeResult['failed']>;
}

function merged(current: string[], ids: string[], change: Change): string[] {
	if (change === 'add') return [...new Set([...current, ...ids])];
	const removed = new Set(ids);
	return current.filter((id) => !removed.has(id));
}

/** A change of one list, from its first read to its last write. */
export class SideChange {
	readonly #unchanged = new Set<string>();

	constructor(
		private readonly side: Side,
		private readonly change: Change,
	) {}

	/** Reads and writes the list once. Returns the IDs that were not written, with the reasons. */
	async write(part: string[], unit: Unit): Promise<ChangeResult['failed']> {
		const { side, change } = this;
		const before = await side.read(unit);
		const isApplied = this.#isApplied(before);
		const applied = part.filter(isApplied);
		// After a write with a lost answer, IDs count as changed by that write.
		if (!unit.mayHaveWritten) applied.forEach((id) => this.#unchanged.add(id));
		const pending = part.filter((id) => !isApplied(id));
		const objections = (pending.length > 0 && (await side.objections?.(pending, unit))) || [];
		const objected = new Set(objections.map(({ id }) => id));
		const ids = pending.filter((id) => !objected.has(id));
		if (ids.length === 0) return objections;
		let after: string[];
		try {
			after = await side.write(merged(before, ids, change), unit);
		} catch (error) {
			if (!mayHaveArrived(error)) throw this.#rejection(error, ids);
			// The write may have succeeded without an answer, so the list is read again.
			after = await side.read(unit);
			if (!ids.every(this.#isApplied(after))) throw asError(error);
		}
		const isDone = this.#isApplied(after);
		const reason = "Statuspage reported success but didn't apply the change";
		return [...objections, ...ids.filter((id) => !isDone(id)).map((id) => ({ id, reason }))];
	}

	/** A 404 of a write names the object that was just read. For a single new ID, it is this ID that doesn't exist. */
	#rejection(error: unknown, ids: string[]): Error {
		if (this.change === 'remove' || ids.length > 1 || !hasStatus(error, 404)) return asError(error);
		const subject = `${this.side.noun} ${ids[0]}`;
		return new Failure({
			...error.facts,
			message: `Statuspage could not find the ${subject}`,
			advice: `Check the ID of the ${subject}`,
		});
	}

	/** The result of all writes, without IDs that were unchanged in `done`. */
	resultOf({ done, failed }: ChangeResult): ChangeResult {
		return {
			done: done.filter((id) => !this.#unchanged.has(id)),
			unchanged: done.filter((id) => this.#unchanged.has(id)),
			failed,
		};
	}

	#isApplied(list: string[]): (id: string) => boolean {
		const known = new Set(list);
		return (id) => known.has(id) === (this.change === 'add');
	}
}

/** A list that may be truncated. The full list is read outside the unit, because it needs many requests. Then the change starts again. */
export class MayBeCut extends Outdated {
	/** @param lookUp reads the full list for the next attempt */
	constructor(lookUp: () => Promise<void>) {
		super(0, lookUp);
	}
}

/** Adds IDs to a list or removes them, and checks each ID in the answer. The caller must have the locks of all objects that it writes. */
export async function changeSide(api: StatuspageApi, side: Side, ids: string[], change: Change): Promise<ChangeResult> {
	const work = new SideChange(side, change);
	const write = (part: string[]) => api.unit(side.slots, (unit) => work.write(part, unit));
	return work.resultOf(await writeInHalves(ids, write));
}
