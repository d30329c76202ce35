import type { Clock } from '../../nodes/shared/http/clock';

interface Sleeper {
	at: number;
	wake: () => void;
}

/** Runs all pending promise callbacks without advancing the time. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

/** A clock that tests advance manually, so they don't wait in real time. */
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

	after(ms: number, callback: () => void): () => void {
		const sleeper = { at: this.#now + ms, wake: callback };
		this.#sleepers.push(sleeper);
		return () => void (this.#sleepers = this.#sleepers.filter((other) => other !== sleeper));
	}

	/** Advances the time by `ms` and resolves each `sleep` at its time. */
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

	/** Advances the time until the work is done. Throws if the work isn't done and nothing is sleeping. */
	async finish<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const mark = () => (isDone = true);
		work.then(mark, mark);
		for (;;) {
			await settle();
			if (isDone) return await work;
			const next = this.#next();
			if (!next) throw new Error('The work is not done and nothing is sleeping');
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
