import type { IHttpRequestOptions } from 'n8n-workflow';
import { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import { connectionTo } from './fakeService';
import type { FakeClock } from './fakeClock';

/** Pseudo-random numbers from 0 up to, but not including, 1. The same seed gives the same numbers. */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** One page of a service with viewer groups, for several processes. Each request takes a random time before and after its effect. */
export class SharedGroups {
	readonly members = new Map<string, Set<string>>();
	/** Requests in the order of their effects. */
	readonly log: Array<{ process: string; method: string; at: number }> = [];

	/**
	 * @param latencyMs the longest time of half a request, in milliseconds
	 */
	constructor(
		private readonly clock: FakeClock,
		private readonly random: () => number,
		private readonly latencyMs: number,
	) {}

	group(id: string): Set<string> {
		const known = this.members.get(id) ?? new Set();
		this.members.set(id, known);
		return known;
	}

	/** The client of a process. Locks belong to a process, and their names contain the base URL. */
	process(name: string, isShared = false): StatuspageApi {
		const connection = connectionTo(this.clock, async (options) => await this.#answer(options), {
			limit: 1_000_000,
			baseUrl: `https://${name}.example.com`,
			isShared,
		});
		return new StatuspageApi(connection);
	}

	async #answer(options: IHttpRequestOptions) {
		await this.clock.sleep(this.random() * this.latencyMs);
		const process = new URL(options.url).hostname.split('.')[0];
		this.log.push({ process, method: options.method ?? 'GET', at: this.clock.now() });
		const body = this.#body(options);
		await this.clock.sleep(this.random() * this.latencyMs);
		return { statusCode: body ? 200 : 404, headers: {}, body: body ?? { error: 'not found' } };
	}

	#body({ method, url, body }: IHttpRequestOptions): unknown {
		const [, kind, id] = /page_access_(user|group)s(?:\/(\w+))?$/.exec(url) ?? [];
		const fields = Object.values((body as Record<string, Record<string, string[]>>) ?? {})[0];
		if (kind === 'group' && !id) return [...this.members.keys()].map((groupId) => this.#groupRow(groupId));
		if (kind === 'group') {
			if (!this.members.has(id)) return undefined;
			if (method === 'PATCH') this.members.set(id, new Set(fields.page_access_user_ids));
			return this.#groupRow(id);
		}
		if (method === 'PATCH') {
			for (const [groupId, viewers] of this.members) {
				if (fields.page_access_group_ids.includes(groupId)) viewers.add(id);
				else viewers.delete(id);
			}
		}
		return {
			id,
			page_id: 'page',
			email: `${id}@example.com`,
			external_login: null,
			page_access_group_ids: [...this.members].filter(([, viewers]) => viewers.has(id)).map(([groupId]) => groupId),
		};
	}

	#groupRow(id: string) {
		return {
			id,
			page_id: 'page',
			name: id,
			external_identifier: null,
			page_access_user_ids: [...this.group(id)],
			component_ids: [],
			metric_ids: [],
		};
	}
}
