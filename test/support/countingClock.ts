import { FakeClock } from './fakeClock';

/** A clock that advances by `ms` each time it is read, and counts how often a loop yielded. */
export class CountingClock extends FakeClock {
	/** Number of calls of `sleep`. */
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
