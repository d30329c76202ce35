import type { Clock } from './clock';

/** So long, in milliseconds, a loop may hold the event loop. */
const MOST_MS = 20;

/** Lets other work run during a long loop. */
export class Breather {
	#since: number;

	constructor(private readonly clock: Clock) {
		this.#since = clock.now();
	}

	/** Yields to the event loop when 20 ms passed since the last time. */
	async breathe(): Promise<void> {
		if (this.clock.now() - this.#since < MOST_MS) return;
		await this.clock.sleep(0);
		this.#since = this.clock.now();
	}
}
