import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import type { Field } from '../../../shared/fields/field';
import { filtersField } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

const period: Field[] = [
	{
		displayName: 'End',
		name: 'end',
		type: 'string',
		accepts: 'partialDate',
		default: '',
		placeholder: 'e.g. 2026-06-30',
		description: "Last day, as YYYY-MM-DD, YYYY-MM or YYYY. Defaults to today. At most six months after 'Start'.",
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'string',
		accepts: 'partialDate',
		default: '',
		placeholder: 'e.g. 2026-01-01',
		description:
			'First day, as YYYY-MM-DD, YYYY-MM or YYYY. Defaults to 90 days ago or the start date of the component.',
	},
];

const skipRelatedEvents: Field = {
	displayName: 'Skip Related Events',
	name: 'skipRelatedEvents',
	type: 'boolean',
	default: false,
	description: 'Whether to exclude the incidents behind the figures from the output',
};

export const getUptime: StatuspageOperation = {
	value: 'getUptime',
	name: 'Get Uptime',
	action: 'Get uptime of component',
	description: 'Retrieve the uptime and outage seconds of a component that displays its uptime, for at most six months',
	isReadOnly: true,
	uses: ['getComponentUptime'],
	fields: [page.locator, component.locator, filtersField(period), optionsField(skipRelatedEvents)],
	runs: 'perItem',
	async execute(input) {
		const filters = input.values.collection('filters');
		const [start, end] = [filters.optionalText('start'), filters.optionalText('end')];
		const query = {
			...(start ? { start } : {}),
			...(end ? { end } : {}),
			...(input.options.flag('skipRelatedEvents') ? { skip_related_events: true } : {}),
		};
		const pageId = await input.pageId();
		return await input.api.call(
			'getComponentUptime',
			{ pageId, componentId: await input.idOf(component, { pageId }) },
			{ query },
		);
	},
};
