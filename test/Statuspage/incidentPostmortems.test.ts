import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { expectRefused } from '../support/refused';
import { startSimulator, type Fault, type SimulatedPostmortem, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ publishedAgain: 'new-date', publishedDrafts: 'kept', ...options });
	world = await worldOf(simulator);
}

const GONE = 'gone00000001';
const ended = () => world.incidents.filter(({ row }) => row.status === 'resolved')[0].row;
const incident = () => ({ incidentId: locator('id', ended().id) });
const act = async (name: string, parameters: IDataObject = {}) =>
	(await results(world, `incidentPostmortem ${name}`, { ...incident(), ...parameters }))[0];
const tryTo = async (name: string, parameters: IDataObject = {}) =>
	await run(world, `incidentPostmortem ${name}`, { ...incident(), ...parameters });
const postmortem = async () =>
	(await simulator.page()).incidents[ended().id].postmortem as SimulatedPostmortem | undefined;
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const publishing = async () => (await writes()).filter(({ path }) => path.endsWith('/publish'));
const bodyOf = ({ body }: { body?: unknown }) => (body as { postmortem: IDataObject }).postmortem;
const NOTIFY = { notifySubscribers: true };

/** Without the node. */
async function put(rest: string, fields: IDataObject): Promise<void> {
	await simulator.send('PUT', `/pages/${world.pageId}/incidents/${ended().id}/postmortem${rest}`, {
		body: { postmortem: fields },
	});
	await simulator.clearLog();
}
const draft = async (text: string) => await put('', { body_draft: text });

test('no output contains the preview key, which may open the draft', async () => {
	await draft('Cause');
	const key = (await postmortem())?.preview_key;
	expect(key).toMatch(/^\w{8}/);
	for (const [name, parameters] of [
		['get', {}],
		['create', { bodyDraft: 'Cause 2' }],
		['publish', { options: { dryRun: true } }],
		['publish', {}],
		['revert', {}],
		['delete', { options: { dryRun: true } }],
	] as const) {
		const row = await act(name, { ...parameters, ...(name === 'delete' ? {} : { simplify: false }) });
		expect(JSON.stringify(row)).toContain('Cause');
		expect(JSON.stringify(row)).not.toMatch(new RegExp(`preview_key|${key}`));
	}
});

test('a postmortem is drafted, published, changed, reverted and deleted', async () => {
	expect(await act('create', { bodyDraft: 'Cause' })).toMatchObject({ body: null, body_draft: 'Cause' });
	expect(await act('publish')).toMatchObject({ body: 'Cause', result: 'published' });
	// The published text stays until the new draft is published.
	expect(await act('create', { bodyDraft: 'Cause 2' })).toMatchObject({ body: 'Cause', body_draft: 'Cause 2' });
	expect(await act('publish')).toMatchObject({ body: 'Cause 2', result: 'published' });
	expect(await act('revert')).toMatchObject({ body: null, body_draft: 'Cause 2', result: 'reverted' });
	expect(await act('delete')).toEqual({ deleted: true, id: ended().id });
	expect((await writes()).map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT', 'PUT', 'PUT', 'DELETE']);
	expect(await simulator.problems()).toEqual([]);
});

describe('notifications', () => {
	test('are off unless chosen, and the choice is always sent', async () => {
		await draft('Cause');
		await act('publish');
		await draft('Cause 2');
		await act('publish', NOTIFY);
		expect((await publishing()).map(bodyOf)).toEqual([{ notify_subscribers: true }]);
		await start();
		await draft('Cause');
		await act('publish');
		expect((await publishing()).map(bodyOf)).toEqual([{ notify_subscribers: false }]);
	});

	test('a tweet can have its own text, and a text without the tweet is an error', async () => {
		await draft('Cause');
		const additionalFields = { customTweet: 'The report is online.' };
		await expectRefused(simulator, await tryTo('publish', { additionalFields }), /'Tweet Text' .*'Tweet' is off/);
		await act('publish', { additionalFields: { ...additionalFields, notifyTwitter: true } });
		expect(await postmortem()).toMatchObject({ notify_twitter: true, custom_tweet: 'The report is online.' });
	});

	test.each(['kept', 'cleared'])('are not sent again for the same text (draft %s)', async (publishedDrafts) => {
		await start({ publishedDrafts });
		await draft('Cause');
		expect((await act('publish', NOTIFY)).result).toBe('published');
		expect((await act('publish', NOTIFY)).result).toBe('unchanged');
		expect((await act('publish')).result).toBe('unchanged');
		expect(await publishing()).toHaveLength(1);
	});

	test('are sent for a text that was published silently, and for a new draft', async () => {
		await draft('Cause');
		await act('publish');
		expect((await act('publish', NOTIFY)).result).toBe('published');
		await act('create', { bodyDraft: 'Cause 2' });
		expect((await act('publish', NOTIFY)).result).toBe('published');
		expect(await publishing()).toHaveLength(3);
	});

	test.each(['published_at', 'body_draft', 'notify_subscribers'])(
		'that a response without %s does not show are sent',
		async (field) => {
			await draft('Cause');
			await act('publish', NOTIFY);
			await simulator.fault({ kind: 'fields', drop: [field], match: { method: 'GET' } });
			expect((await act('publish', NOTIFY)).result).toBe('published');
			expect(await publishing()).toHaveLength(2);
		},
	);
});

describe('an incident without a postmortem', () => {
	test('is an error of Get that says so, or an output with Ignore If Missing', async () => {
		const { error } = await tryTo('get');
		expect([error?.httpCode, error?.message]).toEqual(['404', `Incident ${ended().id} has no postmortem`]);
		expect(error?.description).toContain("'Create'");
		const output = await act('get', { options: { ignoreIfMissing: true } });
		expect(output).toEqual({ incidentId: ended().id, hasPostmortem: false });
	});

	test.each(['publish', 'revert', 'delete'])('is an error of %s, and nothing is written', async (name) => {
		const { error, items } = await tryTo(name);
		expect([error?.httpCode, error?.message, items]).toEqual(['404', `Incident ${ended().id} has no postmortem`, []]);
		expect((await writes()).filter(({ status }) => status < 300)).toEqual([]);
	});

	test('is not deleted with Ignore If Missing', async () => {
		const output = await act('delete', { options: { ignoreIfMissing: true } });
		expect(output).toEqual({ deleted: false, id: ended().id });
	});

	test.each(['get', 'delete'])('is another thing than a missing incident (%s)', async (name) => {
		for (const pageId of [world.pageId, GONE]) {
			const given = { incidentId: locator('id', GONE), pageId: locator('id', pageId) };
			const { error } = await tryTo(name, { ...given, options: { ignoreIfMissing: true } });
			expect([error?.httpCode, error?.message]).toEqual(['404', expect.stringContaining(GONE)]);
			expect(error?.message).not.toContain('has no postmortem');
		}
	});
});

describe('a dry run', () => {
	const options = { dryRun: true };

	test('of Publish shows the text and who would be notified', async () => {
		await draft('Cause');
		expect(await act('publish', { ...NOTIFY, additionalFields: { notifyTwitter: true }, options })).toMatchObject({
			dryRun: true,
			would: 'publish postmortem and notify subscribers and tweet',
			before: { body: null, body_draft: 'Cause', published_at: null },
			after: { body: 'Cause', notify_subscribers: true, notify_twitter: true },
		});
		expect((await act('publish', { options })).would).toBe('publish postmortem, and notify nobody');
		await put('/publish', { notify_subscribers: true });
		expect((await act('publish', { ...NOTIFY, options })).would).toContain('do nothing');
		expect(await writes()).toEqual([]);
	});

	test('of Delete shows the postmortem', async () => {
		await draft('Cause');
		expect(await act('delete', { options })).toMatchObject({
			would: 'delete postmortem',
			before: { body_draft: 'Cause' },
		});
		expect(await writes()).toEqual([]);
	});

	test.each(['publish', 'delete'])('of %s without a postmortem is an error', async (name) => {
		await expectRefused(simulator, await tryTo(name, { options }), 'has no postmortem');
	});
});

test.each<[string, string, IDataObject, RegExp]>([
	['an empty draft', 'create', { bodyDraft: '={{ "" }}' }, /'Draft' is empty/],
	['a draft that is an object', 'create', { bodyDraft: '={{ ({ a: 1 }) }}' }, /'Draft' /],
	['an unknown incident', 'create', { bodyDraft: 'x', incidentId: locator('name', 'nothing') }, /nothing/],
	['an invalid choice', 'publish', { notifySubscribers: '={{ "maybe" }}' }, /'Notify Subscribers' /],
	['a missing choice', 'publish', { notifySubscribers: '={{ $json.nothing }}' }, /'Notify Subscribers' /],
])('%s is an error that names the field, and nothing is written', async (_, name, parameters, message) => {
	await expectRefused(simulator, await tryTo(name, parameters), message);
});

test('a postmortem without a text is not published', async () => {
	await draft('Cause');
	await simulator.fault({ kind: 'fields', set: { body: null, body_draft: ' ' }, match: { method: 'GET' } });
	await expectRefused(simulator, await tryTo('publish', NOTIFY), 'has no text');
});

test('a postmortem that is not published is not reverted', async () => {
	await draft('Cause');
	expect(await act('revert')).toMatchObject({ body_draft: 'Cause', result: 'unchanged' });
	expect(await writes()).toEqual([]);
});

test('two items with the same incident notify once', async () => {
	await draft('Cause');
	const outputs = await results(world, 'incidentPostmortem publish', { ...incident(), ...NOTIFY }, { items: [{}, {}] });
	expect(outputs.map(({ result }) => result)).toEqual(['published', 'unchanged']);
	expect(await publishing()).toHaveLength(1);
});

/** Ways to lose the answer of a write that was processed. */
const LOST: Array<[string, Fault]> = [
	['the connection is closed', { kind: 'resetAfter' }],
	['the body is cut', { kind: 'cut' }],
	['a proxy answers with HTML', { kind: 'html', status: 200, after: true }],
	['the body is not understood', { kind: 'body', body: {} }],
	['the service answers with 500', { kind: 'body', status: 500, body: { error: 'Oops' } }],
];

describe('a lost answer', () => {
	const PUBLISH = { method: 'PUT', path: 'publish' };

	test.each(LOST)('of Publish is found if %s, and it is published once', async (_, fault) => {
		await draft('Cause');
		await simulator.fault({ ...fault, match: PUBLISH });
		expect(await act('publish', NOTIFY)).toMatchObject({
			body: 'Cause',
			result: 'published',
			note: expect.stringContaining('published once') as string,
		});
		expect(await publishing()).toHaveLength(1);
	});

	test.each(['new-date', 'first-date'])('of Publish again is found by its new text (%s)', async (publishedAgain) => {
		await start({ publishedAgain });
		await draft('Cause');
		await act('publish', NOTIFY);
		await draft('Cause 2');
		await simulator.fault({ kind: 'resetAfter', match: PUBLISH });
		expect(await act('publish', NOTIFY)).toMatchObject({ body: 'Cause 2', note: expect.any(String) as string });
		expect(await publishing()).toHaveLength(1);
	});

	test.each<[string, Fault]>([
		['the connection is closed before', { kind: 'resetBefore' }],
		['the service has an internal error', { kind: 'status', status: 500 }],
	])('of Publish is uncertain if %s, and is not sent again', async (_, fault) => {
		await draft('Cause');
		await simulator.fault({ ...fault, match: PUBLISH });
		const { error, items } = await tryTo('publish', NOTIFY);
		expect(items).toEqual([]);
		expect(error?.description).toMatch(/does not show that this was done.*not sent again/);
		expect([(await publishing()).length, (await postmortem())?.published_at]).toEqual([1, null]);
	});

	test('of Publish is uncertain if reads do not show it', async () => {
		await draft('Cause');
		await act('publish');
		await simulator.fault({ kind: 'resetBefore', match: PUBLISH });
		const { error } = await tryTo('publish', NOTIFY);
		expect(error?.description).toContain('does not show that this was done');
		expect(await publishing()).toHaveLength(2);
	});

	test('of Publish whose look-up fails is uncertain', async () => {
		await draft('Cause');
		await simulator.fault({ kind: 'resetAfter', match: PUBLISH });
		await simulator.fault({ kind: 'status', status: 403, match: { method: 'GET' }, skip: 1 });
		expect((await tryTo('publish', NOTIFY)).error?.description).toContain('could not be looked up');
	});

	test('of Publish that the rate limit rejected is sent again', async () => {
		await draft('Cause');
		await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: PUBLISH });
		expect(await act('publish', NOTIFY)).not.toHaveProperty('note');
		expect((await publishing()).map(({ status }) => status)).toEqual([429, 200]);
	});

	test.each(LOST)('of Revert is found if %s', async (_, fault) => {
		await draft('Cause');
		await put('/publish', {});
		await simulator.fault({ ...fault, match: { method: 'PUT', path: 'revert' } });
		expect(await act('revert')).toMatchObject({
			result: 'reverted',
			note: expect.stringContaining('no longer') as string,
		});
		expect(await postmortem()).toMatchObject({ body: null, body_draft: 'Cause', published_at: null });
	});

	test.each(LOST)('of Create is repeated if %s', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'PUT' } });
		expect(await act('create', { bodyDraft: 'Cause' })).toMatchObject({ body_draft: 'Cause' });
		expect(await postmortem()).toMatchObject({ body_draft: 'Cause' });
	});

	test.each(LOST)('of Delete is settled if %s', async (_, fault) => {
		await draft('Cause');
		await simulator.fault({ ...fault, match: { method: 'DELETE' } });
		expect(await act('delete')).toEqual({ deleted: true, id: ended().id });
		expect(await postmortem()).toBeUndefined();
	});
});

test.each([{}, [], null, { message: 'x' }, { body: 5, body_draft: 'x' }])(
	'an answer such as %j is an error of Get, and publishes nothing',
	async (body) => {
		await draft('Cause');
		await simulator.fault({ kind: 'body', body, match: { method: 'GET' }, times: 1000 });
		expect((await tryTo('get', { options: { ignoreIfMissing: true } })).error).toBeDefined();
		expect((await tryTo('publish', NOTIFY)).error).toBeDefined();
		expect(await writes()).toEqual([]);
	},
);
