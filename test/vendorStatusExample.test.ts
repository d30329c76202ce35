import type { IDataObject } from 'n8n-workflow';
import { componentEventOutput } from '../nodes/services/statuspage/events/eventOutput';
import { indicatorOutput, reachabilityOutput, removalOutput } from '../nodes/services/statuspage/pageWatch/pageOutput';
import { runExample } from './support/exampleEngine';
import { readExample } from './support/exampleFiles';
import { startSimulator, type Simulator } from './support/simulator';
import { incidentItem, NAME, NAME_IN_SLACK } from './support/triggerItems';
import { worldOf, type World } from './support/world';

// The workflow has no node that asks Statuspage.
let simulator: Simulator;
let world: World;
beforeAll(async () => {
	simulator = await startSimulator({ viewers: 10 });
	world = await worldOf(simulator);
});
afterAll(async () => await simulator.stop());

describe('vendor-status-to-slack.json', () => {
	const example = readExample('vendor-status-to-slack.json');
	const PAGE = { id: 'page12345678', name: 'Vendor', url: 'https://status.vendor.example' };
	const vendor = (item: IDataObject): IDataObject => ({
		...item,
		pageName: PAGE.name,
		pageUrl: PAGE.url,
		pageAddress: 'status.vendor.example',
	});
	/** The nodes that posted, with their texts. */
	async function posted(...items: IDataObject[]): Promise<string[][]> {
		const { ran, items: itemsOf, error } = await runExample(example, world, { start: 'Vendor status changed', items });
		expect(error).toBeUndefined();
		return ran
			.filter((name) => name.startsWith('Post '))
			.flatMap((name) => itemsOf(name).map(({ text }) => [name, String(text)]));
	}

	test.each([
		['incidentCreated', null, 'investigating', 'Incident created', 'Status: investigating'],
		['incidentUpdated', 'investigating', 'identified', 'Incident updated', 'Status: investigating → identified'],
		['incidentResolved', 'monitoring', 'resolved', 'Incident resolved', 'Status: monitoring → resolved'],
	] as const)('%s', async (event, oldStatus, newStatus, title, status) => {
		const components = [{ id: 'cmp1', name: 'API' }];
		expect(await posted(vendor(incidentItem('page12345678', { event, oldStatus, newStatus }, { components })))).toEqual(
			[
				[
					'Post the incident',
					[
						`\`Vendor\`: *${title}* \`API errors\``,
						status,
						'Components: `API`',
						'> We are investigating.',
						'https://stspg.example/x?a=1&amp;b=2',
					].join('\n'),
				],
			],
		);
	});

	test.each([
		['maintenanceScheduled', 'Maintenance scheduled'],
		['maintenanceStarted', 'Maintenance started'],
		['maintenanceUpdated', 'Maintenance updated'],
		['maintenanceCompleted', 'Maintenance completed'],
	] as const)('%s has its times', async (event, title) => {
		const reading = { scheduledFor: '2031-02-16T04:30:00.000Z', scheduledUntil: '2031-02-16T07:00:00.000Z' };
		const item = vendor(
			incidentItem(
				'page12345678',
				{ event, oldStatus: 'scheduled', newStatus: 'in_progress', update: undefined },
				reading,
			),
		);
		expect(await posted(item)).toEqual([
			[
				'Post the maintenance',
				[
					`\`Vendor\`: *${title}* \`API errors\``,
					'Status: scheduled → in progress',
					'From 16 February 2031, 04:30 UTC to 16 February 2031, 07:00 UTC',
					'https://stspg.example/x?a=1&amp;b=2',
				].join('\n'),
			],
		]);
	});

	test('a component has its old and new status in words', async () => {
		const change = { id: 'cmp1', name: NAME, groupId: null, oldStatus: 'operational', newStatus: 'major_outage' };
		const item = vendor(componentEventOutput(PAGE, { ...change, changedAt: null }));
		expect(await posted(item)).toEqual([
			[
				'Post the component',
				`\`Vendor\`: component ${NAME_IN_SLACK}: operational → major outage\nhttps://status.vendor.example`,
			],
		]);
	});

	test('a removed incident has its last status and the reason', async () => {
		const removed = { id: 'inc123456789', name: 'API errors', status: 'monitoring', isBeyond: false };
		expect(await posted(vendor(removalOutput(PAGE, removed)))).toEqual([
			[
				'Post the incident',
				'`Vendor`: *Incident removed* `API errors`\nLast status: monitoring\nThe page does not contain the incident anymore. It was not resolved before, so it was probably deleted',
			],
		]);
	});

	test('says that more incidents may have been missed', async () => {
		const [[, text]] = await posted(vendor({ ...incidentItem('page12345678'), mayHaveMissed: true }));
		expect(text).toContain('\nThe page lists only its newest incidents, so there may be more.\n');
	});

	test('the status of the page has its old and new value, and the text of the page', async () => {
		const status = { indicator: 'major', indicatorGiven: null, description: 'R&D <down>' };
		expect(await posted(vendor(indicatorOutput(PAGE, 'none', status)))).toEqual([
			[
				'Post the page status',
				'`Vendor`: page status: none → major\nR&amp;D &lt;down&gt;\nhttps://status.vendor.example',
			],
		]);
	});

	test('a page that cannot be read is a message of its own, and another one follows', async () => {
		const reason = 'The page answered 503 with <html>';
		const since = '2026-11-30T10:00:00.000Z';
		expect(
			await posted(
				vendor(reachabilityOutput('pageUnreachable', PAGE, { reason, since })),
				{ ...reachabilityOutput('pageUnreachable', undefined, { reason, since }), pageAddress: 'status.new.example' },
				vendor(reachabilityOutput('pageReachable', PAGE, { reason: null, since })),
			),
		).toEqual([
			[
				'Post whether the page can be read',
				'`Vendor`: the status page cannot be read, so events of this vendor may be missing.\nThe page answered 503 with &lt;html&gt;\nhttps://status.vendor.example',
			],
			[
				'Post whether the page can be read',
				'`status.new.example`: the status page cannot be read, so events of this vendor may be missing.\nThe page answered 503 with &lt;html&gt;',
			],
			[
				'Post whether the page can be read',
				'`Vendor`: the status page can be read again.\nhttps://status.vendor.example',
			],
		]);
	});

	test('names of several vendors stay apart, one message per event, and nothing in a text can mention people', async () => {
		const text = 'a < b & c\n<!channel> done';
		const update = { id: 'upd1', status: 'investigating', text, at: null };
		const texts = (
			await posted(
				{ ...vendor(incidentItem('page12345678')), pageName: NAME, incidentName: NAME },
				{ ...vendor(incidentItem('page12345678', { update })), pageName: 'Other' },
			)
		).map(([, post]) => post.split('\n'));
		expect(texts.map(([title]) => title)).toEqual([
			`${NAME_IN_SLACK}: *Incident created* ${NAME_IN_SLACK}`,
			'`Other`: *Incident created* `API errors`',
		]);
		expect(texts[1]).toEqual(expect.arrayContaining(['> a &lt; b &amp; c', '> &lt;!channel&gt; done']));
	});

	test('a sample of an event that no page shows posts nothing', async () => {
		const note = 'The pages show nothing now that could be an example of Maintenance Started';
		expect(await posted({ event: 'maintenanceStarted', note, isSample: true })).toEqual([]);
	});

	test('each event of the trigger has a message', async () => {
		const trigger = example.nodes.find(({ name }) => name === 'Vendor status changed');
		const events = trigger?.parameters.events as string[];
		expect(events.length).toBeGreaterThan(10);
		for (const event of events)
			expect([event, (await posted(vendor({ ...incidentItem('page12345678'), event }))).length]).toEqual([event, 1]);
	});
});
