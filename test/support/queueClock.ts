import { FakeClock } from './fakeClock';

/** A clock for long simulations of several processes. It advances to the next sleeper as soon as nothing else can run. */
export class QueueClock extends FakeClock {
	#time = 0;
	/** In the order of their times. */
	#queue: Array<{ at: number; wake: () => void }> = [];

	override now(): number {
		return this.#time;
	}

	override calendar(): number {
		return Date.UTC(2026, 0, 1) + this.#time;
	}

	override async sleep(ms: number): Promise<void> {
		const at = this.#time + Math.max(0, ms);
		await new Promise<void>((wake) => {
			let index = this.#queue.length;
			while (index > 0 && this.#queue[index - 1].at > at) index--;
			this.#queue.splice(index, 0, { at, wake });
		});
	}

	override async finish<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const mark = () => (isDone = true);
		work.then(mark, mark);
		for (;;) {
			for (let turn = 0; turn < 100; turn++) await Promise.resolve();
			if (isDone) return await work;
			const next = this.#queue.shift();
			if (!next) throw new Error('The work is not done and nothing is sleeping');
			this.#time = next.at;
			next.wake();
		}
	}
}
