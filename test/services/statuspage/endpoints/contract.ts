import type { IDataObject } from 'n8n-workflow';
import { apiOperations, operationName } from '../../../support/apiOperations';
import { startSimulator, type Simulator } from '../../../support/simulator';
import { locator, run, worldOf, type World } from '../../../support/world';

/** One API operation: a run that uses it, and the request that must be sent. */
export interface Contract {
	act: (world: World, simulator: Simulator) => Promise<unknown>;
	method: string;
	/** Behind /v1. */
	path: (world: World) => string;
	query?: Record<string, string>;
	body?: (world: World) => unknown;
	isForm?: true;
}

export const FIRST_PAGE = { page: '1', per_page: '100' };
export const viewer = ({ viewers }: World) => locator('id', viewers[0].id);
export const group = ({ groups }: World) => locator('id', groups[0].id);
export const component = ({ components }: World) => locator('id', components[0].id);
export const member = ({ memberId }: World) => locator('id', memberId);
export const metric = ({ metricIds }: World) => locator('id', metricIds[0]);
export const metricProvider = ({ metricProviderIds }: World) => locator('id', metricProviderIds[0]);
export const onPage = (rest: string) => (world: World) => `/pages/${world.pageId}/${rest}`;
export const ofViewer =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/page_access_users/${world.viewers[0].id}${rest}`;
export const ofGroup =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/page_access_groups/${world.groups[0].id}${rest}`;
export const ofComponent =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/components/${world.components[0].id}${rest}`;
export const ofMetric =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/metrics/${world.metricIds[0]}${rest}`;
export const ofProvider =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/metrics_providers/${world.metricProviderIds[0]}${rest}`;
export const ofMember = (world: World) => `/organizations/${world.organizationId}/permissions/${world.memberId}`;
export const two = (rows: Array<{ id: string }>) => rows.slice(0, 2).map(({ id }) => id);
export async function planAndApply(world: World, email: string) {
	const { items } = await run(world, 'access planOffboarding', {
		email,
		options: { includeSubscriptions: true, pageIds: [world.pageId] },
	});
	return await run(world, 'access applyPlan', {}, { items });
}
export async function give(simulator: Simulator, world: World, what: 'component_ids' | 'metric_ids', ids: string[]) {
	const path = what === 'component_ids' ? 'components' : 'metrics';
	await simulator.send('POST', `${ofViewer(`/${path}`)(world)}`, { body: { [what]: ids } });
	await simulator.send('POST', `${ofGroup('/components')(world)}`, { body: { component_ids: two(world.components) } });
	await simulator.clearLog();
}

const statusOf = new Map(apiOperations.map((operation) => [operationName(operation), operation.status]));

/** Runs each endpoint of a resource, and compares the request that was sent with its contract, and the answer with the documented status. */
export function describeContracts<Name extends string>(
	endpoints: Record<Name, { method: string; path: string }>,
	contracts: Record<Name, Contract>,
): void {
	let simulator: Simulator;
	beforeAll(async () => (simulator = await startSimulator()));
	afterAll(async () => await simulator.stop());
	beforeEach(async () => await simulator.reset());

	test.each(Object.keys(endpoints) as Name[])('%s sends the request of its contract', async (name) => {
		const world = await worldOf(simulator);
		const { act, method, path, query = {}, body, isForm } = contracts[name];
		const result = (await act(world, simulator)) as { error?: unknown };
		expect(result.error).toBeUndefined();
		const log = await simulator.log();
		const sent = log.find((entry) => entry.method === method && entry.path === path(world));
		expect(sent).toMatchObject({ status: expect.any(Number), query, authorization: 'OAuth simulator-key' });
		expect(sent?.query).toEqual(query);
		expect(sent?.body ?? undefined).toEqual((body?.(world) as IDataObject) ?? undefined);
		if (body) expect(sent?.contentType).toContain(isForm ? 'application/x-www-form-urlencoded' : 'application/json');
		expect([method, sent?.status]).toEqual([endpoints[name].method, statusOf.get(operationName(endpoints[name]))]);
		expect(await simulator.problems()).toEqual([]);
	});
}
