import { writeInHalves, type Change, type ChangeResult } from '../../shared/client/changes';
import { Failure, mayHaveArrived, asError } from '../../shared/http/failures';
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

/** A write whose answer was lost may have been done: the list says so. */
async function writeOrLookUp(
	side: Side,
	unit: Unit,
	ids: string[],
	isDone: (list: string[]) => boolean,
): Promise<string[]> {
	try {
		return await side.write(ids, unit);
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		const list = await side.read(unit);
		if (!isDone(list)) throw asError(error);
		return list;
	}
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
		const after = await writeOrLookUp(side, unit, merged(before, ids, change), (list) =>
			ids.every(this.#asWanted(list)),
		);
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

/** A list that may be cut. What is missing must be looked for before the list is written back. */
export class MayBeCut extends Error {
	/** @param lookUp looks for what is missing, so that the next read knows */
	constructor(readonly lookUp: () => Promise<void>) {
		super('The list may be cut');
	}
}

/** Changes of a list during its check, before it counts as one that does not hold still. */
const MOST_CHECKS = 3;

function neverStill(): Failure {
	return new Failure({
		kind: 'answer',
		message: `The list of members changed in each of ${MOST_CHECKS + 1} readings`,
		advice: 'Nothing was changed. Run it again',
	});
}

/** To look for what is missing takes many requests, which must not come between the list and its write. It is done before, and the list is read again. */
async function withWholeLists<T>(work: () => Promise<T>): Promise<T> {
	for (let checks = 0; ; checks++) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof MayBeCut)) throw asError(error);
			if (checks === MOST_CHECKS) throw asError(neverStill());
			await error.lookUp();
		}
	}
}

/** Adds IDs to a list, or removes them; every ID is looked for in the answer. Must run under the locks of what it writes. */
export async function changeSide(api: StatuspageApi, side: Side, ids: string[], change: Change): Promise<ChangeResult> {
	const work = new SideChange(side, change);
	const round = async (part: string[]) => await api.unit(side.slots, async (unit) => await work.write(part, unit));
	return work.resultOf(await writeInHalves(ids, async (part) => await withWholeLists(async () => await round(part))));
}
