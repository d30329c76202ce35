import { ApiClient, type Query } from '../../shared/client/apiClient';
import type { SideBySide } from '../../shared/client/readPages';
import type { Connection } from '../../shared/http/connection';
import { endpoints, type Endpoints, type ListName, type ListItem } from './endpoints';
import { MOST_AT_ONCE, readListing, type Listing, type Page } from './listing';

/** The SCIM API of one directory, for one run. All requests go through `call`, `list` or `remove`. */
export class ScimApi extends ApiClient<Endpoints> {
	constructor(connection: Connection) {
		super(connection, endpoints);
	}

	/** All objects of a list, or the first `limit` ones. */
	async list<Name extends ListName>(
		name: Name,
		options: { limit?: number; query?: Query } = {},
	): Promise<Array<ListItem<Name>>> {
		return (await this.listing(name, options)).rows;
	}

	/** The same, and whether the directory changed meanwhile. A hint says so if it did. */
	async listing<Name extends ListName>(
		name: Name,
		{ limit = Infinity, query }: { limit?: number; query?: Query } = {},
	): Promise<Listing<ListItem<Name>>> {
		const listing = await readListing<ListItem<Name>>({
			limit,
			readPage: async (startIndex, count) =>
				await this.reads.run(async () => await this.page(name, { startIndex, count, query })),
			atOnce: this.sideBySide.atOnce,
			clock: this.connection.clock,
		});
		const { rows, unsettled } = listing;
		if (unsettled) {
			this.connection.report.remarks.add(
				`The directory changed each time it was read, so entries may be missing. ${rows.length} were listed, and Atlassian counts ${unsettled.total}. Run this again when the synchronization has ended`,
			);
		}
		return listing;
	}

	/** How many pages are requested at the same time. The service publishes no limit, so its rejections set the pace. */
	get sideBySide(): SideBySide {
		return {
			atOnce: Math.min(this.reads.max, MOST_AT_ONCE),
			room: () => (this.reads.isReached ? 0 : this.connection.window.freeSlots),
			clock: this.connection.clock,
		};
	}

	/** One page of a list. */
	async page<Name extends ListName>(
		name: Name,
		{ startIndex, count, query }: { startIndex: number; count: number; query?: Query },
	): Promise<Page<ListItem<Name>>> {
		return (await this.send(name, {}, { query: { ...query, startIndex, count } })) as Page<ListItem<Name>>;
	}

	async confirmPlace(): Promise<void> {
		await this.call('getConfig', {});
	}

	protected async idsInList(): Promise<string[]> {
		throw new Error('Deletions of a directory are settled by reading the object');
	}
}
