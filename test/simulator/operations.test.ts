import { apiOperations, operationName, type ApiOperation } from '../support/apiOperations';
import { startSimulator, type SimulatedPage, type Simulator } from '../support/simulator';
import { worldOf } from '../support/world';

const SMALL = {
	viewers: 5,
	groups: 2,
	components: 8,
	members: 20,
	subscribers: 10,
	'directory-users': 5,
	limit: 100_000,
};

let simulator: Simulator;
let ids: Record<string, string>;
let bodies: Record<string, Record<string, unknown>>;
beforeAll(async () => (simulator = await startSimulator(SMALL)));
afterAll(async () => await simulator.stop());

/** Resets the page, and adds what the seeded one does not have. */
async function start(): Promise<void> {
	await simulator.reset();
	const { page, pageId, organizationId, memberId, viewers, groups, components, componentGroups, metricIds, incidents } =
		await worldOf(simulator);
	const subscriber = Object.values(page.subscribers).find(
		({ row, state }) => row.mode === 'email' && state === 'active',
	);
	const [open, closed] = ['investigating', 'resolved'].map(
		(status) => incidents.find(({ row }) => row.status === status)?.row.id ?? '',
	);
	ids = {
		pageId,
		organizationId,
		teamMemberId: memberId,
		viewerId: viewers[0].id,
		viewerGroupId: groups[0].id,
		componentId: components[0].id,
		componentGroupId: componentGroups[0].id,
		metricId: metricIds[0],
		metricProviderId: Object.keys(page.metricProviders)[0],
		subscriberId: String(subscriber?.row.id),
		incidentId: open,
		closedIncidentId: closed,
		incidentUpdateId: page.incidents[open].updates[0].id,
	};
	const one = { component_ids: [components[0].id] };
	const viewer = `/pages/${pageId}/page_access_users/${viewers[0].id}`;
	await simulator.send('POST', `${viewer}/components`, { body: one });
	await simulator.send('POST', `${viewer}/metrics`, { body: { metric_ids: [metricIds[0]] } });
	await simulator.send('POST', `/pages/${pageId}/page_access_groups/${groups[0].id}/components`, { body: one });
	const postmortem = `/pages/${pageId}/incidents/${closed}/postmortem`;
	await simulator.send('PUT', postmortem, { body: { postmortem: { body_draft: 'Cause' } } });
	await simulator.send('PUT', `${postmortem}/publish`, { body: { postmortem: {} } });
	const answer = await simulator.send('POST', `/pages/${pageId}/incidents/${open}/subscribers`, {
		body: { subscriber: { email: 'incident@example.com' } },
	});
	ids.incidentSubscriberId = ((await answer.json()) as { id: string }).id;
	bodies = bodiesFor(page);
}

/** A body for each operation that has one, by method and the end of the path. PUT without an entry has that of PATCH. */
function bodiesFor({ components, metrics }: SimulatedPage): typeof bodies {
	const single = Object.values(components).filter(({ group }) => !group);
	const list = { component_ids: [single[1].id] };
	const otherMetric = { metric_ids: [Object.keys(metrics)[1]] };
	const timestamp = Math.floor(Date.now() / 1000);
	return {
		'PATCH /pages/{pageId}': { page: { name: 'New' } },
		'PATCH /status_embed_config': { status_embed_config: { position: 'top-right' } },
		'POST /page_access_users': { page_access_user: { email: 'new@example.com' } },
		'PATCH /{viewerId}': { page_access_user: { external_login: 'new' } },
		'PATCH /components': list,
		'POST /{viewerId}/components': list,
		'POST /{viewerGroupId}/components': list,
		'DELETE /components': { component_ids: [ids.componentId] },
		'PATCH /metrics': otherMetric,
		'POST /{viewerId}/metrics': otherMetric,
		'DELETE /metrics': { metric_ids: [ids.metricId] },
		'POST /page_access_groups': { page_access_group: { name: 'New' } },
		'PATCH /{viewerGroupId}': { page_access_group: { name: 'New' } },
		'POST /{pageId}/components': { component: { name: 'New' } },
		'PATCH /{componentId}': { component: { status: 'major_outage' } },
		'POST /{componentId}/page_access_users': { page_access_user_ids: [ids.viewerId] },
		'POST /{componentId}/page_access_groups': { page_access_group_ids: [ids.viewerGroupId] },
		'POST /component-groups': { component_group: { name: 'New', components: list.component_ids } },
		'PATCH /{componentGroupId}': { component_group: { name: 'New', components: list.component_ids } },
		'POST /incidents': { incident: { name: 'New' } },
		'PATCH /{incidentId}': { incident: { status: 'resolved', body: 'Fixed' } },
		'PATCH /{incidentUpdateId}': { incident_update: { body: 'New' } },
		'POST /{incidentId}/subscribers': { subscriber: { email: 'new@example.com' } },
		'PUT /postmortem': { postmortem: { body_draft: 'New' } },
		'PUT /publish': { postmortem: { notify_subscribers: false } },
		'POST /incident_templates': { template: { name: 'New', title: 'New', body: 'New' } },
		'POST /{pageId}/subscribers': { subscriber: { email: 'new@example.com' } },
		'PATCH /{subscriberId}': list,
		'POST /unsubscribe': { subscribers: [ids.subscriberId] },
		'POST /reactivate': { subscribers: [ids.subscriberId] },
		'POST /subscribers/resend_confirmation': { subscribers: [ids.subscriberId] },
		'POST /metrics/data': { data: { [ids.metricId]: [{ timestamp, value: 0 }] } },
		'PATCH /{metricId}': { metric: { name: 'New' } },
		'POST /{metricId}/data': { data: { timestamp, value: 0 } },
		'POST /metrics_providers': { metrics_provider: { type: 'Self' } },
		'PATCH /{metricProviderId}': { metrics_provider: { metric_base_uri: 'https://example.com' } },
		'POST /{metricProviderId}/metrics': { metric: { name: 'New' } },
		'POST /users': { user: { email: 'new@example.com', password: 'correct horse' } },
		'PUT /permissions/{teamMemberId}': { pages: { [ids.pageId]: { incident_manager: true } } },
	};
}

/** The body whose path is the longest end of this one. */
function bodyOf({ method, path }: Pick<ApiOperation, 'method' | 'path'>): Record<string, unknown> | undefined {
	const [name] = Object.keys(bodies)
		.filter((key) => operationName({ method, path }).startsWith(key.split(' ')[0]) && path.endsWith(key.split(' ')[1]))
		.sort((a, b) => b.length - a.length);
	return bodies[name] ?? (method === 'PUT' ? bodyOf({ method: 'PATCH', path }) : undefined);
}

async function ask(operation: ApiOperation, body: unknown, query = '') {
	const known = operation.path.includes('/postmortem') ? { ...ids, incidentId: ids.closedIncidentId } : ids;
	const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => known[name]);
	const response = await simulator.send(operation.method, `${path}${query}`, { body });
	return { status: response.status, text: await response.text() };
}

/** Times differ from run to run. IDs do not. */
const withoutTimes = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));

beforeEach(start);

test.each(apiOperations.map((operation) => [operationName(operation), operation] as const))(
	'%s answers with its documented status',
	async (_, operation) => {
		const { status, text } = await ask(operation, bodyOf(operation));
		expect([status, text.startsWith('{') || text.startsWith('[')]).toEqual([
			operation.status,
			operation.status !== 204 && !/unsubscribe$|reactivate$|resend_confirmation$/.test(operation.path),
		]);
		expect(await simulator.problems()).toEqual([]);
	},
);

test.each(apiOperations.map((operation) => [operationName(operation), operation] as const))(
	'%s rejects what is not documented, and changes nothing',
	async (_, operation) => {
		const body = bodyOf(operation);
		const [[envelope, inner] = []] = Object.entries(body ?? {});
		const unknown: Array<[unknown, string?]> = [[body, '?undocumented=1']];
		if (operation.method !== 'GET') unknown.push([{ ...body, undocumented: true }]);
		if (envelope && inner && !Array.isArray(inner)) unknown.push([{ [envelope]: { ...inner, undocumented: true } }]);
		const before = await simulator.state();
		for (const [wrong, query] of unknown) expect((await ask(operation, wrong, query)).status).toBe(400);
		expect(await simulator.problems()).toHaveLength(unknown.length);
		expect(await simulator.state()).toEqual(before);
	},
);

const twins = apiOperations.filter(
	({ method, path }) =>
		method === 'PUT' && apiOperations.some((other) => other.method === 'PATCH' && other.path === path),
);

test('13 operations can be sent as PATCH and as PUT', () => expect(twins).toHaveLength(13));

test.each(twins.map((operation) => [operation.path, operation] as const))(
	'PATCH and PUT of %s have the same answer and effect',
	async (_, put) => {
		const results = [];
		const before = withoutTimes(await simulator.page());
		for (const method of ['PATCH', 'PUT'] as const) {
			await start();
			const operation = { ...put, method };
			const { status, text } = await ask(operation, bodyOf(operation));
			results.push({ status, answer: withoutTimes(JSON.parse(text)), page: withoutTimes(await simulator.page()) });
		}
		expect(results[1]).toEqual(results[0]);
		expect(results[0].status).toBe(200);
		expect(results[0].page).not.toEqual(before);
	},
);
