import type { IDataObject } from 'n8n-workflow';
import { loadOptions, searchList } from '../../support/engine';
import { startSimulator, type Simulator } from '../../support/simulator';
import { endpoints, type EndpointName } from '../../../nodes/services/statuspage/endpoints';
import { locator, run, worldOf, type World } from '../../support/world';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset());

/** One API operation: what makes the node use it, and the request that it must then send. */
interface Contract {
	act: (world: World) => Promise<unknown>;
	method: string;
	/** Behind /v1. */
	path: (world: World) => string;
	query?: Record<string, string>;
	body?: (world: World) => unknown;
	isForm?: true;
}

const FIRST_PAGE = { page: '1', per_page: '100' };
const viewer = ({ viewers }: World) => locator('id', viewers[0].id);
const group = ({ groups }: World) => locator('id', groups[0].id);
const component = ({ components }: World) => locator('id', components[0].id);
const member = ({ memberId }: World) => locator('id', memberId);
const onPage = (rest: string) => (world: World) => `/pages/${world.pageId}/${rest}`;
const ofViewer =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/page_access_users/${world.viewers[0].id}${rest}`;
const ofGroup =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/page_access_groups/${world.groups[0].id}${rest}`;
const ofComponent =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/components/${world.components[0].id}${rest}`;
const ofMember = (world: World) => `/organizations/${world.organizationId}/permissions/${world.memberId}`;
const two = (rows: Array<{ id: string }>) => rows.slice(0, 2).map(({ id }) => id);

const SUBSCRIBER = 'subscriber.0@example.com';
const ofSubscriber = ({ pageId, page }: World) =>
	`/pages/${pageId}/subscribers/${Object.values(page.subscribers).find(({ row }) => row.email === SUBSCRIBER)?.row.id}`;

async function planAndApply(world: World, email: string) {
	const { items } = await run(world, 'access planOffboarding', {
		email,
		options: { includeSubscriptions: true, pageIds: [world.pageId] },
	});
	return await run(world, 'access applyPlan', {}, { items });
}

const unsubscribe = async (world: World) => await planAndApply(world, SUBSCRIBER);

async function give(world: World, what: 'component_ids' | 'metric_ids', ids: string[]) {
	const path = what === 'component_ids' ? 'components' : 'metrics';
	await simulator.send('POST', `${ofViewer(`/${path}`)(world)}`, { body: { [what]: ids } });
	await simulator.send('POST', `${ofGroup('/components')(world)}`, { body: { component_ids: two(world.components) } });
	await simulator.clearLog();
}

const contracts: Record<EndpointName, Contract> = {
	listPages: {
		act: async (world) => await run(world, 'page getMany', { returnAll: true }),
		method: 'GET',
		path: () => '/pages',
	},
	getPage: {
		act: async (world) => await run(world, 'page get'),
		method: 'GET',
		path: ({ pageId }) => `/pages/${pageId}`,
	},

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
		act: async (world) => {
			await give(world, 'component_ids', two(world.components));
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
		act: async (world) => {
			await give(world, 'metric_ids', world.metricIds.slice(0, 2));
			return await run(world, 'viewer removeMetrics', { viewerId: viewer(world), metricIds: world.metricIds[0] });
		},
		method: 'DELETE',
		path: (world) => ofViewer(`/metrics/${world.metricIds[0]}`)(world),
	},

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
		act: async (world) => {
			await give(world, 'component_ids', []);
			return await run(world, 'viewerGroup removeComponents', {
				viewerGroupId: group(world),
				componentIds: [world.components[0].id],
			});
		},
		method: 'DELETE',
		path: (world) => ofGroup(`/components/${world.components[0].id}`)(world),
	},

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

	listComponentGroups: {
		act: async (world) =>
			await loadOptions(world.credential, 'getComponentGroups', { pageId: locator('id', world.pageId) }),
		method: 'GET',
		path: onPage('component-groups'),
		query: FIRST_PAGE,
	},
	listMetrics: {
		act: async (world) =>
			await searchList(world.credential, 'searchMetrics', { parameters: { pageId: locator('id', world.pageId) } }),
		method: 'GET',
		path: onPage('metrics'),
		query: FIRST_PAGE,
	},

	listSubscribers: {
		act: async (world) =>
			await run(world, 'access planOffboarding', {
				email: 'nobody@example.com',
				options: { includeSubscriptions: true, pageIds: [world.pageId] },
			}),
		method: 'GET',
		path: onPage('subscribers'),
		query: { page: '0', limit: '100', state: 'all' },
	},
	getSubscriber: { act: async (world) => await unsubscribe(world), method: 'GET', path: ofSubscriber },
	deleteSubscriber: {
		act: async (world) => await unsubscribe(world),
		method: 'DELETE',
		path: ofSubscriber,
		query: { skip_unsubscription_notification: 'true' },
	},

	deleteTeamMember: {
		act: async (world) => await planAndApply(world, world.memberEmail),
		method: 'DELETE',
		path: ({ organizationId, memberId }) => `/organizations/${organizationId}/users/${memberId}`,
	},
	listTeamMembers: {
		act: async (world) => await run(world, 'teamMember getMany', { limit: 7 }),
		method: 'GET',
		path: ({ organizationId }) => `/organizations/${organizationId}/users`,
		query: { page: '1', per_page: '7' },
	},
	getPermissions: {
		act: async (world) => await run(world, 'permission get', { teamMemberId: member(world) }),
		method: 'GET',
		path: ofMember,
	},
	replacePermissions: {
		act: async (world) =>
			await run(world, 'permission replace', {
				teamMemberId: member(world),
				pages: {
					page: [
						{ pageId: world.otherPageId, roles: ['incidentManager'] },
						{ pageId: world.plainPageId, roles: [] },
					],
				},
			}),
		method: 'PUT',
		path: ofMember,
		body: ({ otherPageId, plainPageId }) => ({
			pages: {
				[otherPageId]: { page_configuration: false, incident_manager: true, maintenance_manager: false },
				[plainPageId]: {},
			},
		}),
	},
};

describe('every API operation sends what the contract says', () => {
	test.each(Object.keys(endpoints) as EndpointName[])('%s', async (name) => {
		const world = await worldOf(simulator);
		const { act, method, path, query = {}, body, isForm } = contracts[name];
		const result = (await act(world)) as { error?: unknown };
		expect(result.error).toBeUndefined();
		const log = await simulator.log();
		const sent = log.find((entry) => entry.method === method && entry.path === path(world));
		expect(sent).toMatchObject({ status: expect.any(Number), query, authorization: 'OAuth simulator-key' });
		expect(sent?.query).toEqual(query);
		expect(sent?.body ?? undefined).toEqual((body?.(world) as IDataObject) ?? undefined);
		if (body) expect(sent?.contentType).toContain(isForm ? 'application/x-www-form-urlencoded' : 'application/json');
		expect(sent?.status).toBeLessThan(300);
		expect(await simulator.problems()).toEqual([]);
	});
});
