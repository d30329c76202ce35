import { Cancelled } from '../http/failures';
import { onAbort } from '../http/onAbort';
import { LockEntry, LockTable, type LockRequest } from './lockTable';

/**
 * Locks for read-merge-write, shared by all executions of the process.
 *
 * Membership has two sides, and a write on either side replaces a list: a viewer's groups, or a group's viewers. A write of a viewer's
 * groups locks the viewer exclusively and the groups as shared. A write of a group's viewers locks the group exclusively and the viewers
 * as shared. So two viewers are created in one group concurrently, and no write undoes another.
 */
const table = new LockTable();

/**
 * Locks objects, as soon as no earlier lock conflicts.
 *
 * @returns a function that releases the locks and must always be called
 * @throws Cancelled if `signal` fires before the locks are granted
 */
export async function lock(request: LockRequest, signal: AbortSignal | undefined): Promise<() => void> {
	if (signal?.aborted) throw new Cancelled();
	return await new Promise<() => void>((resolve, reject) => {
		const entry = new LockEntry(request, () => {
			forget();
			resolve(() => table.leave(entry));
		});
		const forget = onAbort(signal, () => {
			table.leave(entry);
			reject(new Cancelled());
		});
		table.join(entry);
	});
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
