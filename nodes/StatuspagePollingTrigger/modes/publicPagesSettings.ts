import { InvalidAddress, pageAddress, type PageAddress } from '../../services/statuspage/publicApi/pageAddress';
import type { PageEventName } from '../../services/statuspage/pageWatch/pageEventNames';
import type { PageFilters } from '../../services/statuspage/pageWatch/pageFilters';
import { asError } from '../../shared/http/failures';
import { invalidInput } from '../../shared/operations/invalidInput';
import type { Values } from '../../shared/operations/values';
import { MOST_PAGES } from './publicPagesFields';

/** One page of the list. */
export interface ChosenPage {
	/** As it was entered. */
	entered: string;
	address: PageAddress;
}

export interface PublicPagesSettings {
	/** Without equal addresses. */
	pages: ChosenPage[];
	events: PageEventName[];
	filters: PageFilters;
	unreachableAfter: number;
	/** For one page. */
	timeoutMs: number;
	withRows: boolean;
}

const TIMEOUT_SECONDS = 10;
const UNREACHABLE_AFTER = 2;

function addressOf(values: Values, entered: string): PageAddress {
	try {
		return pageAddress(entered, values.flag('allowLoopback'));
	} catch (error) {
		if (!(error instanceof InvalidAddress)) throw asError(error);
		throw invalidInput(`'${values.label('pageAddresses')}': The entry "${entered}"`, error.message, error.advice);
	}
}

function pagesOf(values: Values): ChosenPage[] {
	const pages = values.list('pageAddresses').map((entered) => ({ entered, address: addressOf(values, entered) }));
	const byUrl = new Map([...pages].reverse().map((page) => [page.address.url, page]));
	const unique = pages.filter((page) => byUrl.get(page.address.url) === page);
	if (unique.length > MOST_PAGES)
		throw invalidInput(
			values.label('pageAddresses'),
			`contains ${unique.length} pages, but at most ${MOST_PAGES} are possible`,
			'Use a second trigger for the others',
		);
	return unique;
}

const unlessEmpty = (list: string[]) => (list.length === 0 ? undefined : list);

/**
 * The parameters of the mode Public Pages.
 *
 * @throws Failure for an invalid address
 */
export function publicPagesSettings(values: Values): PublicPagesSettings {
	const filters = values.collection('filters');
	const options = values.collection('options');
	return {
		pages: pagesOf(values),
		events: values.choices<PageEventName>('events'),
		filters: {
			components: unlessEmpty(filters.list('components')),
			impacts: unlessEmpty(filters.choices('impacts')),
			newStatuses: unlessEmpty(filters.choices('newStatuses')),
		},
		unreachableAfter: options.number('unreachableAfter') ?? UNREACHABLE_AFTER,
		timeoutMs: (options.number('timeout') ?? TIMEOUT_SECONDS) * 1000,
		withRows: options.flag('raw'),
	};
}
