import { accessRound, type RoundResult } from '../../nodes/services/statuspage/accessWatch/accessRound';
import { sourcesFor, type AccessKind, type Source } from '../../nodes/services/statuspage/accessWatch/accessKinds';
import type { AccessReader, ListSource } from '../../nodes/services/statuspage/accessWatch/accessReader';
import { readState, type AccessState } from '../../nodes/services/statuspage/accessWatch/accessState';
import type { AccessWatch } from '../../nodes/services/statuspage/accessWatch/accessWatches';
import {
	seenPermissions,
	seenTeamMember,
	seenViewer,
	seenViewerGroup,
	type Seen,
} from '../../nodes/services/statuspage/accessWatch/seen';
import { Failure } from '../../nodes/shared/http/failures';

interface ModelObject {
	id: string;
	value: number;
}

const failure = (status: number) => new Failure({ kind: 'answer', status, message: `The service answered ${status}` });

/** A page of a service in memory, in which things can change before any request. */
export class WatchedPage {
	readonly objects: Record<ListSource, ModelObject[]> = { viewers: [], viewerGroups: [], teamMembers: [] };
	requests: string[] = [];
	/** Runs before each request. It can throw. */
	before: (request: string) => void = () => {};
	/** The page and the organization do not exist. */
	isMissing = false;
	/** The largest page that the service returns. */
	pageSize = 100;
	/** The service returns the first page for any number. */
	ignoresPage = false;
	#ids = 0;

	/** @param first adds the object in front of the list, as in lists with the newest first */
	add(source: ListSource, first = false): string {
		const object = { id: `${source.slice(0, -1)}${String(++this.#ids).padStart(5, '0')}`, value: 0 };
		if (first) this.objects[source].unshift(object);
		else this.objects[source].push(object);
		return object.id;
	}

	remove(source: ListSource, id: string): void {
		this.objects[source] = this.objects[source].filter((object) => object.id !== id);
	}

	change(source: ListSource, id: string): void {
		const object = this.objects[source].find((entry) => entry.id === id);
		if (object) object.value++;
	}

	seen(source: Source, { id, value }: ModelObject): Seen {
		switch (source) {
			case 'viewers':
				return seenViewer({ id, email: `${id}.${value}@x`, page_access_group_ids: [] } as never, false);
			case 'viewerGroups':
				return seenViewerGroup({
					id,
					name: `name ${value}`,
					page_access_user_ids: [],
					component_ids: [],
					metric_ids: [],
				} as never);
			case 'teamMembers':
				return seenTeamMember({ id, email: `${id}@x` } as never);
			case 'permissions':
				return seenPermissions(id, `${id}@x`, new Map([[`p${value}`, {}]]));
		}
	}

	#ask(request: string): void {
		this.before(request);
		this.requests.push(request);
		if (this.isMissing) throw failure(404);
	}

	#find(source: Source, id: string): Seen | undefined {
		const list = source === 'permissions' ? 'teamMembers' : source;
		const object = this.objects[list].find((entry) => entry.id === id);
		return object && this.seen(source, object);
	}

	readonly reader: AccessReader = {
		page: async (source, page, size) => {
			this.#ask(`${source} page ${page}`);
			const width = Math.min(size, this.pageSize);
			const start = this.ignoresPage ? 0 : (page - 1) * width;
			return this.objects[source].slice(start, start + width).map((object) => this.seen(source, object));
		},
		one: async (source, id) => {
			this.before(`${source} ${id}`);
			this.requests.push(`${source} ${id}`);
			return this.#find(source, id);
		},
		permissions: async (id) => {
			this.before(`permissions ${id}`);
			this.requests.push(`permissions ${id}`);
			return this.#find('permissions', id);
		},
		confirmPlace: async (source) => this.#ask(`place of ${source}`),
		pages: () => ({ mayBeCut: (rows) => [10, 20, 25, 50].includes(rows), isNotCutAt: () => {} }),
	};
}

/** One trigger node on this page, with n8n's rules for its state. */
export class WatchingNode {
	watch: AccessWatch = { isRunning: false, open: {}, requestsOf: {} };
	/** In the memory of n8n. */
	state: AccessState = readState(undefined);
	/** In the database of n8n. */
	saved: unknown;
	about: (source: Source) => string = () => 'here';
	failures: string[] = [];

	constructor(
		private readonly page: WatchedPage,
		public kinds: AccessKind[],
	) {}

	/** n8n ends, and starts again with what it saved. */
	restart(): void {
		this.watch = { isRunning: false, open: {}, requestsOf: {} };
		this.state = readState(this.saved === undefined ? undefined : JSON.parse(JSON.stringify(this.saved)));
	}

	/**
	 * One poll. The state is saved with events, and after the poll at publishing or start.
	 *
	 * @param room requests that it may send
	 */
	async poll(room = Infinity, isAtStart = false): Promise<RoundResult['events']> {
		let left = room;
		const result = await accessRound(
			{
				watch: this.watch,
				reader: this.page.reader,
				room: {
					get waitMs() {
						return left > 0 ? 0 : Infinity;
					},
					take: () => void left--,
				},
				clock: { now: () => 0, sleep: async () => {} },
				kinds: this.kinds,
				sources: sourcesFor(this.kinds),
				about: this.about,
				hasEvents: false,
				endsAt: 0,
			},
			this.state,
		);
		if (result.failure) this.failures.push(result.failure.message);
		this.state = result.state;
		if (result.events.length > 0 || isAtStart) this.saved = result.state;
		return result.events;
	}
}

/** Events as "kind id". */
export const brief = (events: RoundResult['events']) => events.map(({ kind, id }) => `${kind} ${id}`);
