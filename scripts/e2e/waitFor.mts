import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_SECONDS = 120;

/** Repeats `look` until its result is not undefined. Throws after two minutes. */
export async function waitFor<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
	for (const since = performance.now(); performance.now() - since < PATIENCE_SECONDS * 1000; await sleep(200)) {
		const found = await look();
		if (found !== undefined) return found;
	}
	throw new Error(`${what} did not come within ${PATIENCE_SECONDS} s`);
}
