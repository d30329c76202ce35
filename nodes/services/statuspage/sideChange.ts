import { writeInHalves, type Change, type ChangeResult } from '../../shared/client/changes';
import { asError, mayHaveArrived, Outdated } from '../../shared/http/failures';
import type { Unit } from '../../shared/http/unit';
import type { StatuspageApi } from './statuspageApi';

/** One list of IDs in the service that is read, and written as a whole. */
export interface Side {
	/** Requests of one read and one write. */
	slots: number;
	read: (unit: Unit) => Promise<string[]>;
	/** Answers with the list as it is afterwards. */
	write: (ids: string[], unit: Unit) => Promise<string[]>;
	/** Why some of these IDs must not be written, after the read. */
	objections?: (ids: string[], unit: Unit) => Promise<ChangeResult['failed']>;
}

function merged(current: string[], ids: string[], change: Change): string[] {
	if (change === 'add') return [...new Set([...current, ...ids])];
	const leaving = new Set(ids);
	return current.filter((id) => !leaving.has(id));
}

/** The change of one list, from its first read to its last write. */
export class SideChange {
	readonly #unchanged = new Set<string>();

	constructor(
		private readonly side: Side,
		private readonly change: Change,
	) {}

	/** One read and one write. Answers with the IDs that were not written, and why. */
	async write(part: string[], unit: Unit): Promise<ChangeResult['failed']> {
		const { side, change } = this;
		const before = await side.read(unit);
		const isThere = this.#asWanted(before);
		const already = part.filter(isThere);
		// What is as wanted after a write whose answer was lost was done by that write.
		if (!unit.mayHaveWritten) already.forEach((id) => this.#unchanged.add(id));
		const pending = part.filter((id) => !isThere(id));
		const objections = (pending.length > 0 && (await side.objections?.(pending, unit))) || [];
		const objected = new Set(objections.map(({ id }) => id));
		const ids = pending.filter((id) => !objected.has(id));
		if (ids.length === 0) return objections;
		let after: string[];
		try {
			after = await side.write(merged(before, ids, change), unit);
		} catch (error) {
			if (!mayHaveArrived(error)) throw asError(error);
			// A write whose answer was lost may have been done: the list says so.
			after = await side.read(unit);
			if (!ids.every(this.#asWanted(after))) throw asError(error);
		}
		const isDone = this.#asWanted(after);
		const reason = `Statuspage answered as if all went well, but ${change === 'add' ? 'left it out' : 'kept it'}`;
		return [...objections, ...ids.filter((id) => !isDone(id)).map((id) => ({ id, reason }))];
	}

	/** What the writes amount to. */
	resultOf({ done, failed }: ChangeResult): ChangeResult {
		return {
			done: done.filter((id) => !this.#unchanged.has(id)),
			unchanged: done.filter((id) => this.#unchanged.has(id)),
			failed,
		};
	}

	#asWanted(list: string[]): (id: string) => boolean {
		const known = new Set(list);
		return (id) => known.has(id) === (this.change === 'add');
	}
}

/** A list that may be cut. What is missing is looked for outside the unit, because it takes many requests, and then the list is read again. */
export class MayBeCut extends Outdated {
	/** @param lookUp looks for what is missing, so that the next read knows */
	constructor(lookUp: () => Promise<void>) {
		super(0, lookUp);
	}
}

/** Adds IDs to a list, or removes them; every ID is looked for in the answer. Must run under the locks of what it writes. */
export async function changeSide(api: StatuspageApi, side: Side, ids: string[], change: Change): Promise<ChangeResult> {
	const work = new SideChange(side, change);
	const write = (part: string[]) => api.unit(side.slots, (unit) => work.write(part, unit));
	return work.resultOf(await writeInHalves(ids, write));
}
