import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ oldData: 'refused', ...options });
	world = await worldOf(simulator);
	await simulator.clearLog();
}
beforeEach(async () => await start());

const DAY = 24 * 60 * 60;
/** A multiple of 30 seconds, two days ago. */
const AT = Math.floor(Date.now() / 60_000) * 60 - 2 * DAY;
const FROM_ITEM = { metricId: '={{ $json.metric }}', value: '={{ $json.value }}', timestamp: '={{ $json.at }}' };
const POST = { method: 'POST', path: '/data$' };

const data = async () => (await simulator.page()).metricData;
const posts = async () => (await simulator.log()).filter(({ method }) => method === 'POST');
const pointsIn = (body: unknown) =>
	(body as { data: Record<string, Array<{ timestamp: number; value: number }>> }).data;
/** Data points of several metrics in turn, 30 seconds apart. */
const pointsOf = (metrics: string[], count: number) =>
	Array.from({ length: count }, (_, index) => ({
		metric: metrics[index % metrics.length],
		value: index,
		at: AT + 30 * index,
	}));

const addData = async (items: IDataObject[]) => await results(world, 'metric addData', FROM_ITEM, { items });
const tryToAddData = async (items: IDataObject[]) =>
	await run(world, 'metric addData', FROM_ITEM, { items, onError: 'continueRegularOutput' });

describe('many data points', () => {
	test('1,000 of 3 metrics by name take at most 12 requests, and each item has its own result', async () => {
		const metrics = Object.values(world.page.metrics).slice(0, 3);
		const items = pointsOf(
			metrics.map(({ name }) => name),
			1000,
		);
		const rows = await addData(items);
		expect(rows.map(({ timestamp, value }) => ({ timestamp, value }))).toEqual(
			items.map(({ at, value }) => ({ timestamp: at, value })),
		);
		expect(rows.map(({ metricId }) => metricId)).toEqual(items.map((_, index) => metrics[index % 3].id));
		const log = await simulator.log();
		expect(log.length).toBeLessThanOrEqual(12);
		expect(await posts()).toHaveLength(10);
		const stored = await data();
		for (const [index, { at, value }] of items.entries()) expect(stored[metrics[index % 3].id][at]).toBe(value);
		expect(await simulator.problems()).toEqual([]);
	});

	test('of one metric keep their order in each request and between requests', async () => {
		// All are at the same time, so the last one is kept.
		const items = Array.from({ length: 250 }, (_, value) => ({ metric: world.metricIds[0], value, at: AT }));
		const { items: rows, hints } = await run(world, 'metric addData', FROM_ITEM, { items });
		const sent = (await posts()).flatMap(({ body }) => pointsIn(body)[world.metricIds[0]].map(({ value }) => value));
		expect(sent).toEqual(items.map(({ value }) => value));
		expect(await data()).toEqual({ [world.metricIds[0]]: { [AT]: 249 } });
		expect(rows.filter(({ note }) => note === undefined).map(({ value }) => value)).toEqual([249]);
		expect(rows[0].note).toContain('A later one of this run replaced this one');
		expect(hints.join()).toContain('249 of 250 data points have a later one');
	});

	test('of two pages are sent to both', async () => {
		const [own] = world.metricIds;
		const { items: rows } = await run(
			world,
			'metric addData',
			{ ...FROM_ITEM, pageId: locator('id', '={{ $json.page }}') },
			{
				items: [
					{ page: world.pageId, metric: own, value: 1, at: AT },
					{ page: world.otherPageId, metric: own, value: 2, at: AT },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(rows[0]).toMatchObject({ pageId: world.pageId, value: 1 });
		expect(rows[1].error).toContain('could not find');
	});
});

describe('one data point', () => {
	const forms: Array<[string, unknown]> = [
		['an ISO time', new Date(AT * 1000).toISOString()],
		['an ISO time with an offset', new Date((AT + 3600) * 1000).toISOString().replace('.000Z', '+01:00')],
		['seconds', AT],
		['seconds as text', String(AT)],
		['milliseconds', AT * 1000],
		['milliseconds as text', String(AT * 1000)],
	];
	test.each(forms)('at a time given as %s is sent in seconds', async (_, at) => {
		await addData([{ metric: world.metricIds[0], value: 0, at }] as IDataObject[]);
		const [{ path, body }] = await posts();
		expect(path).toBe(`/pages/${world.pageId}/metrics/${world.metricIds[0]}/data`);
		expect(body).toEqual({ data: { timestamp: AT, value: 0 } });
	});

	test('without a time is from now, and 0 and negative values are kept', async () => {
		for (const value of [0, -2.5]) {
			await simulator.clearLog();
			const now = Date.now() / 1000;
			await results(world, 'metric addData', { metricId: locator('id', world.metricIds[0]), value });
			const [{ body }] = await posts();
			expect(body).toEqual({ data: { timestamp: expect.any(Number), value } });
			const { timestamp } = (body as { data: { timestamp: number } }).data;
			expect(Number.isInteger(timestamp)).toBe(true);
			expect(Math.abs(timestamp - now)).toBeLessThan(60);
		}
	});

	test('has the time at which it was stored', async () => {
		const [row] = await addData([{ metric: world.metricIds[0], value: 1, at: AT + 20 }]);
		expect(row).toMatchObject({ timestamp: AT + 30, time: new Date((AT + 30) * 1000).toISOString() });
	});
});

describe('invalid values are errors that name the field, before anything is sent', () => {
	const wrong: Array<[string, string, string, string]> = [
		['an empty value', "'Value'", 'value', "={{ '' }}"],
		['a text', "'Value'", 'value', "={{ 'abc' }}"],
		['a number with a comma', "'Value'", 'value', "={{ '1,5' }}"],
		['infinity', "'Value'", 'value', '={{ Infinity }}'],
		['NaN', "'Value'", 'value', '={{ NaN }}'],
		['null', "'Value'", 'value', '={{ null }}'],
		['a missing field', "'Value'", 'value', '={{ $json.nothing }}'],
		['true', "'Value'", 'value', '={{ true }}'],
		['a list', "'Value'", 'value', '={{ [1] }}'],
		['a time before 28 days', "'Time'", 'timestamp', `={{ ${AT - 27 * DAY} }}`],
		['a time before 28 days in milliseconds', "'Time'", 'timestamp', `={{ ${(AT - 27 * DAY) * 1000} }}`],
		['a day that does not exist', "'Time'", 'timestamp', "={{ '2026-02-31T10:00:00Z' }}"],
		['microseconds', "'Time'", 'timestamp', `={{ ${AT * 1_000_000} }}`],
		['a small number', "'Time'", 'timestamp', '={{ 20260131 }}'],
		['an empty time', "'Time'", 'timestamp', "={{ '' }}"],
		['null as time', "'Time'", 'timestamp', '={{ null }}'],
		['an unknown metric', "'Metric'", 'metricId', 'no such metric'],
	];
	test.each(wrong)('%s', async (_, label, parameter, value) => {
		const { error, items } = await run(world, 'metric addData', {
			metricId: locator('id', world.metricIds[0]),
			value: 1,
			[parameter]: parameter === 'metricId' ? locator('name', value) : value,
		});
		expect(error?.message).toContain(label);
		expect(items).toEqual([]);
		expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('one bad item fails alone, if the run continues', async () => {
		const [metric] = world.metricIds;
		const { items } = await tryToAddData([
			{ metric, value: 1, at: AT },
			{ metric, value: 'x', at: AT },
			{ metric, value: 3, at: AT + 30 },
		]);
		expect(items[1].error).toContain("'Value'");
		expect(await data()).toEqual({ [metric]: { [AT]: 1, [AT + 30]: 3 } });
	});
});

describe('a rejection', () => {
	test('of a metric that takes no data fails its items with advice, and no others', async () => {
		const [one, two] = world.metricIds;
		const bad = world.metricIds.at(-1) as string;
		const { items: rows } = await tryToAddData(pointsOf([one, bad, two], 300));
		const failed = rows.filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(100);
		for (const [index, { error }] of rows.entries()) expect(error !== undefined).toBe(index % 3 === 1);
		expect(failed[0].details).toMatchObject({ httpCode: '405', advice: expect.stringContaining('type Self') });
		expect(String(failed[0].error)).toContain(bad);
		const stored = await data();
		expect([one, two, bad].map((id) => Object.keys(stored[id] ?? {}).length)).toEqual([100, 100, 0]);
		// Found out once. Further data points of the metric are not sent.
		const requests = (await posts()).filter(({ path, body }) => path.includes(bad) || bad in Object(pointsIn(body)));
		expect(requests.length).toBeLessThanOrEqual(3);
	});

	test('of a single data point has the advice too', async () => {
		const bad = world.metricIds.at(-1) as string;
		const { error } = await run(world, 'metric addData', { metricId: locator('id', bad), value: 1 });
		expect(error?.httpCode).toBe('405');
		expect(error?.description).toContain('Only metrics of a metric provider with the type Self accept data');
	});

	test('of a metric that does not exist fails its items only', async () => {
		const { items: rows } = await tryToAddData(pointsOf([world.metricIds[0], 'gone00000001'], 10));
		expect(rows.map(({ error }) => error === undefined)).toEqual(rows.map((_, index) => index % 2 === 0));
		expect(String(rows[1].error)).toContain('gone00000001');
		expect(rows[1].details).toMatchObject({ httpCode: '404' });
	});

	test('of one data point that is too old fails this one only', async () => {
		const [one, two] = world.metricIds;
		// Old for Statuspage, but within the tolerance for clock differences.
		const old = Math.floor(Date.now() / 1000) - 28 * DAY - 20;
		const items = pointsOf([one, two], 20);
		items[6].at = old;
		const { items: rows } = await tryToAddData(items);
		expect(rows.flatMap(({ error }, index) => (error === undefined ? [] : [index]))).toEqual([6]);
		expect(rows[6].details).toMatchObject({ httpCode: '422' });
		const stored = await data();
		expect([one, two].map((id) => Object.keys(stored[id]).length)).toEqual([9, 10]);
	});

	test('of the key ends the run, and nothing more is sent', async () => {
		await simulator.fault({ kind: 'status', status: 403, times: 1000, match: POST });
		const { items: rows } = await tryToAddData(pointsOf([world.metricIds[0]], 300));
		expect(rows.every(({ error }) => error !== undefined)).toBe(true);
		expect(await posts()).toHaveLength(1);
	});
});

describe('an answer', () => {
	test('that was lost is asked for again, which changes nothing', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		const rows = await addData(pointsOf([world.metricIds[0]], 3));
		expect(rows).toHaveLength(3);
		expect(await posts()).toHaveLength(2);
		expect(Object.values((await data())[world.metricIds[0]])).toEqual([0, 1, 2]);
	});

	test('without a metric fails its items, because nothing shows that they were stored', async () => {
		const [one, two] = world.metricIds;
		await simulator.fault({ kind: 'fields', drop: [two], match: POST });
		const { items: rows } = await tryToAddData(pointsOf([one, two], 4));
		expect(rows.map(({ error }) => error === undefined)).toEqual([true, false, true, false]);
		expect(String(rows[1].error)).toContain('did not confirm');
	});

	test('that leaves out data points that are too old fails these items', async () => {
		await start({ oldData: 'dropped' });
		const items = pointsOf([world.metricIds[0]], 4);
		items[1].at = Math.floor(Date.now() / 1000) - 28 * DAY - 20;
		const { items: rows } = await tryToAddData(items);
		expect(rows.map(({ error }) => error === undefined)).toEqual([true, false, true, true]);
	});

	test.each([
		['in an envelope', (lists: object) => ({ data: lists })],
		[
			'as text',
			(lists: object) =>
				JSON.parse(
					JSON.stringify(lists, (_, value: unknown) => (typeof value === 'number' ? String(value) : value)),
				) as object,
		],
	])('%s is understood', async (_, bodyOf) => {
		const [metric] = world.metricIds;
		const body = bodyOf({
			[metric]: [
				{ timestamp: AT, value: 0 },
				{ timestamp: AT + 30, value: 1 },
			],
		});
		await simulator.fault({ kind: 'body', body, match: POST });
		expect((await addData(pointsOf([metric], 2))).map(({ timestamp }) => timestamp)).toEqual([AT, AT + 30]);
	});
});
