import { viewerGroupEndpoints } from '../../../../nodes/services/statuspage/endpoints/viewerGroup';
import { run } from '../../../support/world';
import { FIRST_PAGE, describeContracts, give, group, ofGroup, onPage, two } from './contract';

describeContracts(viewerGroupEndpoints, {
	listViewerGroups: {
		act: async (world) => await run(world, 'viewerGroup getMany', { returnAll: true }),
		method: 'GET',
		path: onPage('page_access_groups'),
		query: FIRST_PAGE,
	},
	createViewerGroup: {
		act: async (world) =>
			await run(world, 'viewerGroup create', {
				name: 'New',
				additionalFields: {
					externalIdentifier: 'idp',
					componentIds: two(world.components),
					metricIds: world.metricIds.slice(0, 1),
					viewerIds: two(world.viewers),
				},
			}),
		method: 'POST',
		path: onPage('page_access_groups'),
		body: ({ components, metricIds, viewers }) => ({
			page_access_group: {
				name: 'New',
				external_identifier: 'idp',
				component_ids: two(components),
				metric_ids: metricIds.slice(0, 1),
				page_access_user_ids: two(viewers),
			},
		}),
	},
	getViewerGroup: {
		act: async (world) => await run(world, 'viewerGroup get', { viewerGroupId: group(world) }),
		method: 'GET',
		path: ofGroup(),
	},
	updateViewerGroup: {
		act: async (world) =>
			await run(world, 'viewerGroup update', {
				viewerGroupId: group(world),
				updateFields: { name: 'Renamed', externalIdentifier: 'x' },
			}),
		method: 'PATCH',
		path: ofGroup(),
		body: () => ({ page_access_group: { name: 'Renamed', external_identifier: 'x' } }),
	},
	deleteViewerGroup: {
		act: async (world) => await run(world, 'viewerGroup delete', { viewerGroupId: group(world) }),
		method: 'DELETE',
		path: ofGroup(),
	},
	listViewerGroupComponents: {
		act: async (world) =>
			await run(world, 'viewerGroup getComponents', { viewerGroupId: group(world), returnAll: true }),
		method: 'GET',
		path: ofGroup('/components'),
		query: FIRST_PAGE,
	},
	addViewerGroupComponents: {
		act: async (world) =>
			await run(world, 'viewerGroup addComponents', {
				viewerGroupId: group(world),
				componentIds: two(world.components),
			}),
		method: 'PATCH',
		path: ofGroup('/components'),
		body: ({ components }) => ({ component_ids: two(components) }),
	},
	replaceViewerGroupComponents: {
		act: async (world) =>
			await run(world, 'viewerGroup replaceComponents', {
				viewerGroupId: group(world),
				componentIds: two(world.components),
			}),
		method: 'POST',
		path: ofGroup('/components'),
		body: ({ components }) => ({ component_ids: two(components) }),
	},
	removeViewerGroupComponent: {
		act: async (world, simulator) => {
			await give(simulator, world, 'component_ids', []);
			return await run(world, 'viewerGroup removeComponents', {
				viewerGroupId: group(world),
				componentIds: [world.components[0].id],
			});
		},
		method: 'DELETE',
		path: (world) => ofGroup(`/components/${world.components[0].id}`)(world),
	},
});
