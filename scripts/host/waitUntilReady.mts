import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a started server is ready.
 *
 * @param output the last output of the server, for the error
 * @throws if the server exits, or isn't ready in time
 */
export async function waitUntilReady(
	what: string,
	child: ChildProcess,
	isReady: () => Promise<boolean>,
	output: () => string,
	seconds = 120,
): Promise<void> {
	for (const since = performance.now(); performance.now() - since < seconds * 1000; await sleep(200)) {
		if (child.exitCode !== null || child.signalCode !== null)
			throw new Error(`${what} exited during startup:\n${output().slice(-2000)}`);
		if (await isReady()) return;
	}
	throw new Error(`${what} did not start within ${seconds} s:\n${output().slice(-2000)}`);
}
