import type { Clock } from './clock';

/** Milliseconds that a loop may work before others get a turn. */
const LONGEST_TURN = 20;

/** Lets a long loop leave the event loop free: other executions of the process wait no longer than one turn. */
export class Breather {
	#since: number;

	constructor(private readonly clock: Clock) {
		this.#since = clock.now();
	}

	/** Awaits nothing most of the time; after 20 ms of work it waits for the next turn of the event loop. */
	async breathe(): Promise<void> {
		if (this.clock.now() - this.#since < LONGEST_TURN) return;
		await this.clock.sleep(0);
		this.#since = this.clock.now();
	}
}
