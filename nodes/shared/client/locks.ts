import { Cancelled } from '../http/failures';

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
	exclusive: Set<string>;
	shared: Set<string>;
	isGranted: boolean;
	grant: () => void;
}

/** In the order of arrival. An entry waits for earlier entries that it conflicts with, so none starves. All locks of an entry are granted together, so there is no deadlock. */
const entries: Entry[] = [];

function meet(a: Set<string>, b: Set<string>): boolean {
	const [small, large] = a.size < b.size ? [a, b] : [b, a];
	for (const name of small) if (large.has(name)) return true;
	return false;
}

function collide(a: Entry, b: Entry): boolean {
	return meet(a.exclusive, b.exclusive) || meet(a.exclusive, b.shared) || meet(a.shared, b.exclusive);
}

function grantWhatIsFree(): void {
	entries.forEach((entry, index) => {
		if (entry.isGranted || entries.slice(0, index).some((earlier) => collide(earlier, entry))) return;
		entry.isGranted = true;
		entry.grant();
	});
}

function leave(entry: Entry): void {
	entries.splice(entries.indexOf(entry), 1);
	grantWhatIsFree();
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
	const entry: Entry = { exclusive: new Set(exclusive), shared: new Set(shared), isGranted: false, grant: () => {} };
	await new Promise<void>((resolve, reject) => {
		const onAbort = () => {
			leave(entry);
			reject(new Cancelled());
		};
		entry.grant = () => {
			signal?.removeEventListener('abort', onAbort);
			resolve();
		};
		signal?.addEventListener('abort', onAbort, { once: true });
		entries.push(entry);
		grantWhatIsFree();
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
