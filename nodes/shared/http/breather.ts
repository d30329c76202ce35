import type { Clock } from './clock';

/** The longest time that a loop may block the process, in milliseconds. */
const STEP_MS = 20;

/** The largest number of rows between two yields, whatever the clock says. */
const STEP_ROWS = 1000;

/**
 * Lets a long loop share the process. n8n runs many executions in one process, and a loop over thousands of rows would block all of them.
 * Call `breathe` once per row. Loops that run side by side share one.
 */
export class Breather {
	#since: number;
	#rows = 0;
	/** The current yield. */
	#yield: Promise<void> | undefined;

	constructor(private readonly clock: Clock) {
		this.#since = clock.now();
	}

	/** Yields to other work if 20 ms or 1,000 rows have passed since the last time. Returns at once otherwise. */
	async breathe(): Promise<void> {
		if (!this.#yield && ++this.#rows < STEP_ROWS && this.clock.now() - this.#since < STEP_MS) return;
		// If each loop had its own sleep, all would wake up together and each would run for its own 20 ms.
		await (this.#yield ??= this.#sleep());
	}

	async #sleep(): Promise<void> {
		await this.clock.sleep(0);
		this.#since = this.clock.now();
		this.#rows = 0;
		this.#yield = undefined;
	}
}
