import { fetch } from 'undici';
import type { Options } from '../../options.mts';
import type { Subscriber } from '../state.mts';

/** One try to send a body. */
interface Attempt {
	/** Milliseconds since 1970. */
	at: number;
	/** Null if no answer came. */
	status: number | null;
	answer?: string;
}

/** One body for one subscriber. Tries send the stored body again. */
export interface Delivery {
	n: number;
	subscriberId: string;
	endpoint: string;
	body: string;
	attempts: Attempt[];
	state: 'pending' | 'delivered' | 'given up';
}

const isAnswered = ({ status }: Attempt) => status !== null && status >= 200 && status < 300;

/** True for an address of this machine. Nothing is sent to other hosts. */
export function isLoopback(endpoint: unknown): boolean {
	const host = URL.parse(String(endpoint))?.hostname ?? '';
	return /^(127(\.\d+){3}|localhost|\[::1\])$/.test(host);
}

/** The posts to webhook subscribers, with their answers. */
export class Deliveries {
	readonly list: Delivery[] = [];
	/** Failed attempts in a row, by subscriber. */
	readonly #failures = new Map<string, number>();
	readonly #timers = new Set<NodeJS.Timeout>();
	#isStopped = false;

	constructor(private readonly options: Options) {}

	/** Sends a body to a subscriber. It is sent again until an answer with 2xx comes, or the subscriber is quarantined. */
	send(subscriber: Subscriber, body: object, now: () => string): void {
		const { endpoint } = subscriber.row;
		if (!isLoopback(endpoint)) return;
		const delivery: Delivery = {
			n: this.list.length + 1,
			subscriberId: subscriber.row.id,
			endpoint: String(endpoint),
			body: JSON.stringify(body),
			attempts: [],
			state: 'pending',
		};
		this.list.push(delivery);
		void this.#try(delivery, subscriber, now);
	}

	/** Sends a stored body again, once. */
	async replay(n: number): Promise<Attempt | undefined> {
		const delivery = this.list.find((entry) => entry.n === n);
		return delivery && (await this.post(delivery.endpoint, delivery.body));
	}

	/** Sends any body to an address of this machine, once. */
	async post(endpoint: string, body: string, contentType = 'application/json'): Promise<Attempt> {
		const at = Date.now();
		if (!isLoopback(endpoint)) return { at, status: null, answer: 'not an address of this machine' };
		try {
			const answer = await fetch(endpoint, {
				method: 'POST',
				redirect: 'manual',
				headers: { 'content-type': contentType },
				body,
				signal: AbortSignal.timeout(this.options.webhookTimeoutMs),
			});
			return { at, status: answer.status, answer: await answer.text() };
		} catch {
			return { at, status: null };
		}
	}

	stop(): void {
		this.#isStopped = true;
		for (const timer of this.#timers) clearTimeout(timer);
	}

	async #try(delivery: Delivery, subscriber: Subscriber, now: () => string): Promise<void> {
		const attempt = await this.post(delivery.endpoint, delivery.body);
		delivery.attempts.push(attempt);
		const { id } = subscriber.row;
		if (isAnswered(attempt)) {
			delivery.state = 'delivered';
			this.#failures.delete(id);
			return;
		}
		const failures = (this.#failures.get(id) ?? 0) + 1;
		this.#failures.set(id, failures);
		if (failures >= this.options.webhookFailures) {
			this.#failures.delete(id);
			subscriber.state = 'quarantined';
			subscriber.row.quarantined_at = now();
		}
		if (subscriber.state !== 'active' || this.#isStopped) {
			delivery.state = 'given up';
			return;
		}
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			if (subscriber.state === 'active') void this.#try(delivery, subscriber, now);
			else delivery.state = 'given up';
		}, this.options.webhookRetryMs);
		this.#timers.add(timer);
	}
}
