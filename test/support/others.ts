import { sleep, type IHttpRequestOptions } from 'n8n-workflow';
import { OLD_MS } from '../../nodes/shared/http/unit';
import type { DirectOptions } from './direct';
import type { SimulatedPage, Simulator } from './simulator';

/** Access of a viewer, as "group abc", "component abc" or "metric abc". */
export type Thing = string;

/** Returns the groups, components and metrics of a viewer. */
export function thingsOf({ groupIds, componentIds, metricIds }: SimulatedPage['viewers'][string]): Set<Thing> {
	return new Set([
		...groupIds.map((id) => `group ${id}`),
		...componentIds.map((id) => `component ${id}`),
		...metricIds.map((id) => `metric ${id}`),
	]);
}

/** Changes that other users made to one viewer. */
export interface Deeds {
	added: Set<Thing>;
	removed: Set<Thing>;
	login?: string;
	isDeleted?: true;
}

interface Objects {
	viewerIds: string[];
	groupIds: string[];
	componentIds: string[];
	metricIds: string[];
}

/** The run may write a list once more from the answer to its last write. Twice the limit, because a busy machine needs longer. */
const WRITTEN_AGAIN_MS = 2 * OLD_MS;

/**
 * Simulates other users who change a page while a plan is applied. They don't change an object between its read and its write. The API
 * has no conditional writes, so that race can't be avoided.
 */
export class Others {
	readonly deeds = new Map<string, Deeds>();
	/** Milliseconds between each read and its write. */
	readonly gaps: number[] = [];
	/** Time of the read by ID, for objects that were read but not written yet. */
	readonly #readAt = new Map<string, number>();
	readonly #groups = new Set<string>();
	/** Objects of which a write was rejected. They are then written in parts, each from the answer to the part before. */
	readonly #inParts = new Set<string>();
	/** Time of the last write of such an object. */
	readonly #partAt = new Map<string, number>();
	/** Number of pending requests of the run. */
	#pending = 0;
	#change: Promise<void> | undefined;

	/**
	 * @param random returns a number from 0 (inclusive) to 1 (exclusive)
	 * @param chance probability of a change by another user before a request
	 */
	constructor(
		private readonly simulator: Simulator,
		private readonly pageId: string,
		private readonly objects: Objects,
		private readonly random: () => number,
		private readonly chance: number,
	) {
		for (const id of objects.groupIds) this.#groups.add(id);
	}

	get between(): DirectOptions['between'] {
		return async (options, next) => {
			while (this.#change) await this.#change;
			if (this.random() < this.chance) await (this.#change = this.#actWhenIdle());
			while (this.#change) await this.#change;
			this.#onRead(options);
			this.#pending++;
			try {
				const answer = await next();
				this.#onWrite(options, answer.statusCode);
				return answer;
			} finally {
				this.#pending--;
			}
		};
	}

	/** Makes a change while no request of the run is pending, because some changes take two requests. */
	async #actWhenIdle(): Promise<void> {
		while (this.#pending > 0) await sleep(1);
		await this.act();
		this.#change = undefined;
	}

	/** Makes a random change as another user. */
	async act(): Promise<void> {
		const viewerId = this.#pick(this.objects.viewerIds);
		const groupId = this.#pick(this.objects.groupIds);
		if (this.#isInUse(viewerId) || this.#isInUse(groupId)) return;
		const path = `/pages/${this.pageId}/page_access_users/${viewerId}`;
		const kind = Math.floor(this.random() * 8);
		if (kind <= 2) await this.#changeGroup(viewerId, groupId, kind !== 0);
		else if (kind === 3)
			await this.#add(viewerId, `${path}/components`, 'component', this.#pick(this.objects.componentIds));
		else if (kind === 4) await this.#add(viewerId, `${path}/metrics`, 'metric', this.#pick(this.objects.metricIds));
		else if (kind === 5)
			await this.#remove(viewerId, `${path}/components`, 'component', this.#pick(this.objects.componentIds));
		else if (kind === 6) {
			const login = `other-${Math.floor(this.random() * 1e9)}`;
			if (await this.#succeeds('PATCH', path, { page_access_user: { external_login: login } }))
				this.#changesOf(viewerId).login = login;
		} else if (this.random() < 0.2 && (await this.#succeeds('DELETE', path)))
			this.#changesOf(viewerId).isDeleted = true;
	}

	/** True between a look at an object and the write that was computed from it. */
	#isInUse(id: string): boolean {
		return this.#readAt.has(id) || performance.now() - (this.#partAt.get(id) ?? -Infinity) < WRITTEN_AGAIN_MS;
	}

	async #changeGroup(viewerId: string, groupId: string, isAdded: boolean): Promise<void> {
		const path = `/pages/${this.pageId}/page_access_users/${viewerId}`;
		const answer = await this.simulator.send('GET', path);
		if (!answer.ok) return;
		const { page_access_group_ids: held } = (await answer.json()) as { page_access_group_ids: string[] };
		const ids = isAdded ? [...new Set([...held, groupId])] : held.filter((id) => id !== groupId);
		if (
			ids.length === held.length ||
			!(await this.#succeeds('PATCH', path, { page_access_user: { page_access_group_ids: ids } }))
		)
			return;
		this.#record(viewerId, `group ${groupId}`, isAdded);
	}

	async #add(viewerId: string, path: string, kind: 'component' | 'metric', id: string): Promise<void> {
		if (await this.#succeeds('PATCH', path, { [`${kind}_ids`]: [id] })) this.#record(viewerId, `${kind} ${id}`, true);
	}

	async #remove(viewerId: string, path: string, kind: 'component', id: string): Promise<void> {
		if (await this.#succeeds('DELETE', `${path}/${id}`)) this.#record(viewerId, `${kind} ${id}`, false);
	}

	async #succeeds(method: string, path: string, body?: object): Promise<boolean> {
		return (await this.simulator.send(method, path, { body })).ok;
	}

	#changesOf(viewerId: string): Deeds {
		const deeds = this.deeds.get(viewerId) ?? { added: new Set(), removed: new Set() };
		this.deeds.set(viewerId, deeds);
		return deeds;
	}

	#record(viewerId: string, thing: Thing, isAdded: boolean): void {
		const deeds = this.#changesOf(viewerId);
		(isAdded ? deeds.added : deeds.removed).add(thing);
	}

	#pick(list: string[]): string {
		return list[Math.floor(this.random() * list.length)] ?? '';
	}

	/** Returns the IDs of the objects that a request reads or writes: a viewer, a group or all groups. */
	#targets({ url }: IHttpRequestOptions): string[] {
		const [, kind, id] = /\/page_access_(user|group)s(?:\/(\w+))?/.exec(url) ?? [];
		if (kind === 'group' && !id) return [...this.#groups];
		return id ? [id] : [];
	}

	#onRead(options: IHttpRequestOptions): void {
		if (options.method !== 'GET') return;
		// If an object is read several times, the first read counts.
		for (const id of this.#targets(options)) if (!this.#readAt.has(id)) this.#readAt.set(id, performance.now());
	}

	#onWrite(options: IHttpRequestOptions, status: number): void {
		if (options.method === 'GET') return;
		for (const id of this.#targets(options)) {
			if (status >= 300) {
				this.#inParts.add(id);
				continue;
			}
			if (this.#inParts.has(id)) this.#partAt.set(id, performance.now());
			const since = this.#readAt.get(id);
			if (since !== undefined) this.gaps.push(performance.now() - since);
			// Own components are added and removed with several writes after one read.
			if (!/components|metrics/.test(options.url)) this.#readAt.delete(id);
		}
	}
}
