import type { RunResult } from './engine';
import type { Simulator } from './simulator';

/** Expects that the run fails with this error and writes nothing. */
export async function expectRefused(
	simulator: Simulator,
	{ error, items }: RunResult,
	message: RegExp | string,
): Promise<void> {
	expect(error?.message).toEqual(
		typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
	);
	expect(items).toEqual([]);
	const writes = (await simulator.log()).filter(({ method }) => method !== 'GET');
	expect(writes).toEqual([]);
}
