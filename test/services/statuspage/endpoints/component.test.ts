import { componentEndpoints } from '../../../../nodes/services/statuspage/endpoints/component';
import { run } from '../../../support/world';
import { FIRST_PAGE, component, describeContracts, ofComponent, onPage, two } from './contract';

describeContracts(componentEndpoints, {
	listComponents: {
		act: async (world) => await run(world, 'component getMany', { returnAll: true }),
		method: 'GET',
		path: onPage('components'),
		query: FIRST_PAGE,
	},
	createComponent: {
		act: async (world) =>
			await run(world, 'component create', {
				name: 'Shop',
				additionalFields: {
					componentGroupId: world.componentGroups[0].id,
					description: 'Where people buy',
					onlyShowIfDegraded: false,
					showcase: true,
					startDate: '2026-02-03',
					status: 'degraded_performance',
				},
			}),
		method: 'POST',
		path: onPage('components'),
		body: ({ componentGroups }) => ({
			component: {
				name: 'Shop',
				group_id: componentGroups[0].id,
				description: 'Where people buy',
				only_show_if_degraded: false,
				showcase: true,
				start_date: '2026-02-03',
				status: 'degraded_performance',
			},
		}),
	},
	getComponent: {
		act: async (world) => await run(world, 'component get', { componentId: component(world) }),
		method: 'GET',
		path: ofComponent(),
	},
	updateComponent: {
		act: async (world) =>
			await run(world, 'component update', {
				componentId: component(world),
				updateFields: { status: 'major_outage', componentGroupId: '' },
			}),
		method: 'PATCH',
		path: ofComponent(),
		body: () => ({ component: { status: 'major_outage', group_id: null } }),
	},
	deleteComponent: {
		act: async (world) => await run(world, 'component delete', { componentId: component(world) }),
		method: 'DELETE',
		path: ofComponent(),
	},
	getComponentUptime: {
		act: async (world) =>
			await run(world, 'component getUptime', {
				componentId: component(world),
				filters: { start: '2026-01', end: '2026-03-15' },
				options: { skipRelatedEvents: true },
			}),
		method: 'GET',
		path: ofComponent('/uptime'),
		query: { start: '2026-01', end: '2026-03-15', skip_related_events: 'true' },
	},
	addComponentViewers: {
		act: async (world) =>
			await run(world, 'component addViewers', { componentId: component(world), viewerIds: two(world.viewers) }),
		method: 'POST',
		path: ofComponent('/page_access_users'),
		body: ({ viewers }) => ({ page_access_user_ids: two(viewers) }),
		isForm: true,
	},
	addComponentViewerGroups: {
		act: async (world) =>
			await run(world, 'component addViewerGroups', {
				componentId: component(world),
				viewerGroupIds: two(world.groups),
			}),
		method: 'POST',
		path: ofComponent('/page_access_groups'),
		body: ({ groups }) => ({ page_access_group_ids: two(groups) }),
	},
});
