import { viewerEndpoints } from '../../../../nodes/services/statuspage/endpoints/viewer';
import { run } from '../../../support/world';
import { FIRST_PAGE, describeContracts, give, ofViewer, onPage, two, viewer } from './contract';

describeContracts(viewerEndpoints, {
	listViewers: {
		act: async (world) => await run(world, 'viewer getMany', { returnAll: true, filters: { email: 'anna' } }),
		method: 'GET',
		path: onPage('page_access_users'),
		query: { ...FIRST_PAGE, email: 'anna' },
	},
	createViewer: {
		act: async (world) =>
			await run(world, 'viewer create', {
				email: 'new@example.com',
				additionalFields: { externalLogin: 'u1', subscribeToComponents: true, viewerGroupIds: two(world.groups) },
			}),
		method: 'POST',
		path: onPage('page_access_users'),
		body: ({ groups }) => ({
			page_access_user: {
				email: 'new@example.com',
				external_login: 'u1',
				subscribe_to_components: true,
				page_access_group_ids: two(groups),
			},
		}),
	},
	getViewer: {
		act: async (world) => await run(world, 'viewer get', { viewerId: viewer(world) }),
		method: 'GET',
		path: ofViewer(),
	},
	updateViewer: {
		act: async (world) =>
			await run(world, 'viewer update', {
				viewerId: viewer(world),
				updateFields: { externalLogin: 'u2', email: 'b@example.com' },
			}),
		method: 'PATCH',
		path: ofViewer(),
		body: () => ({ page_access_user: { email: 'b@example.com', external_login: 'u2' } }),
	},
	deleteViewer: {
		act: async (world) => await run(world, 'viewer delete', { viewerId: viewer(world) }),
		method: 'DELETE',
		path: ofViewer(),
	},
	listViewerComponents: {
		act: async (world) => await run(world, 'viewer getComponents', { viewerId: viewer(world), returnAll: true }),
		method: 'GET',
		path: ofViewer('/components'),
		query: FIRST_PAGE,
	},
	addViewerComponents: {
		act: async (world) =>
			await run(world, 'viewer addComponents', { viewerId: viewer(world), componentIds: two(world.components) }),
		method: 'PATCH',
		path: ofViewer('/components'),
		body: ({ components }) => ({ component_ids: two(components) }),
	},
	replaceViewerComponents: {
		act: async (world) =>
			await run(world, 'viewer replaceComponents', {
				viewerId: viewer(world),
				componentIds: two(world.components).join(', '),
			}),
		method: 'POST',
		path: ofViewer('/components'),
		body: ({ components }) => ({ component_ids: two(components) }),
	},
	removeViewerComponent: {
		act: async (world, simulator) => {
			await give(simulator, world, 'component_ids', two(world.components));
			return await run(world, 'viewer removeComponents', {
				viewerId: viewer(world),
				componentIds: [world.components[0].id],
			});
		},
		method: 'DELETE',
		path: (world) => ofViewer(`/components/${world.components[0].id}`)(world),
	},
	listViewerMetrics: {
		act: async (world) => await run(world, 'viewer getMetrics', { viewerId: viewer(world), limit: 5 }),
		method: 'GET',
		path: ofViewer('/metrics'),
		query: { page: '1', per_page: '5' },
	},
	addViewerMetrics: {
		act: async (world) =>
			await run(world, 'viewer addMetrics', { viewerId: viewer(world), metricIds: world.metricIds.slice(0, 2) }),
		method: 'PATCH',
		path: ofViewer('/metrics'),
		body: ({ metricIds }) => ({ metric_ids: metricIds.slice(0, 2) }),
	},
	replaceViewerMetrics: {
		act: async (world) =>
			await run(world, 'viewer replaceMetrics', { viewerId: viewer(world), metricIds: world.metricIds.slice(0, 2) }),
		method: 'POST',
		path: ofViewer('/metrics'),
		body: ({ metricIds }) => ({ metric_ids: metricIds.slice(0, 2) }),
	},
	removeViewerMetric: {
		act: async (world, simulator) => {
			await give(simulator, world, 'metric_ids', world.metricIds.slice(0, 2));
			return await run(world, 'viewer removeMetrics', { viewerId: viewer(world), metricIds: world.metricIds[0] });
		},
		method: 'DELETE',
		path: (world) => ofViewer(`/metrics/${world.metricIds[0]}`)(world),
	},
});
