import { isRejected, RejectedObject, type Change, type ChangeResult } from '../../shared/client/changes';
import { writeInHalves } from '../../shared/client/writeInHalves';
import { contentsOf, entriesWhere, type ConfirmedWrite } from '../../shared/client/writeVerdict';
import { breatheAfter } from '../../shared/http/breatheAfter';
import { asError, Failure, hasStatus, mayHaveArrived, Outdated } from '../../shared/http/failures';
import { uncertainWrite } from '../../shared/http/uncertainWrite';
import { OLD_MS, type Unit } from '../../shared/http/unit';
import { changesOf, ListWatch, noteChange, noteInLists } from './listWatch';
import type { StatuspageApi } from './statuspageApi';
import { noteWriteTime } from './writeTimes';

/** A list of IDs in the service that is read and written in full. */
export interface Side {
	/** The kind of object in the list, for messages: "viewer". */
	noun: string;
	/** Number of requests of one read and one write. */
	slots: number;
	/** The name of the list's lock. */
	lockName: string;
	/** The name of the lock of an ID in the list, i.e. of the list on the other side. */
	otherLockName: (id: string) => string;
	/** The ID of the list in the lists on the other side. */
	id: string;
	read: (unit: Unit) => Promise<string[]>;
	/** Returns the list after the write. */
	write: (ids: string[], unit: Unit) => Promise<string[]>;
	/** IDs that must not be written, with the reasons. Called after the read. */
	objections?: (ids: string[], unit: Unit) => Promise<ChangeResult['failed']>;
}

function merged(current: string[], ids: string[], change: Change): string[] {
	if (change === 'add') {
		const all = new Set(current);
		for (const id of ids) all.add(id);
		return [...all];
	}
	const removed = new Set(ids);
	return current.filter((id) => !removed.has(id));
}

/** The object of the list cannot be read, so no ID is at fault. */
function rejectedRead(error: unknown): never {
	throw isRejected(error) ? new RejectedObject(error.facts) : asError(error);
}

/** A list, and when it was read. */
interface KnownList {
	ids: string[];
	at: number;
}

/** A change of one list, from its first read to its last write. */
export class SideChange {
	readonly #unchanged = new Set<string>();
	/** The list as a rejected or confirmed write left it. Its answer is as good as a read, so a further write soon after it needs none. */
	#known: KnownList | undefined;
	/** A write whose answer was lost. */
	#pending: ConfirmedWrite | undefined;
	/** Confirmed writes, in their order. */
	writes: ConfirmedWrite[] = [];
	/** What this process changes in the list after the writes. */
	watch: ListWatch | undefined;

	constructor(
		private readonly api: StatuspageApi,
		private readonly side: Side,
		readonly change: Change,
	) {}

	/** Adds all IDs to the list or removes them. The caller must have the locks of all objects that it writes. */
	async run(ids: string[]): Promise<ChangeResult> {
		this.note(ids);
		await this.#breatheAfter(ids);
		const written = await writeInHalves(ids, (part) =>
			this.api.unit(this.side.slots, (unit) => this.write(part, unit)),
		);
		await this.#breatheAfter(ids);
		return this.resultOf(written);
	}

	/** Tells other changes of this process that still wait for their check. */
	note(ids: string[]): void {
		const { id: own, lockName, otherLockName } = this.side;
		noteChange(lockName, ids, this.change, this.watch);
		noteInLists(ids, otherLockName, own, this.change);
	}

	/** Begins to watch the list until the check, if anything was written. Must be called before the locks are released. */
	beginWatch(): void {
		if (this.writes.length > 0) this.watch ??= new ListWatch(this.side.lockName);
	}

	/** Reads and writes the list once. Returns the IDs that were not written, with the reasons. */
	async write(part: string[], unit: Unit): Promise<ChangeResult['failed']> {
		const { side, change } = this;
		const known = this.#takeKnown();
		const at = known?.at ?? this.api.connection.clock.now();
		const before = known?.ids ?? (await side.read(unit).catch(rejectedRead));
		// Few yields between the read and the write, because other processes can write in this time.
		await this.#breatheAfter(before);
		const isApplied = this.#isApplied(before);
		const applied = part.filter(isApplied);
		// After a write with a lost answer, IDs count as changed by that write.
		if (unit.mayHaveWritten) this.#confirmPending(isApplied);
		else applied.forEach((id) => this.#unchanged.add(id));
		const pending = part.filter((id) => !isApplied(id));
		await this.#breatheAfter(part);
		const objections = (pending.length > 0 && (await side.objections?.(pending, unit))) || [];
		const objected = new Set(objections.map(({ id }) => id));
		const ids = pending.filter((id) => !objected.has(id));
		if (ids.length === 0) return objections;
		let after: string[];
		this.#pending = this.#writeOf(before, ids);
		try {
			after = await side.write(merged(before, ids, change), unit);
		} catch (error) {
			if (isRejected(error)) this.#known = { ids: before, at };
			if (!mayHaveArrived(error)) throw this.#rejection(error, ids);
			// The write may have succeeded without an answer, so the list is read again.
			unit.lost = error;
			after = await side.read(unit).catch((look: unknown) => {
				throw uncertainWrite(error, look);
			});
			if (!ids.every(this.#isApplied(after))) throw asError(error);
		}
		const now = this.api.connection.clock.now();
		this.#known = { ids: after, at: now };
		noteWriteTime(this.api.connection, at);
		await this.#breatheAfter(after);
		const isDone = this.#isApplied(after);
		await this.#breatheAfter(after);
		this.#confirmPending(isDone);
		await this.#breatheAfter(ids);
		const reason = "Statuspage reported success but didn't apply the change";
		return [...objections, ...ids.filter((id) => !isDone(id)).map((id) => ({ id, reason }))];
	}

	/** Drops changes that another write undid, before they are repeated. */
	forget(ids: string[]): void {
		const forgotten = new Set(ids);
		this.writes = this.writes
			.map((write) => ({ ...write, changes: entriesWhere(write.changes, (id) => !forgotten.has(id)) }))
			.filter(({ changes }) => changes.size > 0);
		this.#known = undefined;
	}

	/** The list from an earlier request of this change, if it is recent enough. */
	#takeKnown(): KnownList | undefined {
		const { clock, window } = this.api.connection;
		const known = this.#known;
		this.#known = undefined;
		// In a window that is smaller than the unit, the write waits, so the read must be directly before it.
		return known && clock.now() - known.at <= OLD_MS && window.limit >= this.side.slots ? known : undefined;
	}

	#writeOf(before: string[], ids: string[]): ConfirmedWrite {
		return {
			before: contentsOf(before),
			changes: changesOf(ids, this.change),
			isRemoval: this.change === 'remove',
		};
	}

	#confirmPending(isDone: (id: string) => boolean): void {
		const write = this.#pending;
		this.#pending = undefined;
		if (!write) return;
		const changes = entriesWhere(write.changes, isDone);
		if (changes.size > 0) this.writes.push({ ...write, changes });
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

	/** Each step goes through whole lists, so other executions may run after each. */
	async #breatheAfter(list: readonly string[]): Promise<void> {
		await breatheAfter(list.length, this.api.connection.clock);
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
