import type { IDataObject } from 'n8n-workflow';
import { evaluate } from './support/evaluate';
import { runExample, type ExampleRun } from './support/exampleEngine';
import { isOurs, readExample } from './support/exampleFiles';
import { startSimulator, type SimulatedIncident, type Simulator } from './support/simulator';
import { worldOf, type World } from './support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ viewers: 10, 'directory-users': 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	world = await worldOf(simulator);
});

/** The requests that changed something, without the page. */
async function writes(): Promise<string[]> {
	return (await simulator.log())
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.replace(/^\/pages\/[^/]+/, '').replace(/\/[a-z0-9]{12}$/, '/ID')}`);
}

/** The incidents with this value in their metadata, newest first. */
async function incidentsWith(group: string, key: string, value: string): Promise<SimulatedIncident[]> {
	const { incidents } = await simulator.page();
	return Object.values(incidents).filter(
		({ row }) => (row.metadata as Record<string, Record<string, unknown>> | null)?.[group]?.[key] === value,
	);
}

/** The statuses of components by name. */
async function statusesOf(names: string[]): Promise<string[]> {
	const { components } = await simulator.page();
	return names.map((name) => Object.values(components).find((component) => component.name === name)?.status ?? '');
}

/** Updates as "status, whether subscribers were notified, message", oldest first. */
const updatesOf = ({ updates }: SimulatedIncident) =>
	[...updates].reverse().map(({ status, deliver_notifications: delivers, body }) => [status, delivers, body]);

describe('incident-from-alert.json', () => {
	const example = readExample('incident-from-alert.json');
	const APPROVED = { data: { approved: true } };
	const OPENED = ['investigating', true, 'We are investigating a disruption.'];
	const RESOLVED = ['resolved', true, 'This incident has been resolved.'];

	const alert = async (body: IDataObject, answer?: IDataObject): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Alert received', items: [{ body }], answer });
	const firing = async (more: IDataObject = {}, answer: IDataObject = { data: { approved: false } }) =>
		await alert({ id: 'cpu-7', status: 'firing', title: 'CPU <90%>', ...more }, answer);
	const incidents = async () => await incidentsWith('data', 'alert', 'cpu-7');
	const twoNames = () => world.components.slice(4, 6).map(({ name }) => name);

	test('opens one incident with the texts, status and notifications of the template, and the components of the alert', async () => {
		const components = twoNames();
		const { error } = await firing({ severity: 'critical', components: [components[0].toUpperCase(), components[1]] });
		expect(error).toBeUndefined();
		const [incident, ...others] = await incidents();
		expect([incident.row.name, updatesOf(incident), others]).toEqual(['Service disruption', [OPENED], []]);
		expect(await statusesOf(components)).toEqual(['major_outage', 'major_outage']);
		expect(await writes()).toEqual(['POST /incidents']);
	});

	test('takes the components of the template if the alert has none, and degrades them', async () => {
		await firing();
		const [{ componentIds }] = await incidents();
		expect(componentIds).toEqual((world.templates[0].components as Array<{ id: string }>).map(({ id }) => id));
		expect(await statusesOf([world.components[0].name])).toEqual(['degraded_performance']);
	});

	test('a template without notifications notifies nobody', async () => {
		const silent = structuredClone(example);
		const { assignments } = silent.nodes.find(({ name }) => name === 'Alert')?.parameters.assignments as {
			assignments: Array<{ name: string; value: string }>;
		};
		for (const assignment of assignments) if (assignment.name === 'template') assignment.value = 'Internal note';
		const items = [{ body: { id: 'cpu-7', components: twoNames() } }];
		await runExample(silent, world, { start: 'Alert received', items });
		const [incident] = await incidents();
		expect(updatesOf(incident)).toEqual([['investigating', false, 'For the team.']]);
	});

	test('fires again: one incident, no update, no second question, and the components follow the severity', async () => {
		const components = twoNames();
		await firing({ severity: 'critical', components });
		await simulator.clearLog();
		const same = await firing({ severity: 'critical', components });
		expect([await writes(), same.ran.includes('Ask in Slack')]).toEqual([[], false]);
		const less = await firing({ severity: 'warning' });
		expect([await writes(), less.ran.includes('Ask in Slack'), less.error]).toEqual([
			['PATCH /incidents/ID'],
			false,
			undefined,
		]);
		expect(await statusesOf(components)).toEqual(['degraded_performance', 'degraded_performance']);
		expect((await incidents()).map(updatesOf)).toEqual([[OPENED]]);
	});

	test('fires again after a person changed the incident: its name and status stay', async () => {
		await firing();
		const [{ row }] = await incidents();
		await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${row.id}`, {
			body: { incident: { name: 'Slow API', status: 'monitoring' } },
		});
		await firing({ severity: 'critical' });
		expect((await incidents()).map(({ row: { name, status } }) => [name, status])).toEqual([
			['Slow API', 'monitoring'],
		]);
	});

	test('fires twice at the same time: one incident and one question', async () => {
		const runs = await Promise.all([firing(), firing()]);
		expect(await incidents()).toHaveLength(1);
		expect(runs.filter(({ ran }) => ran.includes('Ask in Slack'))).toHaveLength(1);
	});

	test('Resolve posts one update, and sets the own components to Operational and no others', async () => {
		const components = twoNames();
		const other = world.components[8];
		await simulator.send('PATCH', `/pages/${world.pageId}/components/${other.id}`, {
			body: { component: { status: 'partial_outage' } },
		});
		const { posts, error } = await firing({ severity: 'critical', components }, APPROVED);
		const [incident] = await incidents();
		expect([error, updatesOf(incident)]).toEqual([undefined, [OPENED, RESOLVED]]);
		expect(await statusesOf([...components, other.name])).toEqual(['operational', 'operational', 'partial_outage']);
		expect(posts).toEqual([expect.stringMatching(/^The incident "Service disruption" is resolved/)]);
	});

	test.each([
		['Keep Open', { data: { approved: false } }, 'Somebody chose to keep it open.'],
		['no answer', undefined, 'Nobody answered within 3 days.'],
	])('%s changes nothing on the page, and the channel gets the reason', async (_, answer, reason) => {
		const { posts, error, ran } = await alert({ id: 'cpu-7' }, answer);
		expect([error, posts]).toEqual([
			undefined,
			[`The incident "Service disruption" was not changed. ${reason} Resolve it on the page.`],
		]);
		expect(ran).not.toContain('Resolve the incident');
		expect(await writes()).toEqual(['POST /incidents']);
	});

	test('Resolve for an incident that was resolved on the page before posts nothing twice', async () => {
		await simulator.fault({
			kind: 'fields',
			set: { status: 'resolved' },
			match: { method: 'GET', path: '/incidents/[a-z0-9]{12}$' },
		});
		const { posts } = await firing({}, APPROVED);
		expect(posts).toEqual(['The incident "Service disruption" was resolved before. Nothing was changed.']);
		expect(await writes()).toEqual(['POST /incidents']);
	});

	test('a new alert after the incident was resolved opens another one', async () => {
		await firing({}, APPROVED);
		await firing();
		expect((await incidents()).map(({ row: { status } }) => status)).toEqual(['investigating', 'resolved']);
	});

	test('an alert that is over only posts in Slack', async () => {
		await firing();
		await simulator.clearLog();
		const { posts } = await alert({ id: 'cpu-7', status: 'resolved', title: 'CPU <90%>' });
		expect(posts).toEqual([expect.stringContaining('The alert "CPU &lt;90%&gt;" is over.')]);
		expect(await simulator.log()).toEqual([]);
	});

	test.each([
		['an alert without an ID', { id: undefined }, undefined, 'The alert has no id'],
		['an unknown component', { components: ['Nope'] }, undefined, 'contains "Nope"'],
		['incidents that cannot be read', {}, '/incidents/unresolved', '403'],
		['templates that cannot be read', {}, '/incident_templates', '403'],
	])('%s: the channel gets the reason, nothing is written, and the execution fails', async (_, more, path, reason) => {
		if (path) await simulator.fault({ kind: 'status', status: 403, match: { path }, times: 9 });
		const { posts, error } = await firing(more);
		expect(posts).toEqual([expect.stringContaining(reason)]);
		expect(posts[0]).toMatch(/^The alert "CPU &lt;90%&gt;" was not handled, or not completely: /);
		expect([error, await writes()]).toEqual([
			'The alert was not handled, or not completely. See the channel in Slack',
			[],
		]);
	});

	test('an unknown template is named in the channel', async () => {
		const other = JSON.parse(JSON.stringify(example).replace('"value":"Outage"', '"value":"Nope"')) as typeof example;
		const { posts } = await runExample(other, world, { start: 'Alert received', items: [{ body: { id: 'cpu-7' } }] });
		expect(posts).toEqual([expect.stringContaining('The page has no incident template "Nope"')]);
	});

	test('the question names the alert and the incident, and Slack escapes it itself', () => {
		const { message } = example.nodes.find(({ name }) => name === 'Ask in Slack')?.parameters ?? {};
		expect(
			evaluate(example, String(message), {
				node: 'Ask in Slack',
				input: [{ name: 'Service disruption', shortlink: 'https://stspg.example/x' }],
				returned: { Alert: [{ title: 'CPU <90%>' }] },
			}),
		).toMatch(/^The alert "CPU <90%>" opened the incident "Service disruption" .* https:\/\/stspg\.example\/x\n/);
	});

	test('says for each write whether subscribers are notified', () => {
		const silent = example.nodes
			.filter(({ parameters }) => ['upsert', 'update'].includes(String(parameters.operation)))
			.filter(({ parameters }) => parameters.deliverNotifications === undefined);
		expect(silent).toEqual([]);
	});
});

describe('maintenance-from-calendar.json', () => {
	const example = readExample('maintenance-from-calendar.json');

	const event = (more: IDataObject = {}): IDataObject => ({
		id: 'event-1',
		status: 'confirmed',
		summary: 'Database upgrade',
		description: `We upgrade &amp; test.<br>Components: ${names().join(', ').toUpperCase()}`,
		start: { dateTime: '2031-02-15T23:30:00-05:00', timeZone: 'America/New_York' },
		end: { dateTime: '2031-02-16T08:00:00+01:00', timeZone: 'Europe/Berlin' },
		...more,
	});
	const names = () => world.components.slice(4, 6).map(({ name }) => name);
	const calendar = async (...items: IDataObject[]): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Event updated', items, timeZone: 'Europe/Berlin' });
	const maintenances = async (id = 'event-1') => await incidentsWith('calendar', 'event', id);
	const CREATED = ['scheduled', true, 'We upgrade & test.'];
	const setStatus = async (status: string) => {
		const [{ row }] = await maintenances();
		await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${row.id}`, { body: { incident: { status } } });
	};

	test('creates a maintenance with times as instants, components by name, and transitions, and changes no component', async () => {
		const { posts, error } = await calendar(event());
		const [{ row, componentIds, updates }, ...others] = await maintenances();
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			name: 'Database upgrade',
			status: 'scheduled',
			scheduled_for: '2031-02-16T04:30:00.000Z',
			scheduled_until: '2031-02-16T07:00:00.000Z',
			scheduled_auto_in_progress: true,
			scheduled_auto_completed: true,
			auto_transition_to_maintenance_state: true,
			auto_transition_to_operational_state: true,
			scheduled_remind_prior: true,
		});
		expect(updates).toMatchObject([{ body: 'We upgrade & test.', deliver_notifications: true }]);
		expect(componentIds).toEqual(world.components.slice(4, 6).map(({ id }) => id));
		expect(await statusesOf(names())).toEqual(['operational', 'operational']);
		expect(error).toBeUndefined();
		expect(posts).toEqual([
			expect.stringMatching(
				/^• Database upgrade – created, 16 February 2031, 05:30 GMT\+1 to 16 February 2031, 08:00 GMT\+1 https:/,
			),
		]);
	});

	test('an all-day event is a day in the time zone of the workflow', async () => {
		// The clocks change on this day, so it has 23 hours.
		await calendar(event({ start: { date: '2031-03-30' }, end: { date: '2031-03-31' } }));
		expect((await maintenances()).map(({ row }) => [row.scheduled_for, row.scheduled_until])).toEqual([
			['2031-03-29T23:00:00.000Z', '2031-03-30T22:00:00.000Z'],
		]);
	});

	test('an unchanged event, a new description and a past event write nothing', async () => {
		await calendar(event());
		await simulator.clearLog();
		const description = `Other text.\n\ncomponent: ${names()[1]}`;
		const past = event({
			id: 'past',
			start: { dateTime: '2020-01-01T10:00:00Z' },
			end: { dateTime: '2020-01-01T11:00:00Z' },
		});
		const { posts } = await calendar(event(), event({ description }), past);
		expect([await writes(), posts]).toEqual([[], []]);
	});

	test('a moved event moves its maintenance, and posts one update with the new times', async () => {
		await calendar(event());
		await simulator.clearLog();
		const moved = { start: { dateTime: '2031-02-20T22:00:00+01:00' }, end: { dateTime: '2031-02-20T23:00:00+01:00' } };
		await calendar(event({ ...moved, summary: 'Database upgrade 2' }));
		const [maintenance, ...others] = await maintenances();
		expect(others).toEqual([]);
		expect(maintenance.row).toMatchObject({
			name: 'Database upgrade 2',
			scheduled_for: '2031-02-20T21:00:00.000Z',
			scheduled_until: '2031-02-20T22:00:00.000Z',
		});
		expect(updatesOf(maintenance)).toEqual([
			CREATED,
			[
				'scheduled',
				true,
				'This maintenance was moved. It is now planned from 20 February 2031, 22:00 GMT+1 to 20 February 2031, 23:00 GMT+1.',
			],
		]);
		expect(await writes()).toEqual(['PATCH /incidents/ID']);
	});

	test('another title or component is corrected without an update', async () => {
		await calendar(event());
		const added = world.components[7];
		await calendar(event({ summary: 'DB', description: `Components: ${[...names(), added.name].join('; ')}` }));
		const [maintenance] = await maintenances();
		expect([maintenance.row.name, updatesOf(maintenance)]).toEqual(['DB', [CREATED]]);
		expect(maintenance.componentIds).toContain(added.id);
	});

	test('a cancelled event completes its maintenance with an update, and its components keep their statuses', async () => {
		await calendar(event());
		const component = world.components[4];
		await simulator.send('PATCH', `/pages/${world.pageId}/components/${component.id}`, {
			body: { component: { status: 'major_outage' } },
		});
		// Google only guarantees the ID of a deleted event.
		const { posts, error } = await calendar({ id: 'event-1', status: 'cancelled' });
		const [maintenance] = await maintenances();
		expect(updatesOf(maintenance)).toEqual([CREATED, ['completed', true, 'This maintenance was cancelled.']]);
		expect(await statusesOf([component.name])).toEqual(['major_outage']);
		expect([posts, error]).toEqual([
			[expect.stringMatching(/^• Database upgrade – cancelled, 16 February/)],
			undefined,
		]);
		await simulator.clearLog();
		await calendar({ id: 'event-1', status: 'cancelled' }, { id: 'unknown', status: 'cancelled' });
		expect(await writes()).toEqual([]);
	});

	test('a cancelled event whose maintenance has started sets its components to Operational', async () => {
		await calendar(event());
		await setStatus('in_progress');
		expect(await statusesOf(names())).toEqual(['under_maintenance', 'under_maintenance']);
		await calendar({ id: 'event-1', status: 'cancelled' });
		expect((await maintenances()).map(({ row }) => row.status)).toEqual(['completed']);
		expect(await statusesOf(names())).toEqual(['operational', 'operational']);
	});

	test.each([
		['without components', { description: 'Text' }, 'the description has no line such as'],
		['without a title', { summary: ' ' }, 'the event has no title'],
		['that is recurring', { recurrence: ['RRULE:FREQ=WEEKLY'] }, 'the event is recurring'],
		['with an unknown component', { description: 'Components: Nope' }, 'contains "Nope"'],
		['that ends before its start', { end: { dateTime: '2031-02-15T23:00:00-05:00' } }, "must be after 'Scheduled For'"],
		['without times', { start: undefined, end: undefined }, "'Scheduled For' is empty"],
	])('an event %s is a line in the channel, and the others are handled', async (_, more, reason) => {
		const { posts, error } = await calendar(event(more), event({ id: 'event-2', summary: 'R&D' }));
		expect(posts).toHaveLength(1);
		const [bad, good, ...rest] = posts[0].split('\n');
		expect([bad, rest]).toEqual([expect.stringMatching(/ – failed: /), []]);
		expect(bad).toContain(reason);
		expect(good).toMatch(/^• R&amp;D – created/);
		expect(error).toBe('Maintenance from calendar: not every event was handled. See the channel in Slack');
		expect([(await maintenances()).length, (await maintenances('event-2')).length]).toEqual([0, 1]);
	});

	test('several changes of one kind keep their names and results', async () => {
		const bad = event({ id: 'bad', summary: 'Bad', description: 'Components: Nope' });
		const unknown = { id: 'unknown', status: 'cancelled' };
		const { items } = await calendar(event(), unknown, bad, event({ id: 'event-3', summary: 'Third' }));
		const [{ rows }] = items('Result') as Array<{ rows: IDataObject[] }>;
		expect(rows.map(({ name, error, link }) => [name, error === '', link !== ''])).toEqual([
			['Database upgrade', true, true],
			['Bad', false, false],
			['Third', true, true],
		]);
	});

	test('maintenances that cannot be read: nothing is created, and the execution fails', async () => {
		await simulator.fault({ kind: 'status', status: 403, match: { path: '/incidents/scheduled' }, times: 9 });
		const { posts, error } = await calendar(event());
		expect(posts).toEqual([expect.stringMatching(/^• All events – failed: .*403/)]);
		expect([error !== undefined, await writes()]).toEqual([true, []]);
	});

	test('two maintenances of one event are an error that names both', async () => {
		await calendar(event());
		await simulator.send('POST', `/pages/${world.pageId}/incidents`, {
			body: {
				incident: {
					name: 'Copy',
					scheduled_for: '2031-02-16T04:30:00Z',
					scheduled_until: '2031-02-16T07:00:00Z',
					metadata: { calendar: { event: 'event-1' } },
				},
			},
		});
		await simulator.clearLog();
		const { posts } = await calendar(event({ summary: 'New' }), { id: 'event-1', status: 'cancelled' });
		for (const { row } of await maintenances()) expect(posts[0].split(row.id)).toHaveLength(3);
		expect(await writes()).toEqual([]);
	});

	test('the triggers poll at different seconds', () => {
		const times = example.nodes.flatMap(({ parameters: { pollTimes } }) =>
			((pollTimes as { item: Array<{ cronExpression: string }> } | undefined)?.item ?? []).map(
				({ cronExpression }) => cronExpression,
			),
		);
		expect(times).toEqual(['0 * * * * *', '20 * * * * *', '40 * * * * *']);
	});

	test('says for each write whether subscribers are notified', () => {
		const told = example.nodes
			.filter((node) => isOurs(node) && node.parameters.operation !== 'getMany')
			.map(({ name, parameters }) => [name, parameters.deliverNotifications]);
		expect(told).toEqual([
			['Create', true],
			['Move', true],
			['Correct', false],
			['Cancel', true],
		]);
	});
});
