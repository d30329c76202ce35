import { page } from '../../../services/statuspage/objects/page';
import type { Query } from '../../../shared/client/apiClient';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { SUBSCRIBER_FIELDS } from '../itemSubscriber';
import { stateField, typeField } from './subscriberFields';

const search: Field = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	accepts: 'emailOrText',
	placeholder: 'e.g. example.com',
	default: '',
	description:
		'Text in the email, endpoint or phone number. Statuspage does not search Slack subscribers, so it returns none of them.',
};

const sortBy: Field = {
	displayName: 'Sort By',
	name: 'sortBy',
	type: 'options',
	options: [
		{ name: 'Contact', value: 'primary' },
		{ name: 'Creation Date', value: 'created_at' },
		{ name: 'Quarantine Date', value: 'quarantined_at' },
		{ name: 'Relevance', value: 'relevance', description: "Only with the filter 'Search'" },
	],
	default: 'primary',
	description: 'Field to sort by',
};

const sortDirection: Field = {
	displayName: 'Sort Direction',
	name: 'sortDirection',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'asc' },
		{ name: 'Descending', value: 'desc' },
	],
	default: 'asc',
	description: 'Order of the subscribers',
};

/** The filters and the order of an item, named as in the API. */
function queryOf(input: StatuspageInput): Query {
	const { values, options } = input;
	const filters = values.collection('filters');
	const named = {
		type: filters.optionalText('type'),
		q: filters.optionalText('search'),
		sort_field: options.optionalText('sortBy'),
		sort_direction: options.optionalText('sortDirection'),
	};
	if (named.sort_field === 'relevance' && named.q === undefined)
		throw input.invalid(
			'sortBy',
			"can only be Relevance with the filter 'Search'",
			'Add the filter, or sort differently',
		);
	const added = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
	// Without a state, only active subscribers would be returned.
	return { state: values.text('state'), ...Object.fromEntries(added) };
}

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many subscribers',
	description: 'Retrieve a list of subscribers of a page in all states, at 100 per request',
	isReadOnly: true,
	uses: ['listSubscribers'],
	fields: [
		page.locator,
		stateField,
		...listFields,
		simplifyField,
		filtersField([search, typeField]),
		optionsField(sortBy, sortDirection),
	],
	runs: 'perItem',
	async execute(input) {
		const query = queryOf(input);
		const pageId = await input.pageId();
		const rows = await input.api.list('listSubscribers', { pageId }, { limit: input.limit, query });
		return rows.map((row) => simplified(input.values, row, SUBSCRIBER_FIELDS));
	},
};
