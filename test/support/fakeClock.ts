import type { Clock } from '../../nodes/shared/http/clock';

interface Sleeper {
	at: number;
	wake: () => void;
}

/** Lets everything go on that can without time passing. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

/** A clock that the test moves: no test waits for real time. */
export class FakeClock implements Clock {
	#now = 0;
	#sleepers: Sleeper[] = [];

	constructor(private readonly randomNumber: () => number = () => 0.5) {}

	now(): number {
		return this.#now;
	}

	calendar(): number {
		return Date.UTC(2026, 0, 1) + this.#now;
	}

	random(): number {
		return this.randomNumber();
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((wake) => this.#sleepers.push({ at: this.#now + Math.max(0, ms), wake }));
	}

	/** Moves on by `ms`, and wakes everybody on the way at the right time. */
	async advance(ms: number): Promise<void> {
		const end = this.#now + ms;
		await settle();
		for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
			this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
			this.#now = Math.max(this.#now, next.at);
			next.wake();
			await settle();
		}
		this.#now = end;
	}

	/** Moves on until the work is done; fails when nothing sleeps and it is not. */
	async finish<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const mark = () => (isDone = true);
		work.then(mark, mark);
		for (;;) {
			await settle();
			if (isDone) return await work;
			const next = this.#next();
			if (!next) throw new Error('Everybody waits, and nobody sleeps');
			await this.advance(next.at - this.#now);
		}
	}

	#next(): Sleeper | undefined {
		return this.#sleepers.reduce<Sleeper | undefined>(
			(first, sleeper) => (first && first.at <= sleeper.at ? first : sleeper),
			undefined,
		);
	}
}
