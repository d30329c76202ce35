import { changeMetricsOfGroup } from '../../nodes/services/statuspage/changeMetricsOfGroup';
import { replaceMetricsOfGroup } from '../../nodes/services/statuspage/replaceMetricsOfGroup';
import type { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import { directApi } from '../support/direct';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock(20);

let simulator: Simulator;
let world: World;
let groupId: string;
let groupPath: string;
let a: string, b: string, c: string, d: string;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ viewers: 30, groups: 4, metrics: 8, latency: 0, ...options });
	world = await worldOf(simulator);
	[a, b, c, d] = world.metricIds;
	groupId = world.groups[0].id;
	groupPath = `/pages/${world.pageId}/page_access_groups/${groupId}`;
	await simulator.clearLog();
}
beforeEach(async () => await start());

const set = async (metric_ids: string[]) =>
	await simulator.send('PATCH', groupPath, { body: { page_access_group: { metric_ids } } });
const metricsNow = async () => (await simulator.page()).groups[groupId].metricIds;
const patches = async () => (await simulator.log()).filter(({ method }) => method === 'PATCH');
const group = () => ({ viewerGroupId: locator('id', groupId) });

/** A run of this process. After the answer to its first write, another process acts. */
function apiBeside(act: () => Promise<unknown>): StatuspageApi {
	let isOver = false;
	return directApi(simulator.url, {
		between: async (options, next) => {
			const answer = await next();
			if (!isOver && options.method !== 'GET') {
				isOver = true;
				await act();
			}
			return answer;
		},
	});
}

const change = async (api: StatuspageApi, ids: string[], how: 'add' | 'remove') =>
	await changeMetricsOfGroup(api, world.pageId, groupId, ids, how);
const replace = async (api: StatuspageApi, ids: string[]) =>
	await replaceMetricsOfGroup(api, { pageId: world.pageId, viewerGroupId: groupId }, ids, world.metricIds);

describe('a change', () => {
	test('sends the metrics alone, and keeps those of the group', async () => {
		await set([a]);
		await simulator.clearLog();
		const names = [b, c].map((id) => world.page.metrics[id].name);
		const [row] = await results(world, 'viewerGroup addMetrics', { ...group(), metricIds: [...names, a].join(', ') });
		expect(row).toEqual({ pageId: world.pageId, viewerGroupId: groupId, added: [b, c], alreadyThere: [a] });
		expect((await patches()).map(({ path, body }) => ({ path, body }))).toEqual([
			{ path: groupPath, body: { page_access_group: { metric_ids: [a, b, c] } } },
		]);
		expect(await metricsNow()).toEqual([a, b, c]);
		expect((await simulator.page()).groups[groupId].viewerIds).toEqual(world.groups[0].viewerIds);
	});

	test('that changes nothing writes nothing', async () => {
		await set([a]);
		await simulator.clearLog();
		await results(world, 'viewerGroup addMetrics', { ...group(), metricIds: [a] });
		await results(world, 'viewerGroup removeMetrics', { ...group(), metricIds: [b] });
		await results(world, 'viewerGroup replaceMetrics', { ...group(), metricIds: [a] });
		expect(await patches()).toEqual([]);
	});

	test('of many items shares one read, one write and one check per group', async () => {
		const items = [a, b, c, a].map((metric) => ({ metric }));
		const parameters = { ...group(), metricIds: '={{ [$json.metric] }}' };
		const rows = await results(world, 'viewerGroup addMetrics', parameters, { items });
		expect(rows.map(({ added, alreadyThere }) => ({ added, alreadyThere }))).toEqual([
			{ added: [a], alreadyThere: [] },
			{ added: [b], alreadyThere: [] },
			{ added: [c], alreadyThere: [] },
			{ added: [], alreadyThere: [a] },
		]);
		const ofGroup = (await simulator.log()).filter(({ path }) => path === groupPath).map(({ method }) => method);
		expect(ofGroup).toEqual(['GET', 'PATCH', 'GET']);
	});

	test('by concurrent executions loses nothing, also beside changes of its viewers', async () => {
		await start({ latency: 20 });
		await set([a]);
		const outsiders = world.viewers.filter(({ groupIds }) => !groupIds.includes(groupId)).map(({ id }) => id);
		await Promise.all([
			results(world, 'viewerGroup addMetrics', { ...group(), metricIds: [b] }),
			results(world, 'viewerGroup addMetrics', { ...group(), metricIds: [c, d] }),
			results(world, 'viewerGroup removeMetrics', { ...group(), metricIds: [a] }),
			results(world, 'viewerGroup addViewers', { ...group(), viewerIds: outsiders.slice(0, 3) }),
		]);
		expect([...(await metricsNow())].sort()).toEqual([b, c, d].sort());
		expect((await simulator.page()).groups[groupId].viewerIds).toEqual(
			expect.arrayContaining([...world.groups[0].viewerIds, ...outsiders.slice(0, 3)]),
		);
	});

	test.each(['addMetrics', 'removeMetrics', 'replaceMetrics'])(
		'%s with a lost answer is done once, and the result is right',
		async (operation) => {
			await set([a, b]);
			await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
			const ids = operation === 'removeMetrics' ? [b] : [b, c];
			const [row] = await results(world, `viewerGroup ${operation}`, { ...group(), metricIds: ids });
			const expected = { addMetrics: [a, b, c], removeMetrics: [a], replaceMetrics: [b, c] }[operation];
			expect(await metricsNow()).toEqual(expected);
			if (operation === 'addMetrics') expect(row).toMatchObject({ added: [c], alreadyThere: [b] });
			if (operation === 'removeMetrics') expect(row).toMatchObject({ removed: [b], notThere: [] });
			if (operation === 'replaceMetrics') expect(row).toMatchObject({ metric_ids: [b, c] });
		},
	);

	test('of a group whose list is not understood writes nothing', async () => {
		await set([a]);
		await simulator.clearLog();
		for (const fault of [{ drop: ['metric_ids'] }, { set: { metric_ids: null } }, { set: { metric_ids: 'text' } }]) {
			await simulator.fault({ kind: 'fields', ...fault, times: 100, match: { method: 'GET', path: groupPath } });
			for (const operation of ['addMetrics', 'removeMetrics', 'replaceMetrics', 'getMetrics']) {
				const { error } = await run(world, `viewerGroup ${operation}`, {
					...group(),
					...(operation === 'getMetrics' ? {} : { metricIds: [b] }),
					options: { waitBudget: 1 },
				});
				expect(error?.message).toContain('metric_ids');
			}
			await simulator.clearFaults();
		}
		expect(await patches()).toEqual([]);
		expect(await metricsNow()).toEqual([a]);
	});

	test('of a list of exactly 100 metrics writes nothing, because the list may be cut', async () => {
		await start({ metrics: 120 });
		await set(world.metricIds.slice(0, 100));
		await simulator.clearLog();
		for (const operation of ['addMetrics', 'removeMetrics']) {
			const { error } = await run(world, `viewerGroup ${operation}`, {
				...group(),
				metricIds: [world.metricIds[operation === 'addMetrics' ? 110 : 1]],
			});
			expect(error?.message).toContain('100 metrics');
			expect(error?.description).toContain("Use 'Replace Metrics'");
		}
		expect(await patches()).toEqual([]);
		await results(world, 'viewerGroup replaceMetrics', { ...group(), metricIds: world.metricIds });
		expect(await metricsNow()).toEqual(world.metricIds);
	});

	test('with an unknown metric is an error before the write, and a removal finds nothing to remove', async () => {
		const { error } = await run(world, 'viewerGroup addMetrics', { ...group(), metricIds: [a, 'no such metric'] });
		expect(error?.message).toContain('\'Metric Names or IDs\' contains "no such metric"');
		const [row] = await results(world, 'viewerGroup removeMetrics', { ...group(), metricIds: ['gone00000001'] });
		expect(row).toMatchObject({ removed: [], notThere: ['gone00000001'] });
		expect(await patches()).toEqual([]);
	});

	test('that Statuspage accepts but does not apply is an error', async () => {
		await simulator.fault({ kind: 'fields', set: { metric_ids: [a] }, times: 100, match: { path: groupPath } });
		for (const operation of ['addMetrics', 'replaceMetrics']) {
			const { error } = await run(world, `viewerGroup ${operation}`, { ...group(), metricIds: [a, b] });
			expect(`${error?.message}`).toContain(b);
		}
	});
});

describe('beside another process', () => {
	test('an addition that was overwritten is added again', async () => {
		const { done, failed } = await change(
			apiBeside(async () => await set([d])),
			[a, b],
			'add',
		);
		expect({ done, failed }).toEqual({ done: [a, b], failed: [] });
		expect(await metricsNow()).toEqual([d, a, b]);
	});

	test('an addition that was removed on purpose is not added again, and the item says so', async () => {
		const { done, failed } = await change(
			apiBeside(async () => await set([b])),
			[a, b],
			'add',
		);
		expect(done).toEqual([b]);
		expect(failed).toEqual([{ id: a, reason: expect.stringContaining('removed it again') }]);
		expect(await metricsNow()).toEqual([b]);
	});

	test('a removal that was overwritten is removed again', async () => {
		await set([a, b]);
		const { done } = await change(
			apiBeside(async () => await set([a, b])),
			[a],
			'remove',
		);
		expect(done).toEqual([a]);
		expect(await metricsNow()).toEqual([b]);
	});

	test('a replacement that was overwritten is written again', async () => {
		await set([a, b]);
		const after = await replace(
			apiBeside(async () => await set([a, b, d])),
			[b, c],
		);
		expect(after.metric_ids).toEqual([b, c]);
		expect(await metricsNow()).toEqual([b, c]);
	});

	const losses: Fault[] = [
		{ kind: 'resetAfter', match: { method: 'PATCH' } },
		{ kind: 'html', after: true, match: { method: 'PATCH' } },
	];
	test.each(losses)('a replacement with a lost answer ($kind) that was overwritten is written again', async (fault) => {
		await set([a, b]);
		await simulator.fault(fault);
		let isWritten = false;
		let isOver = false;
		const api = directApi(simulator.url, {
			between: async (options, next) => {
				if (options.method === 'PATCH') isWritten = true;
				const answer = await next();
				// The read that shows that the lost write was done.
				if (options.method === 'GET' && isWritten && !isOver) {
					isOver = true;
					await set([a, b, d]);
				}
				return answer;
			},
		});
		await replace(api, [b, c]);
		expect(await metricsNow()).toEqual([b, c]);
	});

	test('a replacement that was changed on purpose is an error', async () => {
		await set([a]);
		await expect(
			replace(
				apiBeside(async () => await set([b])),
				[b, c],
			),
		).rejects.toThrow(`changed ${c}`);
		expect(await metricsNow()).toEqual([b]);
	});

	test('other metrics that were added after a replacement are kept', async () => {
		const after = await replace(
			apiBeside(async () => await set([b, c, d])),
			[b, c],
		);
		expect(after.metric_ids).toEqual([b, c, d]);
		expect(await metricsNow()).toEqual([b, c, d]);
	});

	test.each([false, true])(
		'what this process replaces while an addition waits for its check is not added again (overwritten first: %s)',
		async (isOverwrittenFirst) => {
			await set([a]);
			let replaced: Promise<unknown> | undefined;
			const api = apiBeside(async () => {
				if (isOverwrittenFirst) await set([a]);
				// It waits for the lock of the addition.
				replaced = replace(directApi(simulator.url, {}), [a, d]);
			});
			const { failed } = await change(api, [b, c], 'add');
			await replaced;
			expect(failed).toEqual([]);
			expect(await metricsNow()).toEqual([a, d]);
		},
	);
});

describe('Get Metrics', () => {
	test('reads the metrics of the page once per run, and keeps the order of the group', async () => {
		await set([c, a]);
		await simulator.clearLog();
		const rows = await results(
			world,
			'viewerGroup getMetrics',
			{ ...group(), returnAll: true, simplify: false },
			{ items: [{}, {}] },
		);
		expect(rows.map(({ id }) => id)).toEqual([c, a, c, a]);
		expect(rows[0]).toHaveProperty('created_at');
		expect((await simulator.log()).filter(({ path }) => path.endsWith('/metrics'))).toHaveLength(1);
	});

	test('has a limit, and returns a metric that is not in the list of the page with its ID', async () => {
		await set([c, a]);
		await simulator.fault({ kind: 'body', body: [], match: { path: '/metrics$' } });
		const rows = await results(world, 'viewerGroup getMetrics', { ...group(), limit: 1 });
		expect(rows).toEqual([{ id: c }]);
	});
});
