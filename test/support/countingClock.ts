import { FakeClock } from './fakeClock';

/** A clock on which each look costs `ms`: it counts how often a loop gave way. */
export class CountingClock extends FakeClock {
	/** How often somebody slept. */
	sleeps = 0;
	#time = 0;

	constructor(private readonly ms: number) {
		super();
	}

	override now(): number {
		return (this.#time += this.ms);
	}

	override async sleep(): Promise<void> {
		this.sleeps++;
	}
}
