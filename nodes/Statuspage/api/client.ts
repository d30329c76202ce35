import { ApiClient, type CallOptions, type Query } from '../../shared/api/client';
import type { Connection } from '../../shared/transport/connection';
import { endpoints, type Endpoint, type EndpointName, type ListName, type PathIds } from './endpoints';
import { readList } from './paging';
import { parameterName } from './parameterNames';
import type { Row } from './rows';

/** The Manage API with one key, for one run. Whatever reads or writes Statuspage goes through `call` or `list`. */
export class StatuspageApi extends ApiClient<EndpointName> {
	constructor(connection: Connection) {
		super(connection, endpoints, parameterName);
	}

	/** One API operation. Throws Failure or Cancelled. */
	async call<Name extends EndpointName, Answer = Row>(name: Name, ids: PathIds<Name>, options: CallOptions = {}): Promise<Answer> {
		return (await this.send(name, ids, options)).body as Answer;
	}

	/** All rows of a list, or its first `limit` ones. `isExact`: no page is asked for that may turn out not to be needed, so that the cost is known beforehand. */
	async list<R extends Row>(
		name: ListName,
		ids: Record<string, string>,
		{ limit = Infinity, query, keep, isExact }: { limit?: number; query?: Query; keep?: (row: R) => boolean; isExact?: boolean } = {},
	): Promise<R[]> {
		const readPage = async (page: number, size: number) => await this.page<R>(name, ids, page, { size, query });
		const endpoint: Endpoint = endpoints[name];
		if (endpoint.paging) return await readList({ limit, keep, readPage, room: isExact ? undefined : () => this.connection.window.room });
		const rows = (await this.send(name, ids, { query })).body as R[];
		return (keep ? rows.filter(keep) : rows).slice(0, limit);
	}

	/** One page of a paged list; pages count from 1. Both parameters always: without them the list is cut, and 1 request a minute is allowed. */
	async page<R extends Row>(name: ListName, ids: Record<string, string>, page: number, { size, query }: { size: number; query?: Query }): Promise<R[]> {
		const { paging }: Endpoint = endpoints[name];
		const place: Query = paging === 'limitFrom0' ? { page: page - 1, limit: size } : { page, per_page: size };
		return (await this.send(name, ids, { query: { ...query, ...place } })).body as R[];
	}
}
