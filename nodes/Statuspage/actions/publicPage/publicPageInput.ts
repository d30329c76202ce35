import type { Feed, FeedName } from '../../../services/statuspage/publicApi/feeds';
import { InvalidAddress, pageAddress, type PageAddress } from '../../../services/statuspage/publicApi/pageAddress';
import type { PublicApi } from '../../../services/statuspage/publicApi/publicApi';
import { asError } from '../../../shared/http/failures';
import { Input } from '../../../shared/operations/input';
import { invalidInput } from '../../../shared/operations/invalidInput';

/** The parameters of one item about a public page. There is no credential. */
export class PublicPageInput extends Input<PublicApi> {
	/** Throws Failure for an address that is not read. */
	get address(): PageAddress {
		const { values, item } = this;
		try {
			return pageAddress(values.text('pageAddress'), values.flag('allowLoopback'));
		} catch (error) {
			if (!(error instanceof InvalidAddress)) throw asError(error);
			throw invalidInput(values.label('pageAddress'), error.message, error.advice, item);
		}
	}

	/** A feed of the item's page, read once per run. */
	async feed<Name extends FeedName>(name: Name): Promise<Feed<Name>> {
		return await this.api.feed(this.address, name);
	}

	/** The first rows, as 'Return All' and 'Limit' of the item say. */
	limited<T>(rows: T[]): T[] {
		return rows.slice(0, this.limit);
	}
}
