/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, type EndpointName } from '../../../../nodes/services/statuspage/endpoints';
import { apiOperations, operationName } from '../../../support/apiOperations';

const PAGE = '/pages/{pageId}';

/** PUT operations that do the same as the PATCH of the named endpoint. The contract of the endpoint is also theirs. */
const TWINS: Record<string, EndpointName> = {
	[`PUT ${PAGE}`]: 'updatePage',
	[`PUT ${PAGE}/status_embed_config`]: 'updateEmbedConfig',
	[`PUT ${PAGE}/page_access_users/{viewerId}`]: 'updateViewer',
	[`PUT ${PAGE}/page_access_users/{viewerId}/components`]: 'addViewerComponents',
	[`PUT ${PAGE}/page_access_users/{viewerId}/metrics`]: 'addViewerMetrics',
	[`PUT ${PAGE}/page_access_groups/{viewerGroupId}`]: 'updateViewerGroup',
	[`PUT ${PAGE}/page_access_groups/{viewerGroupId}/components`]: 'addViewerGroupComponents',
	[`PUT ${PAGE}/components/{componentId}`]: 'updateComponent',
	[`PUT ${PAGE}/component-groups/{componentGroupId}`]: 'updateComponentGroup',
	[`PUT ${PAGE}/incidents/{incidentId}`]: 'updateIncident',
	[`PUT ${PAGE}/incidents/{incidentId}/incident_updates/{incidentUpdateId}`]: 'updateIncidentUpdate',
	[`PUT ${PAGE}/metrics/{metricId}`]: 'updateMetric',
	[`PUT ${PAGE}/metrics_providers/{metricProviderId}`]: 'updateMetricProvider',
};

/** Operations that no endpoint uses, and the reason. */
const UNUSED: Record<string, string> = {
	[`DELETE ${PAGE}/page_access_users/{viewerId}/components`]:
		'Without its body, it removes all components. They are removed one by one.',
	[`DELETE ${PAGE}/page_access_users/{viewerId}/metrics`]:
		'Without its body, it may remove all metrics. They are removed one by one.',
	[`DELETE ${PAGE}/page_access_groups/{viewerGroupId}/components`]:
		'Without its body, it may remove all components. They are removed one by one.',
	[`DELETE ${PAGE}/components/{componentId}/page_access_users`]:
		'It takes no list of viewers, so it removes all of them. The component is removed from each viewer.',
	[`DELETE ${PAGE}/components/{componentId}/page_access_groups`]:
		'It takes no list of viewer groups, so it removes all of them. The component is removed from each viewer group.',
};

const operations = apiOperations.map(operationName);
const rows = new Map(Object.entries(endpoints).map(([name, row]) => [operationName(row), name]));

test('the API has 112 operations', () => {
	expect(new Set(operations).size).toBe(112);
	expect(operations).toHaveLength(112);
	expect(new Set(apiOperations.map(({ path }) => path)).size).toBe(54);
});

test.each(operations)('%s has exactly one of an endpoint, a twin and a reason', (operation) => {
	const covered = [rows.get(operation), TWINS[operation], UNUSED[operation]].filter((entry) => entry !== undefined);
	expect(covered).toHaveLength(1);
});

test('94 operations have an endpoint, 13 are twins and 5 have a reason', () => {
	expect([rows.size, Object.keys(TWINS).length, Object.keys(UNUSED).length]).toEqual([94, 13, 5]);
});

test('no two endpoints are the same operation', () => {
	expect(rows.size).toBe(Object.keys(endpoints).length);
});

test('every endpoint, twin and unused operation is an operation of the API', () => {
	const named = [...rows.keys(), ...Object.keys(TWINS), ...Object.keys(UNUSED)];
	expect(named.filter((name) => !operations.includes(name))).toEqual([]);
});

test.each(Object.entries(TWINS))('%s is the twin of the PATCH of %s', (twin, name) => {
	expect(twin.replace('PUT', 'PATCH')).toBe(operationName(endpoints[name]));
});

test('every file of endpoints has a file of contracts', () => {
	const named = (folder: string, end: string) =>
		readdirSync(folder)
			.filter((file) => file.endsWith(end))
			.map((file) => file.slice(0, -end.length));
	const source = join(__dirname, '..', '..', '..', '..', 'nodes', 'services', 'statuspage', 'endpoints');
	const helpers = ['accepted', 'index', 'statuspageEndpoint'];
	expect(named(__dirname, '.test.ts').sort()).toEqual(
		[...named(source, '.ts').filter((name) => !helpers.includes(name)), 'coverage'].sort(),
	);
});
