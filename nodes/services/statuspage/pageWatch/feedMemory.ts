import type { Validators } from '../../../shared/http/readWithoutKey';
import type { FeedPart } from './feedParts';

/** The last reading of a feed that can be read conditionally. */
export interface RememberedFeed {
	validators: Validators;
	part: FeedPart;
}

/** About 12 MB for pages of the usual size. */
const MOST_FEEDS = 400;

/** Readings of this process, so an unchanged feed is not sent again. It is not in the state, because the texts would make that large. */
const memory = new Map<string, RememberedFeed>();

export const feedMemory = {
	get(key: string): RememberedFeed | undefined {
		return memory.get(key);
	},

	/** A feed without validators is not kept. The one that was not read for the longest time is dropped. */
	set(key: string, feed: RememberedFeed): void {
		memory.delete(key);
		if (Object.keys(feed.validators).length > 0) memory.set(key, feed);
		const [oldest] = memory.keys();
		if (memory.size > MOST_FEEDS && oldest !== undefined) memory.delete(oldest);
	},

	/** As at the start of n8n. */
	clear(): void {
		memory.clear();
	},
};
