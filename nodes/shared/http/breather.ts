import type { Clock } from './clock';

/** The longest time that a loop may block the process, in milliseconds. */
const STEP_MS = 20;

/**
 * Lets a long loop share the process. n8n runs many executions in one process, and a loop over thousands of rows would block all of them.
 * Call `breathe` once per row.
 */
export class Breather {
	#since: number;

	constructor(private readonly clock: Clock) {
		this.#since = clock.now();
	}

	/** Yields to other work if 20 ms have passed since the last time. Returns at once otherwise. */
	async breathe(): Promise<void> {
		if (this.clock.now() - this.#since < STEP_MS) return;
		await this.clock.sleep(0);
		this.#since = this.clock.now();
	}
}
