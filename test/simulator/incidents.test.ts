import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ incidents: 8, incidentComponents: 'replace' });
	world = await worldOf(simulator);
});

const send = async (method: string, path: string, incident?: IDataObject) => {
	const answer = await simulator.send(method, `/pages/${world.pageId}/incidents${path}`, {
		...(incident ? { body: { incident } } : {}),
	});
	return { status: answer.status, body: (await answer.json()) as IDataObject & { id: string; message?: string } };
};
const list = async (path: string) => (await send('GET', path)).body as unknown as IDataObject[];
const statuses = async (path: string) => (await list(path)).map(({ status }) => status);
const componentStatus = async (index: number) => (await simulator.page()).components[world.components[index].id].status;

const WINDOW = { scheduled_for: '2031-02-01T10:00:00+01:00', scheduled_until: '2031-02-01T12:00:00Z' };

test('lists contain the incidents that their names say', async () => {
	expect(await statuses('')).toHaveLength(8);
	expect(await statuses('/unresolved')).toEqual(['investigating', 'identified', 'monitoring', 'in_progress']);
	expect(await statuses('/scheduled')).toEqual(['scheduled', 'in_progress']);
	expect(await statuses('/upcoming')).toEqual(['scheduled']);
	expect(await statuses('/active_maintenance')).toEqual(['in_progress']);
	expect((await list('?q=slow&page=1&limit=100')).map(({ name }) => name)).toEqual(['Slow logins']);
	expect(await list('?page=2&limit=5')).toHaveLength(3);
	expect(await simulator.problems()).toEqual([]);
});

test.each(['?per_page=10', '/unresolved?limit=10'])('%s has an undocumented parameter', async (path) => {
	expect((await send('GET', path)).status).toBe(400);
	expect(await simulator.problems()).toHaveLength(1);
});

test('an incident is created with its components, and each message adds an update', async () => {
	const [a, b] = world.components.map(({ id }) => id);
	const { status, body } = await send('POST', '', {
		name: 'Outage',
		body: 'We look into it',
		component_ids: [a, b],
		components: { [a]: 'major_outage', [b]: 'degraded_performance' },
		metadata: { data: { alert: 'x' } },
	});
	expect(status).toBe(201);
	expect(body).toMatchObject({ status: 'investigating', impact: 'critical', metadata: { data: { alert: 'x' } } });
	expect([await componentStatus(0), await componentStatus(1)]).toEqual(['major_outage', 'degraded_performance']);
	const { body: after } = await send('PATCH', `/${body.id}`, { status: 'resolved', body: 'Fixed' });
	expect(after.incident_updates).toMatchObject([
		{ status: 'resolved', body: 'Fixed', affected_components: null, deliver_notifications: true },
		{ status: 'investigating', body: 'We look into it' },
	]);
	// Resolving does not reset components.
	expect(await componentStatus(0)).toBe('major_outage');
	expect((await list(''))[0].id).toBe(body.id);
});

test('a maintenance changes its components when it begins and ends, if its flags are on', async () => {
	const [a] = world.components.map(({ id }) => id);
	const { body } = await send('POST', '', {
		name: 'Upgrade',
		...WINDOW,
		component_ids: [a],
		auto_transition_to_maintenance_state: true,
		auto_transition_to_operational_state: true,
	});
	expect(body).toMatchObject({
		status: 'scheduled',
		scheduled_for: '2031-02-01T09:00:00.000Z',
		scheduled_auto_in_progress: false,
		scheduled_remind_prior: null,
	});
	expect(await componentStatus(0)).toBe('operational');
	await send('PATCH', `/${body.id}`, { status: 'in_progress' });
	expect(await componentStatus(0)).toBe('under_maintenance');
	await send('PATCH', `/${body.id}`, { status: 'completed' });
	expect(await componentStatus(0)).toBe('operational');
});

test('a maintenance with a map of statuses changes its components at once', async () => {
	const [a] = world.components.map(({ id }) => id);
	await send('POST', '', { name: 'Upgrade', ...WINDOW, components: { [a]: 'under_maintenance' } });
	expect(await componentStatus(0)).toBe('under_maintenance');
});

test('a backfilled incident is like a recorded one', async () => {
	const { body } = await send('POST', '', { name: 'Old', body: 'x', backfilled: true, backfill_date: '2025-01-02' });
	expect(body).toMatchObject({
		status: 'resolved',
		resolved_at: null,
		created_at: '2025-01-02T12:00:00.000Z',
		incident_updates: [{ status: 'investigating', display_at: '2025-01-02T12:00:00.000Z' }],
	});
});

test.each<[string, IDataObject, string]>([
	['without a name', { body: 'x' }, "Name can't be blank"],
	['with a long name', { name: 'x'.repeat(256) }, 'Name is too long'],
	['with a long body', { name: 'x', body: 'x'.repeat(25_001) }, 'Body is too long'],
	['with flat metadata', { name: 'x', metadata: { alert: 'a1' } }, 'Metadata top level values must be objects'],
	[
		'with equal times',
		{ name: 'x', scheduled_for: '2031-01-01T10:00:00Z', scheduled_until: '2031-01-01T11:00:00+01:00' },
		'Scheduled until must be after',
	],
	['without an end', { name: 'x', scheduled_for: '2031-01-01T10:00:00Z' }, "Scheduled until can't be blank"],
	['with a status of maintenances', { name: 'x', status: 'completed' }, 'Status is invalid'],
	['with a status of incidents', { name: 'x', ...WINDOW, status: 'resolved' }, 'Status is invalid'],
	['that is backfilled with components', { name: 'x', backfilled: true, component_ids: [] }, 'Components cannot be'],
	['with reminders out of order', { name: 'x', reminder_intervals: '[5, 1]' }, 'Reminder intervals are invalid'],
	['with reminders for a maintenance', { name: 'x', ...WINDOW, reminder_intervals: '4' }, 'Reminder intervals are not'],
	['with an unknown component', { name: 'x', component_ids: ['gone00000001'] }, 'Unprocessable entity'],
])('an incident %s is rejected', async (_, incident, message) => {
	const { status, body } = await send('POST', '', incident);
	expect([status, body.message]).toEqual([422, expect.stringContaining(message)]);
	expect(await list('')).toHaveLength(8);
});

test.each<[string, IDataObject]>([
	['an unknown field', { name: 'x', message: 'y' }],
	[
		'a time without a zone',
		{ name: 'x', scheduled_for: '2031-01-01T10:00:00', scheduled_until: WINDOW.scheduled_until },
	],
	['reminders as a list', { name: 'x', reminder_intervals: [1, 5] }],
	['an unknown status', { name: 'x', status: 'done' }],
])('%s is a problem in the log', async (_, incident) => {
	expect((await send('POST', '', incident)).status).toBe(400);
	expect(await simulator.problems()).toHaveLength(1);
});

test('component_ids of a change replace the components or are added, as the option says', async () => {
	const [a, b] = world.components.map(({ id }) => id);
	const ids = ({ components }: IDataObject) => (components as IDataObject[]).map(({ id }) => id);
	for (const [handling, wanted] of [
		['replace', [b]],
		['add', [a, b]],
	] as const) {
		await simulator.options({ incidentComponents: handling });
		const { body } = await send('POST', '', { name: handling, component_ids: [a] });
		expect(ids((await send('PATCH', `/${body.id}`, { component_ids: [b] })).body)).toEqual(wanted);
	}
});

test('an earlier update can be changed, and an incident can be deleted', async () => {
	const { body } = await send('POST', '', { name: 'x', body: 'Typo' });
	const [update] = body.incident_updates as IDataObject[];
	const answer = await simulator.send(
		'PUT',
		`/pages/${world.pageId}/incidents/${body.id}/incident_updates/${String(update.id)}`,
		{
			body: { incident_update: { body: 'Text', display_at: '2026-01-01T00:00:00+01:00' } },
		},
	);
	expect(await answer.json()).toMatchObject({ body: 'Text', display_at: '2025-12-31T23:00:00.000Z' });
	expect((await send('DELETE', `/${body.id}`)).status).toBe(200);
	expect((await send('GET', `/${body.id}`)).status).toBe(404);
});
