import type { Feed, FeedName } from './feeds';
import type { PageAddress } from './pageAddress';
import type { PublicConnection } from './publicConnection';
import { readPublicFeed } from './readPublicPage';

/** Public pages for one run. Each feed of a page is read once, also if it cannot be read. */
export class PublicApi {
	readonly #reads = new Map<string, Promise<unknown>>();

	constructor(readonly connection: PublicConnection) {}

	/** The current content of a feed. Throws Failure or Cancelled. */
	async feed<Name extends FeedName>(address: PageAddress, name: Name): Promise<Feed<Name>> {
		const key = `${address.url} ${address.pageId ?? ''} ${name}`;
		const read = this.#reads.get(key) ?? readPublicFeed(this.connection, address, name);
		this.#reads.set(key, read);
		const { feed } = (await read) as Awaited<ReturnType<typeof readPublicFeed<Name>>>;
		if (!feed) throw new Error('A feed without validators cannot be unchanged');
		return feed;
	}
}
