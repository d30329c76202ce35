import { Cancelled } from '../http/failures';

/**
 * Locks for read-merge-write, shared by all executions of the process.
 *
 * Membership has two sides, and a write on either side is a list that replaces: a viewer's groups, or a group's viewers. Whoever
 * writes a viewer's groups holds the viewer alone and shares its groups; whoever writes a group's viewers holds the group alone and
 * shares the viewers. So two creates into one group run side by side, and no write overtakes another that it would undo.
 */
export interface LockRequest {
	/** Objects whose list is written. */
	exclusive?: string[];
	/** Objects at the other end of what is written. */
	shared?: string[];
}

interface Entry {
	exclusive: Set<string>;
	shared: Set<string>;
	isGranted: boolean;
	grant: () => void;
}

/** In the order of arrival: nobody overtakes an entry that it collides with, so nobody starves, and all locks of an entry are granted at once, so nothing deadlocks. */
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
 * Locks objects, once nobody else has them locked.
 *
 * @returns what releases the locks; it must be called, whatever happens meanwhile
 * @throws Cancelled when `signal` fires before the locks are granted
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
 * Does `work` while the objects are locked.
 *
 * @throws Cancelled when `signal` fires before the locks are granted
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
