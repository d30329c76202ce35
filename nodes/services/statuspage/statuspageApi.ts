import { ApiClient, type CallOptions, type Ids, type Query } from '../../shared/client/apiClient';
import type { ListItemIn } from '../../shared/client/endpoint';
import type { Connection } from '../../shared/http/connection';
import type { Unit } from '../../shared/http/unit';
import { endpoints, type Endpoints, type ListName } from './endpoints';
import type { StatuspageEndpoint } from './endpoints/statuspageEndpoint';
import { readList } from './paging';

export type ListItem<Name extends ListName> = ListItemIn<Endpoints, Name>;

export interface ListOptions<R> {
	/** The largest number of objects. */
	limit?: number;
	query?: Query;
	/** Objects to return. Others do not count towards the limit. */
	keep?: (row: R) => boolean;
	/** No speculative page reads, so the number of requests is predictable. */
	isExact?: boolean;
	/** The unit of the read. */
	unit?: Unit;
}

/** The Manage API with one key, for one run. All requests go through `call`, `list` or `remove`. */
export class StatuspageApi extends ApiClient<Endpoints> {
	constructor(connection: Connection) {
		super(connection, endpoints);
	}

	/** All objects of a list, or the first `limit` ones. */
	async list<Name extends ListName>(
		name: Name,
		ids: Ids,
		{ limit = Infinity, query, keep, isExact, unit }: ListOptions<ListItem<Name>> = {},
	): Promise<Array<ListItem<Name>>> {
		const readPage = async (page: number, size: number) => await this.page(name, ids, page, { size, query, unit });
		const endpoint: StatuspageEndpoint = endpoints[name];
		if (endpoint.paging)
			return await readList<ListItem<Name>>({
				limit,
				keep,
				readPage,
				room: isExact || unit ? undefined : () => this.connection.window.freeSlots,
			});
		const rows = await this.#rows(name, ids, { query, unit });
		return (keep ? rows.filter(keep) : rows).slice(0, limit);
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
