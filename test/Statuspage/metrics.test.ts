import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { loadOptions, searchList } from '../support/engine';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ metrics: 8, orphanedMetrics: 'deleted', ...options });
	world = await worldOf(simulator);
	await simulator.clearLog();
}
beforeEach(async () => await start());

const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const metricsNow = async () => Object.values((await simulator.page()).metrics);
const own = () => ({ metricProviderId: locator('name', 'self') });
const readOnly = () => ({ credential: { ...world.credential, readOnly: true } });

describe('a list of 120 metrics', () => {
	beforeEach(async () => await start({ metrics: 120 }));

	test('of the page is complete', async () => {
		const rows = await results(world, 'metric getMany', { returnAll: true });
		expect(rows.map(({ id }) => id)).toEqual(world.metricIds);
		for (const { query } of await simulator.log()) expect(query).toMatchObject({ per_page: '100' });
	});

	test('of one provider is complete', async () => {
		const filters = { metricProviderId: 'SELF' };
		const rows = await results(world, 'metric getMany', { returnAll: true, simplify: false, filters });
		expect(rows.map(({ id }) => id)).toEqual(world.metricIds.slice(0, -1));
		expect(rows[0]).toHaveProperty('created_at');
		const other = await results(world, 'metric getMany', { filters: { metricProviderId: world.metricProviderIds[1] } });
		expect(other.map(({ id }) => id)).toEqual(world.metricIds.slice(-1));
	});

	test('can be limited and filtered by name', async () => {
		expect(await results(world, 'metric getMany', { limit: 3 })).toHaveLength(3);
		const rows = await results(world, 'metric getMany', { filters: { name: 'metric 11' } });
		expect(rows.map(({ name }) => name)).toEqual(
			['', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Metric 11${digit}`),
		);
	});

	test('is complete in pickers', async () => {
		const page = { pageId: locator('id', world.pageId) };
		expect(await loadOptions(world.credential, 'getMetrics', page)).toHaveLength(120);
		const { results: found } = await searchList(world.credential, 'searchMetrics', {
			parameters: page,
			filter: 'Metric 120',
		});
		expect(found).toEqual([{ name: 'Metric 120', value: world.metricIds[119] }]);
		expect((await searchList(world.credential, 'searchMetricProviders', { parameters: page })).results).toEqual([
			{ name: 'Self', value: world.metricProviderIds[0] },
			{ name: 'Pingdom', value: world.metricProviderIds[1] },
		]);
		expect((await loadOptions(world.credential, 'getMetricProviders', page)).map(({ name }) => name)).toEqual([
			'Pingdom',
			'Self',
		]);
	});

	test('can be a single object, as the document says', async () => {
		await start();
		await simulator.fault({
			kind: 'body',
			body: { id: 'only00000001', name: 'Only' },
			match: { path: '/metrics$' },
			times: 100,
		});
		expect(await results(world, 'metric getMany', { returnAll: true })).toEqual([{ id: 'only00000001', name: 'Only' }]);
	});
});

describe('Create', () => {
	test('sends only what was set, and false and 0 are not left out', async () => {
		await results(world, 'metric create', { ...own(), name: 'Orders' });
		await results(world, 'metric create', {
			...own(),
			name: 'Load',
			metricIdentifier: 'load',
			additionalFields: { display: false, yAxisMin: 0, suffix: "={{ '' }}" },
		});
		expect((await writes()).map(({ body }) => body)).toEqual([
			{ metric: { name: 'Orders' } },
			{ metric: { name: 'Load', metric_identifier: 'load', display: false, y_axis_min: 0 } },
		]);
	});

	test('any transform is sent, and a rejected one is reported in the words of Statuspage', async () => {
		const pingdom = { metricProviderId: locator('id', world.metricProviderIds[1]), name: 'Response' };
		const { error } = await run(world, 'metric create', { ...pingdom, additionalFields: { transform: 'average' } });
		expect(error?.message).toContain('Transform must be one of response_time|uptime');
		const [row] = await results(world, 'metric create', {
			...pingdom,
			additionalFields: { transform: 'response_time' },
		});
		expect(row).toMatchObject({ name: 'Response', metrics_provider_id: world.metricProviderIds[1] });
	});

	const wrong: Array<[string, string, IDataObject]> = [
		['an empty name', "'Name'", { name: "={{ '' }}" }],
		['a list as name', "'Name'", { name: '={{ [1] }}' }],
		['an empty identifier', "'Metric Identifier'", { metricIdentifier: "={{ '' }}" }],
		['an unknown provider', "'Metric Provider'", { metricProviderId: locator('name', 'Grafana') }],
		['decimal places below 0', "'Decimal Places'", { additionalFields: { decimalPlaces: -1 } }],
		['a fraction of decimal places', "'Decimal Places'", { additionalFields: { decimalPlaces: 1.5 } }],
		['a fraction as end of the axis', "'Y-Axis Maximum'", { additionalFields: { yAxisMax: 0.5 } }],
		['an end of the axis that is too large', "'Y-Axis Maximum'", { additionalFields: { yAxisMax: 2_147_483_648 } }],
		['a text as end of the axis', "'Y-Axis Minimum'", { additionalFields: { yAxisMin: "={{ 'low' }}" } }],
		['ends of the axis in the wrong order', "'Y-Axis Minimum'", { additionalFields: { yAxisMin: 10, yAxisMax: 1 } }],
		['a text as switch', "'Display'", { additionalFields: { display: "={{ 'yes' }}" } }],
		['an object as transform', "'Transform'", { additionalFields: { transform: '={{ {} }}' } }],
	];
	test.each(wrong)('%s is an error that names the field, before anything is written', async (_, label, parameters) => {
		const { error } = await run(world, 'metric create', { ...own(), name: 'Orders', ...parameters });
		expect(error?.message).toContain(label);
		expect(await writes()).toEqual([]);
	});
});

describe('a create whose answer is lost', () => {
	const lost: Array<[string, Fault]> = [
		['reset', { kind: 'resetAfter' }],
		['cut body', { kind: 'cut' }],
		['HTML 502', { kind: 'html', after: true }],
		['500', { kind: 'body', status: 500, body: { error: 'Oops' } }],
		['unknown body', { kind: 'body', body: {} }],
	];
	const withName = async (wanted: string) => (await metricsNow()).filter(({ name }) => name === wanted);

	test.each(lost)('%s: the metric exists once, and the output says so', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'POST' } });
		const [row] = await results(world, 'metric create', { ...own(), name: 'Orders per Day' });
		const [created] = await withName('Orders per Day');
		expect(row).toMatchObject({ id: created.id, note: expect.stringContaining('created once') });
		expect(await withName('Orders per Day')).toHaveLength(1);
		expect(await writes()).toHaveLength(1);
	});

	test('is not taken for a metric of an earlier item with the same name', async () => {
		await simulator.fault({ kind: 'resetAfter', skip: 1, match: { method: 'POST' } });
		const rows = await results(world, 'metric create', { ...own(), name: 'Twice' }, { items: [{}, {}] });
		expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
		expect(rows.map(({ note }) => note !== undefined)).toEqual([false, true]);
		expect(await withName('Twice')).toHaveLength(2);
	});

	test('is not taken for an older metric with the same name, and the error says that it may have been created', async () => {
		await simulator.fault({ kind: 'resetBefore', match: { method: 'POST' } });
		const { error } = await run(world, 'metric create', { ...own(), name: 'Orders' });
		expect(error?.description).toContain('It may have been created. It was not found yet');
		expect(await withName('Orders')).toHaveLength(1);
		expect(await writes()).toHaveLength(1);
	});

	test('and that failed with a 500 says that the provider may be the reason', async () => {
		await simulator.fault({ kind: 'status', status: 500, match: { method: 'POST' } });
		const { error } = await run(world, 'metric create', { ...own(), name: 'Wrong Query' });
		expect(error?.httpCode).toBe('500');
		expect(error?.description).toMatch(/It may have been created\. .*a key of the provider is wrong/);
		expect(await writes()).toHaveLength(1);
	});

	test('that cannot be looked up is an error that says so', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		await simulator.fault({ kind: 'status', status: 403, times: 100, match: { method: 'GET', path: '/metrics$' } });
		const { error } = await run(world, 'metric create', {
			metricProviderId: locator('id', world.metricProviderIds[0]),
			name: 'Unknown',
		});
		expect(error?.description).toContain('It may have been created. It could not be looked up');
		expect(await writes()).toHaveLength(1);
	});

	test('with several possible metrics is an error that names them', async () => {
		const path = `/pages/${world.pageId}/metrics_providers/${world.metricProviderIds[0]}/metrics`;
		await simulator.send('POST', path, { body: { metric: { name: 'Several' } } });
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const { error } = await run(world, 'metric create', { ...own(), name: 'Several' });
		for (const { id } of await withName('Several')) expect(error?.description).toContain(id);
	});
});

describe('Update', () => {
	test.each<[string, string, IDataObject]>([
		['no field', "'Update Fields'", {}],
		['an empty name', "'Name'", { name: '' }],
		['an empty identifier', "'Metric Identifier'", { metricIdentifier: '' }],
	])('%s is an error that names the field, before anything is written', async (_, label, updateFields) => {
		const { error } = await run(world, 'metric update', { metricId: locator('id', world.metricIds[0]), updateFields });
		expect(error?.message).toContain(label);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('Reset Data', () => {
	const metric = () => ({ metricId: locator('id', world.metricIds[0]) });
	const addPoint = async () =>
		await simulator.send('POST', `/pages/${world.pageId}/metrics/${world.metricIds[0]}/data`, {
			body: { data: { timestamp: Math.floor(Date.now() / 1000), value: 1 } },
		});

	test('with a lost answer is repeated', async () => {
		await addPoint();
		await simulator.fault({ kind: 'resetAfter', match: { method: 'DELETE' } });
		expect(await results(world, 'metric resetData', metric())).toMatchObject([{ reset: true, id: world.metricIds[0] }]);
		expect((await simulator.page()).metricData).toEqual({});
	});

	test('of a metric that does not exist is an error, also after a lost answer', async () => {
		const gone = { metricId: locator('id', 'gone00000001') };
		await simulator.fault({ kind: 'resetBefore', match: { method: 'DELETE' } });
		for (let tries = 0; tries < 2; tries++)
			expect((await run(world, 'metric resetData', gone)).error?.httpCode).toBe('404');
	});

	test('a dry run shows the metric, also with a read-only credential, and deletes nothing', async () => {
		await addPoint();
		const { items } = await run(world, 'metric resetData', { ...metric(), options: { dryRun: true } }, readOnly());
		const shown = expect.objectContaining({
			id: world.metricIds[0],
			most_recent_data_at: expect.any(String),
		}) as unknown;
		expect(items).toEqual([
			{
				dryRun: true,
				would: 'delete all data of metric',
				before: shown,
				after: expect.objectContaining({ id: world.metricIds[0], most_recent_data_at: null }) as unknown,
			},
		]);
		expect(Object.keys((await simulator.page()).metricData)).toEqual([world.metricIds[0]]);
	});
});

describe('Delete', () => {
	test('a dry run shows the metric and deletes nothing', async () => {
		const { items } = await run(
			world,
			'metric delete',
			{ metricId: locator('id', world.metricIds[0]), options: { dryRun: true } },
			readOnly(),
		);
		expect(items).toMatchObject([
			{ dryRun: true, would: 'delete metric', before: { id: world.metricIds[0] }, after: null },
		]);
		expect(await metricsNow()).toHaveLength(8);
	});
});
