import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000, viewers: 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const update = async (updateFields: IDataObject, options: IDataObject = {}) =>
	await run(world, 'page update', { updateFields, options });
const sent = async () => (await simulator.log()).filter(({ method }) => method !== 'GET').map(({ body }) => body);
const row = async () => (await simulator.page()).row;

describe('a switch', () => {
	const SWITCHES = {
		allowEmailSubscribers: 'allow_email_subscribers',
		allowIncidentSubscribers: 'allow_incident_subscribers',
		allowPageSubscribers: 'allow_page_subscribers',
		allowRssAtomFeeds: 'allow_rss_atom_feeds',
		allowSmsSubscribers: 'allow_sms_subscribers',
		allowWebhookSubscribers: 'allow_webhook_subscribers',
		hiddenFromSearch: 'hidden_from_search',
		viewersMustBeTeamMembers: 'viewers_must_be_team_members',
	};

	test.each(Object.entries(SWITCHES))(
		'%s is sent if it is on or off, and not if it was not added',
		async (name, apiName) => {
			for (const value of [false, true]) {
				await update({ [name]: value });
				expect((await sent()).at(-1)).toEqual({ page: { [apiName]: value } });
				expect((await row())[apiName]).toBe(value);
			}
			await update({ timeZone: 'UTC' });
			expect((await sent()).at(-1)).toEqual({ page: { time_zone: 'UTC' } });
		},
	);
});

describe('an invalid value is an error that names the field, before anything is sent', () => {
	test.each<[string, string, unknown]>([
		['cssGreens', 'Color: Greens', '#12'],
		['cssGreens', 'Color: Greens', 'not a color'],
		['cssGreens', 'Color: Greens', 'red;} body { display: none'],
		['cssGreens', 'Color: Greens', ''],
		['cssNoData', 'Color: No Data', true],
		['name', 'Name', ''],
		['name', 'Name', '={{ undefined }}'],
		['subdomain', 'Subdomain', ''],
		['subdomain', 'Subdomain', 'https://example.statuspage.io'],
		['domain', 'Domain', 'https://status.example.com'],
		['domain', 'Domain', 'status.example.com/path'],
		['domain', 'Domain', 'two words.example.com'],
		['domain', 'Domain', '-example.com'],
		['timeZone', 'Time Zone', ''],
		['timeZone', 'Time Zone', { zone: 'UTC' }],
		['branding', 'Branding', 'gold'],
		['notificationsFromEmail', 'Notifications From Email', 'no address'],
		['allowSmsSubscribers', 'Allow SMS Subscribers', 'maybe'],
		['allowSmsSubscribers', 'Allow SMS Subscribers', ''],
		['url', 'Website URL', '={{ "" }}'],
	])('%s: %s as %j', async (name, label, value) => {
		for (const options of [{}, { dryRun: true }]) {
			const { error } = await update({ [name]: value } as IDataObject, options);
			expect(error?.message).toContain(`'${label}'`);
		}
		expect(await simulator.log()).toEqual([]);
	});

	test('also without any field, and in the embed configuration', async () => {
		expect((await update({})).error?.message).toBe("'Update Fields' is empty");
		for (const [updateFields, label] of [
			[{}, 'Update Fields'],
			[{ position: '' }, 'Position'],
			[{ incidentTextColor: '#12' }, 'Incident Text Color'],
			[{ maintenanceBackgroundColor: 'url(x)' }, 'Maintenance Background Color'],
		] as const)
			expect((await run(world, 'page updateEmbedConfig', { updateFields })).error?.message).toContain(`'${label}'`);
		expect(await simulator.log()).toEqual([]);
	});
});

test.each(['#abc', 'ABCDEF', '#12345678', 'rebeccapurple', 'rgba(0, 0, 0, .5)', 'hsl(120deg 100% 50% / 20%)'])(
	'%s is a color',
	async (color) => {
		await update({ cssBlues: ` ${color} ` });
		expect(await sent()).toEqual([{ page: { css_blues: color } }]);
	},
);

test('optional texts are cleared by an empty field, and by an expression only with Empty Clears', async () => {
	const cleared = { domain: '', notificationsFromEmail: '', notificationsEmailFooter: '' };
	const page = { domain: '', notifications_from_email: '', notifications_email_footer: '' };
	await update(cleared);
	const empty = Object.fromEntries(Object.keys(cleared).map((name) => [name, '={{ "" }}']));
	for (const [name, value] of Object.entries(empty)) {
		expect((await update({ [name]: value })).error?.description).toContain("turn on the option 'Empty Clears'");
	}
	await update(empty, { emptyClears: true });
	expect(await sent()).toEqual([{ page }, { page }]);
});

test('a taken subdomain is an error in the words of Statuspage', async () => {
	const { error } = await update({ subdomain: 'northwind-public' });
	expect(error).toMatchObject({ httpCode: '422', message: expect.stringContaining('already been taken') as string });
});

test('the simplified output contains the changed fields, and the raw one all fields', async () => {
	const [simple] = await results(world, 'page update', {
		updateFields: { cssReds: 'red', allowSmsSubscribers: false },
	});
	expect(simple).toMatchObject({ id: world.pageId, css_reds: 'red', allow_sms_subscribers: false });
	expect(simple).not.toHaveProperty('css_blues');
	const [raw] = await results(world, 'page update', { simplify: false, updateFields: { cssReds: 'red' } });
	expect(raw).toEqual(await row());
});

test('items that update the same page keep their order', async () => {
	const items = Array.from({ length: 30 }, (_, index) => ({ name: `Name ${index}` }));
	await simulator.fault({ kind: 'resetBefore', match: { method: 'PATCH' } });
	await results(world, 'page update', { updateFields: { name: '={{ $json.name }}' } }, { items });
	expect(await sent()).toEqual([items[0], ...items].map(({ name }) => ({ page: { name } })));
});

describe('a dry run', () => {
	test('returns the changed fields only, also with a read-only credential, and writes nothing', async () => {
		const before = await row();
		const parameters = {
			updateFields: {
				name: 'Northwind Status',
				subdomain: 'new',
				allowSmsSubscribers: false,
				domain: '',
				cssReds: 'red',
			},
			options: { dryRun: true },
		};
		for (const credential of [world.credential, { ...world.credential, readOnly: true }])
			expect(await results(world, 'page update', parameters, { credential })).toEqual([
				{
					dryRun: true,
					would: 'update page',
					before: { subdomain: 'northwind', allow_sms_subscribers: true, css_reds: null },
					after: { subdomain: 'new', allow_sms_subscribers: false, css_reds: 'red' },
				},
			]);
		expect(await sent()).toEqual([]);
		expect(await row()).toEqual(before);
	});

	test('says that nothing would change', async () => {
		const { items } = await update({ timeZone: 'UTC' }, { dryRun: true });
		expect(items).toEqual([
			{
				dryRun: true,
				would: 'change nothing, because the page already has these values',
				before: {},
				after: {},
			},
		]);
	});

	test('of a page that is missing is an error', async () => {
		const { error } = await run(world, 'page update', {
			pageId: locator('id', 'gone00000001'),
			updateFields: { name: 'New' },
			options: { dryRun: true },
		});
		expect(error?.httpCode).toBe('404');
	});
});

describe('the embed configuration', () => {
	test('has no ID, and must belong to the page', async () => {
		await simulator.fault({ kind: 'fields', drop: ['page_id', 'position'] });
		expect(await results(world, 'page getEmbedConfig')).toEqual([
			expect.objectContaining({ incident_text_color: '#ffffff' }),
		]);
		await simulator.fault({ kind: 'fields', set: { page_id: 'other0000001' }, times: 10 });
		expect((await run(world, 'page getEmbedConfig')).error?.message).toContain('it is about page other0000001');
	});

	test('sends the added fields only', async () => {
		await results(world, 'page updateEmbedConfig', { updateFields: { position: 'top-left' } });
		expect(await sent()).toEqual([{ status_embed_config: { position: 'top-left' } }]);
	});
});
