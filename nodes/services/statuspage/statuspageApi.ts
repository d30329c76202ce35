import { ApiClient, type CallOptions, type Ids, type Query } from '../../shared/client/apiClient';
import type { ListItemIn } from '../../shared/client/endpoint';
import { ListMemory, type RememberedList } from '../../shared/client/listMemory';
import type { SideBySide } from '../../shared/client/readPages';
import type { Connection } from '../../shared/http/connection';
import type { Unit } from '../../shared/http/unit';
import { endpoints, type Endpoints, type ListName } from './endpoints';
import type { StatuspageEndpoint } from './endpoints/statuspageEndpoint';
import { fewWasted, PAGE_SIZE, readList, tenthWasted, type KnownObjects } from './paging';

export type ListItem<Name extends ListName> = ListItemIn<Endpoints, Name>;

export interface ListOptions<R> {
	/** The largest number of objects. */
	limit?: number;
	query?: Query;
	/** Objects to return. Others do not count towards the limit. */
	keep?: (row: R) => boolean;
	/** Objects of which the list probably contains most, so fewer round trips show how long it is. */
	known?: KnownObjects<R>;
	/** At most three pages are requested in vain, however long the list is, so the number of requests is predictable. */
	isExact?: boolean;
	/** Resolves if the list is needed. Before that, only a few pages are read. Its error ends the reading. */
	whenNeeded?: () => Promise<unknown>;
	/** The unit of the read. Pages are then read one after the other. */
	unit?: Unit;
}

/** The most pages of a list that are read before it is known to be needed. */
const MOST_UNASKED = 3;

function listKey(name: ListName, ids: Ids): string {
	return [name, ...Object.values(ids)].join(' ');
}

/** The lengths of lists, for all runs of this process. */
const memory = new ListMemory();

/** The Manage API with one key, for one run. All requests go through `call`, `list` or `remove`. */
export class StatuspageApi extends ApiClient<Endpoints> {
	/** First pages of lists, by `listKey`. Each is used once. */
	readonly #begun = new Map<string, Promise<unknown[]>>();

	constructor(connection: Connection) {
		super(connection, endpoints);
	}

	/** Requests the first page of a list that is needed soon. The next request for this page gets its answer, or its error. */
	beginList<Name extends ListName>(name: Name, ids: Ids): void {
		const page = this.reads.run(async () => await this.page(name, ids, 1, { size: PAGE_SIZE }));
		page.catch(() => {});
		this.#begun.set(listKey(name, ids), page);
	}

	/** All objects of a list, or the first `limit` ones. */
	async list<Name extends ListName>(
		name: Name,
		ids: Ids,
		{ limit = Infinity, query, keep, known, isExact, whenNeeded, unit }: ListOptions<ListItem<Name>> = {},
	): Promise<Array<ListItem<Name>>> {
		const endpoint: StatuspageEndpoint = endpoints[name];
		if (!endpoint.paging) {
			const rows = await this.#rows(name, ids, { query, unit });
			return (keep ? rows.filter(keep) : rows).slice(0, limit);
		}
		// A unit has taken its slots, so it must not wait for reads that wait for slots.
		if (unit) {
			const readPage = async (page: number, size: number) => await this.page(name, ids, page, { size, query, unit });
			return await readList<ListItem<Name>>({ limit, keep, readPage });
		}
		let pages = 0;
		return await readList<ListItem<Name>>({
			limit,
			keep,
			readPage: async (page, size) => {
				if (++pages > MOST_UNASKED) await whenNeeded?.();
				return await this.readPage(name, ids, page, { size, query });
			},
			sideBySide: this.sideBySide,
			mayWaste: isExact ? fewWasted : tenthWasted,
			known,
			remembered: this.remembered(name, ids, query),
		});
	}

	/** One page of a paged list, counted from 1, as one of the reads that 'Concurrency' limits. */
	async readPage<Name extends ListName>(
		name: Name,
		ids: Ids,
		page: number,
		options: { size: number; query?: Query },
	): Promise<Array<ListItem<Name>>> {
		const isBegun = page === 1 && options.size === PAGE_SIZE && !options.query;
		const begun = isBegun ? this.#takeBegun(name, ids) : undefined;
		return await (begun ?? this.reads.run(async () => await this.page(name, ids, page, options)));
	}

	/** How many pages are requested at the same time. */
	get sideBySide(): SideBySide {
		return {
			atOnce: this.reads.max,
			room: () => (this.reads.isReached ? 0 : this.connection.window.freeSlots),
			clock: this.connection.clock,
		};
	}

	/** What this process knows about a list from earlier readings. */
	remembered<Name extends ListName>(name: Name, ids: Ids, query?: Query): RememberedList {
		const { baseUrl, secret } = this.connection;
		return memory.of({ baseUrl, secret, name, ids, query }, PAGE_SIZE);
	}

	/** One page of a paged list, counted from 1. Both parameters are always sent: without them, the list is cut, and only 1 request per minute is allowed. */
	async page<Name extends ListName>(
		name: Name,
		ids: Ids,
		page: number,
		{ size, query, unit }: { size: number; query?: Query; unit?: Unit },
	): Promise<Array<ListItem<Name>>> {
		const { paging }: StatuspageEndpoint = endpoints[name];
		if (!paging) throw new Error(`${name} is not a paged list`);
		const place: Query = { page: page - 1 + paging.firstPage, [paging.sizeParameter]: size };
		return await this.#rows(name, ids, { query: { ...query, ...place }, unit });
	}

	#takeBegun<Name extends ListName>(name: Name, ids: Ids): Promise<Array<ListItem<Name>>> | undefined {
		const key = listKey(name, ids);
		const begun = this.#begun.get(key);
		this.#begun.delete(key);
		return begun as Promise<Array<ListItem<Name>>> | undefined;
	}

	async confirmPlace({ pageId, organizationId }: Ids): Promise<void> {
		if (pageId !== undefined) await this.call('getPage', { pageId });
		else await this.page('listTeamMembers', { organizationId }, 1, { size: 1 });
	}

	protected async idsInList(name: string, ids: Ids): Promise<string[]> {
		return (await this.list(name as ListName, ids)).map(({ id }) => id);
	}

	async #rows<Name extends ListName>(name: Name, ids: Ids, options: CallOptions): Promise<Array<ListItem<Name>>> {
		return (await this.send(name, ids, options)) as Array<ListItem<Name>>;
	}
}
