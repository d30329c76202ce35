import type { IDataObject } from 'n8n-workflow';
import { ApiClient, type CallOptions, type Query } from '../../shared/api/client';
import type { Connection } from '../../shared/transport/connection';
import { endpoints, type EndpointName, type ListName, type PathIds } from './endpoints';
import { readListing, type Listing, type Page } from './listing';
import { parameterName } from './parameterNames';
import type { Row } from './rows';

/** The SCIM API of one directory with its key, for one run. Whatever reads or writes the directory goes through `call` or `list`. */
export class ScimApi extends ApiClient<EndpointName> {
	constructor(connection: Connection) {
		super(connection, endpoints, parameterName);
	}

	/** One API operation. Throws Failure or Cancelled. */
	async call<Name extends EndpointName, Answer = IDataObject>(name: Name, ids: PathIds<Name>, options: CallOptions = {}): Promise<Answer> {
		return (await this.send(name, ids, options)).body as Answer;
	}

	/** All rows of a list, or its first `limit` ones. */
	async list<R extends Row>(name: ListName, options: { limit?: number; query?: Query } = {}): Promise<R[]> {
		return (await this.listing<R>(name, options)).rows;
	}

	/** The same, with whether the directory held still; says so in a hint when it did not. */
	async listing<R extends Row>(name: ListName, { limit = Infinity, query }: { limit?: number; query?: Query } = {}): Promise<Listing<R>> {
		const listing = await readListing<R>({ limit, readPage: async (startIndex, count) => await this.page<R>(name, { startIndex, count, query }) });
		const { rows, unsettled } = listing;
		if (unsettled) {
			this.connection.report.remarks.add(
				`The directory changed each time it was read: ${rows.length} were listed, and Atlassian counts ${unsettled.total}. Whoever came or went meanwhile may be missing here. Run it again when the synchronization has ended`,
			);
		}
		return listing;
	}

	/** One page of a list. */
	async page<R extends Row>(name: ListName, { startIndex, count, query }: { startIndex: number; count: number; query?: Query }): Promise<Page<R>> {
		const body = (await this.send(name, {}, { query: { ...query, startIndex, count } })).body as IDataObject;
		const rows = (body.Resources ?? []) as R[];
		const total = Number(body.totalResults);
		return { rows, total: Number.isNaN(total) ? Infinity : total };
	}
}
