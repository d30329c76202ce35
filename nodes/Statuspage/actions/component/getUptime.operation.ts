import type { INodeProperties } from 'n8n-workflow';
import { componentField, componentId } from '../fields/component';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { badInput, type Input } from '../input';
import type { Operation } from '../operation';

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

const period: INodeProperties[] = [
	{
		displayName: 'End',
		name: 'end',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-06-30',
		description: 'Last day, as YYYY-MM-DD, YYYY-MM or YYYY. Today when left out; at most six months after the start.',
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-01',
		description: 'First day, as YYYY-MM-DD, YYYY-MM or YYYY. 90 days ago, or the start date of the component, when left out.',
	},
];

const skipRelatedEvents: INodeProperties = {
	displayName: 'Skip Related Events',
	name: 'skipRelatedEvents',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out the incidents that the figures come from',
};

function dateIn(input: Input, name: 'start' | 'end'): Record<string, string> {
	const value = String(input.collection('filters')[name] ?? '').trim();
	if (value && !PARTIAL_DATE.test(value)) throw badInput(name, `is not a date as YYYY-MM-DD, YYYY-MM or YYYY: "${value}"`, 'Nothing was sent');
	return value ? { [name]: value } : {};
}

export const getUptime: Operation = {
	value: 'getUptime',
	name: 'Get Uptime',
	action: 'Get uptime of component',
	description: 'Get uptime and seconds of outage of a component that displays its uptime, for at most six months',
	uses: ['getComponentUptime', 'listComponents'],
	fields: [
		pageField,
		componentField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: period,
		},
		optionsField(skipRelatedEvents),
	],
	async execute(input) {
		const skips = input.collection('options').skipRelatedEvents === true;
		const query = { ...dateIn(input, 'start'), ...dateIn(input, 'end'), ...(skips ? { skip_related_events: true } : {}) };
		const page = await pageId(input);
		return await input.api.call('getComponentUptime', { pageId: page, componentId: await componentId(input, page) }, { query });
	},
};
