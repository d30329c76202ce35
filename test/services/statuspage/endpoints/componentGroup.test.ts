import { componentGroupEndpoints } from '../../../../nodes/services/statuspage/endpoints/componentGroup';
import { loadOptions } from '../../../support/engine';
import { locator, run, type World } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage, two } from './contract';

const group = ({ componentGroups }: World) => ({ componentGroupId: locator('id', componentGroups[0].id) });
const ofGroup =
	(rest = '') =>
	({ pageId, componentGroups }: World) =>
		`/pages/${pageId}/component-groups/${componentGroups[0].id}${rest}`;
const membersOf = ({ page, componentGroups }: World) =>
	Object.values(page.components)
		.filter(({ group_id }) => group_id === componentGroups[0].id)
		.map(({ id }) => id)
		.sort();

describeContracts(componentGroupEndpoints, {
	listComponentGroups: {
		act: async (world) =>
			await loadOptions(world.credential, 'getComponentGroups', { pageId: locator('id', world.pageId) }),
		method: 'GET',
		path: onPage('component-groups'),
		query: FIRST_PAGE,
	},
	createComponentGroup: {
		act: async (world) =>
			await run(world, 'componentGroup create', {
				name: 'Shops',
				componentIds: two(world.components),
				additionalFields: { description: 'Where people buy' },
			}),
		method: 'POST',
		path: onPage('component-groups'),
		body: ({ components }) => ({
			component_group: { name: 'Shops', components: two(components), description: 'Where people buy' },
		}),
	},
	getComponentGroup: {
		act: async (world) => await run(world, 'componentGroup get', group(world)),
		method: 'GET',
		path: ofGroup(),
	},
	updateComponentGroup: {
		act: async (world) =>
			await run(world, 'componentGroup update', {
				...group(world),
				updateFields: { name: 'Renamed', description: 'New' },
			}),
		method: 'PATCH',
		path: ofGroup(),
		body: (world) => ({
			component_group: { name: 'Renamed', components: membersOf(world), description: 'New' },
		}),
	},
	deleteComponentGroup: {
		act: async (world) => await run(world, 'componentGroup delete', group(world)),
		method: 'DELETE',
		path: ofGroup(),
	},
	getComponentGroupUptime: {
		act: async (world) =>
			await run(world, 'componentGroup getUptime', {
				...group(world),
				filters: { start: '2026-01', end: '2026-03-15' },
				options: { skipRelatedEvents: true },
			}),
		method: 'GET',
		path: ofGroup('/uptime'),
		query: { start: '2026-01', end: '2026-03-15', skip_related_events: 'true' },
	},
});
