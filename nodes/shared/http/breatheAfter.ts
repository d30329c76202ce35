import type { Clock } from './clock';

/** Steps over shorter lists do not yield. */
const MANY_ROWS = 1000;

/** The largest number of rows of all steps between two yields of the process, unless a single step has more. */
const MOST_ROWS = 20_000;

/** A step that waits for its turn. */
interface Step {
	rows: number;
	start: () => void;
}

/** Steps of all executions, in the order of their arrival. */
class Turns {
	readonly #steps: Step[] = [];

	constructor(private readonly clock: Clock) {}

	async take(rows: number): Promise<void> {
		await new Promise<void>((start) => {
			if (this.#steps.push({ rows, start }) === 1) void this.#run();
		});
	}

	async #run(): Promise<void> {
		while (this.#steps.length > 0) {
			await this.clock.sleep(0);
			// If all steps started together, they would block the process for the sum of their times.
			let rows = 0;
			do {
				const [step] = this.#steps.splice(0, 1);
				rows += step.rows;
				step.start();
			} while (this.#steps.length > 0 && rows + this.#steps[0].rows <= MOST_ROWS);
		}
	}
}

const turns = new WeakMap<Clock, Turns>();

/**
 * Yields to other work after a step that went through a whole list, e.g. to copy it. Returns at once for fewer than 1,000 rows.
 *
 * @param rows of the step before or after, whichever has more
 */
export async function breatheAfter(rows: number, clock: Clock): Promise<void> {
	if (rows < MANY_ROWS) return;
	const known = turns.get(clock) ?? new Turns(clock);
	turns.set(clock, known);
	await known.take(rows);
}
