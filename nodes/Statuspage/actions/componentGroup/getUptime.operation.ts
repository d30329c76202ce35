import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { skipRelatedEvents, uptimeFilters, uptimeQuery } from '../uptimeFields';

export const getUptime: StatuspageOperation = {
	value: 'getUptime',
	name: 'Get Uptime',
	action: 'Get uptime of component group',
	description: 'Retrieve the uptime and outage seconds of a component group, for at most six months',
	effects: 'At least one component of the group must display its uptime on the page.',
	isReadOnly: true,
	uses: ['getComponentGroupUptime'],
	fields: [
		page.locator,
		componentGroup.locator,
		uptimeFilters('90 days ago or the earliest start date of a component in the group'),
		optionsField(skipRelatedEvents),
	],
	runs: 'perItem',
	async execute(input) {
		const query = uptimeQuery(input);
		const pageId = await input.pageId();
		return await input.api.call(
			'getComponentGroupUptime',
			{ pageId, componentGroupId: await input.idOf(componentGroup, { pageId }) },
			{ query },
		);
	},
};
