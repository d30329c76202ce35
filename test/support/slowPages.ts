import type { SideBySide } from '../../nodes/shared/client/readPages';
import { FakeClock } from './fakeClock';

const LATENCY_MS = 100;

/** A list whose service answers each request after 100 ms. The requests occupy the slots of the window. */
export class SlowPages<R> {
	readonly clock = new FakeClock();
	/** Pages in the order in which they were requested. */
	readonly asked: number[] = [];
	/** The largest number of requests at the same time. */
	most = 0;
	#running = 0;

	constructor(
		readonly list: R[],
		/** Free slots of the window before the first request. */
		private readonly slots = Infinity,
		private readonly before: (list: R[], request: number) => void = () => {},
	) {}

	/** As many pages at the same time as the slots allow. */
	readonly sideBySide: SideBySide = {
		atOnce: 20,
		room: () => Math.max(0, this.slots - this.asked.length),
		clock: this.clock,
	};

	readonly readPage = async (page: number, size: number): Promise<R[]> => {
		this.before(this.list, this.asked.length);
		this.asked.push(page);
		return await this.answer(() => this.list.slice((page - 1) * size, page * size));
	};

	/** Answers a request of any kind. */
	async answer<T>(answer: () => T): Promise<T> {
		this.most = Math.max(this.most, ++this.#running);
		await this.clock.sleep(LATENCY_MS);
		this.#running--;
		return answer();
	}

	/** The number of round trips. */
	get rounds(): number {
		return this.clock.now() / LATENCY_MS;
	}
}
