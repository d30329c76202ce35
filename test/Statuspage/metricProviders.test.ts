import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ orphanedMetrics: 'deleted', ...options });
	world = await worldOf(simulator);
	await simulator.clearLog();
}
beforeEach(async () => await start());

const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const ofType = async (type: string) =>
	Object.values((await simulator.page()).metricProviders).filter((provider) => provider.type === type);

const SECRETS = { apiKey: 'api-key-1', apiToken: 'token/2?', applicationKey: 'application 3', password: 'pass"word4' };
const uri = 'https://app.datadoghq.eu/api/v1';
const email = 'name@example.com';
const { apiKey, apiToken, applicationKey, password } = SECRETS;

const LOGINS: Array<[string, string, IDataObject, IDataObject]> = [
	[
		'Datadog',
		'Datadog',
		{ apiKey, applicationKey, metricBaseUri: uri },
		{ api_key: apiKey, application_key: applicationKey, metric_base_uri: uri },
	],
	['New Relic', 'NewRelic', { apiKey, metricBaseUri: uri }, { api_key: apiKey, metric_base_uri: uri }],
	['Librato', 'Librato', { email, apiToken }, { email, api_token: apiToken }],
	['Pingdom with a token', 'Pingdom', { apiToken }, { api_token: apiToken }],
	[
		'Pingdom with a password',
		'Pingdom',
		{ email, password, applicationKey },
		{ email, password, application_key: applicationKey },
	],
	['Self', 'Self', {}, {}],
];

describe('Create', () => {
	test.each(LOGINS)('%s sends what the type requires', async (_, type, parameters, body) => {
		const [row] = await results(world, 'metricProvider create', { type, ...parameters });
		expect(row).toMatchObject({ type, page_id: world.pageId });
		expect((await writes()).map((entry) => entry.body)).toEqual([{ metrics_provider: { type, ...body } }]);
	});

	test('accepts an expression as type', async () => {
		const [row] = await results(world, 'metricProvider create', {
			type: "={{ 'new relic' }}",
			apiKey,
			metricBaseUri: uri,
		});
		expect(row).toMatchObject({ type: 'NewRelic' });
		expect(await results(world, 'metricProvider create', { type: "={{ 'self' }}" })).toMatchObject([{ type: 'Self' }]);
	});

	test('does not send fields of other types', async () => {
		await results(world, 'metricProvider create', { type: 'Self', ...SECRETS, email, metricBaseUri: uri });
		expect((await writes()).map((entry) => entry.body)).toEqual([{ metrics_provider: { type: 'Self' } }]);
	});

	const missing: Array<[string, string, IDataObject]> = [
		['Datadog without an application key', "'Application Key'", { type: 'Datadog', apiKey, metricBaseUri: uri }],
		[
			'Datadog with an empty key',
			"'API Key'",
			{ type: 'Datadog', apiKey: "={{ '' }}", applicationKey, metricBaseUri: uri },
		],
		[
			'Datadog with a missing key',
			"'API Key'",
			{ type: 'Datadog', apiKey: '={{ $json.key }}', applicationKey, metricBaseUri: uri },
		],
		['New Relic with an empty address', "'Metric Base URI'", { type: 'NewRelic', apiKey, metricBaseUri: "={{ '' }}" }],
		['an address without https', "'Metric Base URI'", { type: 'NewRelic', apiKey, metricBaseUri: 'api.newrelic.com' }],
		['an address with a blank', "'Metric Base URI'", { type: 'NewRelic', apiKey, metricBaseUri: 'https://a b' }],
		['another scheme', "'Metric Base URI'", { type: 'NewRelic', apiKey, metricBaseUri: 'file:///etc/passwd' }],
		['Librato without an email', "'Email'", { type: 'Librato', apiToken }],
		['Librato with a wrong email', "'Email'", { type: 'Librato', apiToken, email: 'name' }],
		['Librato without a token', "'API Token'", { type: 'Librato', email }],
		['Pingdom without anything', "'API Token'", { type: 'Pingdom' }],
		['Pingdom with an email only', "'Password'", { type: 'Pingdom', email }],
		['Pingdom without an application key', "'Application Key'", { type: 'Pingdom', email, password }],
		['an unknown type', "'Type'", { type: "={{ 'Grafana' }}" }],
	];
	test.each(missing)('%s is an error that names the field, before anything is sent', async (_, label, parameters) => {
		const { error } = await run(world, 'metricProvider create', parameters);
		expect(error?.message).toContain(label);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('keys and passwords', () => {
	const parameters = { type: 'Pingdom', email, ...SECRETS };
	const sent = [apiToken, applicationKey, password];
	const quoting = {
		error: [`Wrong: ${sent.join(' ')} ${encodeURIComponent(apiToken)}`],
		...SECRETS,
		api_token: apiToken,
	};

	/** The output, errors and hints of the run. The parameters themselves are not part of it. */
	const shown = ({ items, error, hints }: Awaited<ReturnType<typeof run>>) =>
		JSON.stringify([items, error?.message, error?.description, error?.context, hints]);
	const expectNone = (text: string) => {
		for (const secret of sent)
			for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
				expect(text).not.toContain(form);
	};

	const faults: Array<[string, Fault]> = [
		['a rejection that quotes them', { kind: 'body', status: 422, body: quoting }],
		['an error of the service that quotes them', { kind: 'body', status: 500, body: quoting }],
		['an unknown success that quotes them', { kind: 'body', body: quoting }],
		[
			'a redirect that quotes them',
			{ kind: 'redirect', location: `https://example.com/?${sent.map(encodeURIComponent).join('&')}` },
		],
		['a text that quotes them', { kind: 'body', status: 400, body: `Wrong: ${sent.join(' ')}` }],
		[
			'a success that contains them',
			{ kind: 'fields', set: { password, api_token: apiToken, application_key: applicationKey, api_key: 'x' } },
		],
	];
	test.each(faults)('are not shown after %s', async (_, fault) => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			await simulator.fault({ ...fault, times: 1, match: { method: 'POST' } });
			expectNone(shown(await run(world, 'metricProvider create', parameters, { onError })));
		}
	});

	test.each([400, 422, 500])('are not shown in part where the message of a %i is cut', async (status) => {
		// A message has at most 500 characters.
		for (const length of [480, 490, 498]) {
			const body = { error: [`${'.'.repeat(length)} ${apiToken} ${password}`] };
			await simulator.fault({ kind: 'status', status, body, match: { method: 'POST' } });
			const { error } = await run(world, 'metricProvider create', parameters);
			expect(error?.message).toContain('.'.repeat(length));
			expect(error?.message).not.toMatch(/\.{400} +[a-z]/);
			expectNone(JSON.stringify([error?.message, error?.description, error?.context]));
		}
	});

	test('are not shown if one is a part of another, or a name in an answer', async () => {
		const logins = { type: 'Pingdom', email, password: 'error', apiToken: 'part', applicationKey: 'part-of-secret' };
		await simulator.fault({
			kind: 'body',
			status: 422,
			body: { error: ['part-of-secret is wrong'] },
			match: { method: 'POST' },
		});
		const { error } = await run(world, 'metricProvider create', logins);
		expect(error?.message).toContain('*** is wrong');
		expect(shown({ items: [], error, hints: [] } as never)).not.toMatch(/of-secret|part/);
	});

	test('are not shown by Get, Get Many, Update, and Delete with and without a dry run', async () => {
		const set = { password, api_token: apiToken, application_key: applicationKey, api_key: apiKey, secret: apiKey };
		const metricProviderId = locator('id', world.metricProviderIds[0]);
		await simulator.fault({ kind: 'fields', set, times: 100, match: { path: 'metrics_providers' } });
		for (const [operation, more] of [
			['get', {}],
			['getMany', {}],
			['update', { updateFields: { type: 'Self' } }],
			['delete', { options: { dryRun: true } }],
			['delete', {}],
		] as const) {
			const rows = await results(world, `metricProvider ${operation}`, { metricProviderId, ...more });
			expect(rows.length).toBeGreaterThan(0);
			expectNone(JSON.stringify(rows));
			expect(JSON.stringify(rows)).not.toMatch(/"(api_key|secret)"/);
		}
	});
});

describe('a create whose answer is lost', () => {
	test('finds the provider, which exists once, and says so', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const [row] = await results(world, 'metricProvider create', { type: 'Self' });
		expect(row.note).toContain('created once');
		// One was there before.
		expect((await ofType('Self')).map(({ id }) => id)).toEqual([world.metricProviderIds[0], row.id]);
		expect(await writes()).toHaveLength(1);
	});

	test('without a new provider says that it may have been created, and sends nothing again', async () => {
		await simulator.fault({ kind: 'resetBefore', match: { method: 'POST' } });
		const { error } = await run(world, 'metricProvider create', { type: 'Self' });
		// The connection failed before the service had the request, which cannot be seen from here.
		expect(error?.description).toContain('It may have been created');
		expect(await ofType('Self')).toHaveLength(1);
		expect(await writes()).toHaveLength(1);
	});
});

describe('Delete', () => {
	const provider = () => ({ metricProviderId: locator('id', world.metricProviderIds[0]) });

	test('names the metrics that were deleted, and those that were kept', async () => {
		const own = world.metricIds.slice(0, -1);
		await start({ orphanedMetrics: 'kept' });
		const id = world.metricProviderIds[0];
		const before = expect.objectContaining({ id, type: 'Self' }) as unknown;
		expect(await results(world, 'metricProvider delete', provider())).toEqual([
			{ deleted: true, id, before, deletedMetricIds: [], keptMetricIds: own },
		]);
		await start();
		expect(await results(world, 'metricProvider delete', provider())).toEqual([
			{ deleted: true, id, before, deletedMetricIds: own, keptMetricIds: [] },
		]);
	});

	test('is done, with a note, if its metrics cannot be read afterwards', async () => {
		await simulator.fault({ kind: 'status', status: 403, times: 100, match: { path: `${world.pageId}/metrics$` } });
		const [row] = await results(world, 'metricProvider delete', provider());
		expect(row).toMatchObject({ deleted: true, note: expect.stringContaining('could not be checked') });
	});

	test('a dry run shows the provider with its metrics, and deletes nothing', async () => {
		const { items } = await run(
			world,
			'metricProvider delete',
			{ ...provider(), options: { dryRun: true } },
			{ credential: { ...world.credential, readOnly: true } },
		);
		expect(items).toMatchObject([{ dryRun: true, would: 'delete metric provider', after: null }]);
		const { metrics } = items[0].before as { metrics: IDataObject[] };
		expect(metrics.map(({ id }) => id)).toEqual(world.metricIds.slice(0, -1));
		expect(await ofType('Self')).toHaveLength(1);
	});
});

test('a type that several providers have is ambiguous, and the list has no paging parameters', async () => {
	await simulator.send('POST', `/pages/${world.pageId}/metrics_providers`, {
		body: { metrics_provider: { type: 'Self' } },
	});
	await simulator.clearLog();
	const { error } = await run(world, 'metricProvider get', { metricProviderId: locator('name', 'self') });
	expect(error?.message).toContain('the name of 2 metric providers');
	expect(await simulator.log()).toMatchObject([{ path: `/pages/${world.pageId}/metrics_providers`, query: {} }]);
});

test('Update needs a field, and a web address', async () => {
	const update = async (updateFields: IDataObject) =>
		(
			await run(world, 'metricProvider update', {
				metricProviderId: locator('id', world.metricProviderIds[0]),
				updateFields,
			})
		).error?.message;
	expect(await update({})).toContain("'Update Fields'");
	expect(await update({ metricBaseUri: '' })).toContain("'Metric Base URI'");
	expect(await update({ metricBaseUri: 'no address' })).toContain("'Metric Base URI'");
	expect(await simulator.log()).toEqual([]);
});
