import { Cancelled } from '../http/failures';
import { onAbort } from '../http/onAbort';

/**
 * Locks for read-merge-write, shared by all executions of the process.
 *
 * Membership has two sides, and a write on either side replaces a list: a viewer's groups, or a group's viewers. A write of a viewer's
 * groups locks the viewer exclusively and the groups as shared. A write of a group's viewers locks the group exclusively and the viewers
 * as shared. So two viewers are created in one group concurrently, and no write undoes another.
 */
export interface LockRequest {
	/** Objects whose list is written. */
	exclusive?: string[];
	/** Objects in the written list. */
	shared?: string[];
}

interface Entry {
	/** Position in the order of arrival. */
	number: number;
	/** For each name, whether the lock is exclusive. */
	names: Map<string, boolean>;
	/** Number of names with an earlier entry that conflicts. */
	blocks: number;
	hasLeft: boolean;
	grant: () => void;
}

/** The entries of one name. */
interface Line {
	/** Entries without an earlier conflict: one exclusive lock, or any number of shared ones. They can still wait for other names. */
	free: Set<Entry>;
	isExclusive: boolean;
	/** In the order of arrival, so none starves. Entries before `next` are free already, and those that were cancelled are skipped. */
	waiting: Entry[];
	next: number;
}

/** From this number on, entries before `next` are dropped, to free their memory. */
const MANY_DONE = 1000;

/** By name, so a release only looks at entries with the same names. All locks of an entry are granted together, so there is no deadlock. */
const lines = new Map<string, Line>();
let arrivals = 0;

/** Frees the first entries of a line that no longer conflict. Those that wait for no other name are added to `ready`. */
function freeFirst(name: string, line: Line, ready: Entry[]): void {
	for (; line.next < line.waiting.length; line.next++) {
		const entry = line.waiting[line.next];
		if (entry.hasLeft) continue;
		const isExclusive = entry.names.get(name) === true;
		if (line.free.size > 0 && (isExclusive || line.isExclusive)) break;
		line.free.add(entry);
		line.isExclusive = isExclusive;
		if (--entry.blocks === 0) ready.push(entry);
	}
	if (line.next >= MANY_DONE && line.next * 2 > line.waiting.length) {
		line.waiting.splice(0, line.next);
		line.next = 0;
	}
	if (line.free.size === 0) lines.delete(name);
}

function grantReady(ready: Entry[]): void {
	for (const entry of ready.sort((a, b) => a.number - b.number)) entry.grant();
}

function join(entry: Entry): void {
	entry.blocks = entry.names.size;
	const ready: Entry[] = [];
	for (const name of entry.names.keys()) {
		const line = lines.get(name) ?? { free: new Set(), isExclusive: false, waiting: [], next: 0 };
		lines.set(name, line);
		line.waiting.push(entry);
		freeFirst(name, line, ready);
	}
	grantReady(entry.names.size === 0 ? [entry] : ready);
}

function leave(entry: Entry): void {
	entry.hasLeft = true;
	const ready: Entry[] = [];
	for (const name of entry.names.keys()) {
		const line = lines.get(name);
		if (!line) continue;
		line.free.delete(entry);
		freeFirst(name, line, ready);
	}
	grantReady(ready);
}

/**
 * Locks objects, as soon as no earlier lock conflicts.
 *
 * @returns a function that releases the locks and must always be called
 * @throws Cancelled if `signal` fires before the locks are granted
 */
export async function lock(
	{ exclusive = [], shared = [] }: LockRequest,
	signal: AbortSignal | undefined,
): Promise<() => void> {
	if (signal?.aborted) throw new Cancelled();
	const names = new Map([
		...shared.map((name): [string, boolean] => [name, false]),
		...exclusive.map((name): [string, boolean] => [name, true]),
	]);
	const entry: Entry = { number: arrivals++, names, blocks: 0, hasLeft: false, grant: () => {} };
	await new Promise<void>((resolve, reject) => {
		const forget = onAbort(signal, () => {
			leave(entry);
			reject(new Cancelled());
		});
		entry.grant = () => {
			forget();
			resolve();
		};
		join(entry);
	});
	return () => leave(entry);
}

/**
 * Runs `work` while the objects are locked.
 *
 * @throws Cancelled if `signal` fires before the locks are granted
 */
export async function withLocks<T>(
	request: LockRequest,
	signal: AbortSignal | undefined,
	work: () => Promise<T>,
): Promise<T> {
	const release = await lock(request, signal);
	try {
		return await work();
	} finally {
		release();
	}
}
