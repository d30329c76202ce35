import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { skipRelatedEvents, uptimeFilters, uptimeQuery } from '../uptimeFields';

export const getUptime: StatuspageOperation = {
	value: 'getUptime',
	name: 'Get Uptime',
	action: 'Get uptime of component',
	description: 'Retrieve the uptime and outage seconds of a component that displays its uptime, for at most six months',
	isReadOnly: true,
	uses: ['getComponentUptime'],
	fields: [
		page.locator,
		component.locator,
		uptimeFilters('90 days ago or the start date of the component'),
		optionsField(skipRelatedEvents),
	],
	runs: 'perItem',
	async execute(input) {
		const query = uptimeQuery(input);
		const pageId = await input.pageId();
		return await input.api.call(
			'getComponentUptime',
			{ pageId, componentId: await input.idOf(component, { pageId }) },
			{ query },
		);
	},
};
