import type { IDataObject } from 'n8n-workflow';
import { searchList } from '../support/engine';
import { useFastClock } from '../support/fastClock';
import { expectRefused } from '../support/refused';
import { startSimulator, type LogEntry, type SimulatedIncident, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock();
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ incidentComponents: 'replace' });
	world = await worldOf(simulator);
});

const rows = (...list: Array<[number, string]>) => ({
	component: list.map(([index, status]) => ({ componentIds: [world.components[index].id], status })),
});
const id = (index: number) => world.components[index].id;
const incident = (row: SimulatedIncident) => ({ incidentId: locator('id', row.row.id) });
const withStatus = (status: string) => world.incidents.find(({ row }) => row.status === status) as SimulatedIncident;
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const bodyOf = ({ body }: LogEntry) => (body as { incident: IDataObject }).incident;
const onlyBody = async () => {
	const sent = await writes();
	expect(sent).toHaveLength(1);
	return bodyOf(sent[0]);
};
const componentStatus = async (index: number) => (await simulator.page()).components[id(index)].status;
const MAINTENANCE = {
	incidentType: 'scheduled',
	name: 'Upgrade',
	scheduledFor: '2031-02-01T10:00:00Z',
	scheduledUntil: '2031-02-01T12:00:00Z',
};

/** Opens an incident without the node. */
async function open(fields: IDataObject): Promise<IDataObject & { id: string }> {
	const answer = await simulator.send('POST', `/pages/${world.pageId}/incidents`, {
		body: { incident: { name: 'Outage', body: 'We look into it', ...fields } },
	});
	const row = (await answer.json()) as IDataObject & { id: string };
	expect([answer.status, row.message]).toEqual([201, undefined]);
	await simulator.clearLog();
	return row;
}

describe('a maintenance', () => {
	test('must end after it starts', async () => {
		const result = await run(world, 'incident create', {
			...MAINTENANCE,
			scheduledFor: '2026-12-01T10:00Z',
			scheduledUntil: '2026-12-01T10:00Z',
		});
		await expectRefused(simulator, result, /'Scheduled Until' is 2026-12-01.* must be after 'Scheduled For'/);
		expect(await simulator.log()).toEqual([]);
	});

	test('has the sentence of Statuspage in the error, if Statuspage rejects its times', async () => {
		await simulator.fault({ kind: 'status', status: 422, body: { error: ['Scheduled until must be after start'] } });
		const { error } = await run(world, 'incident update', {
			...incident(withStatus('scheduled')),
			updateFields: { scheduledUntil: '2031-05-01T10:00:00Z' },
		});
		expect(error?.message).toContain('Scheduled until must be after start');
		expect(error?.httpCode).toBe('422');
	});

	test('has times that are compared as instants', async () => {
		const result = await run(world, 'incident create', {
			...MAINTENANCE,
			scheduledFor: '2026-02-15T23:30-05:00',
			scheduledUntil: '2026-02-16T01:00Z',
		});
		await expectRefused(
			simulator,
			result,
			/is 2026-02-16T01:00:00.000Z, but must be after 'Scheduled For' \(2026-02-16T04:30/,
		);
	});

	test('has times in the time zone of the workflow, if they have none of their own', async () => {
		const parameters = { ...MAINTENANCE, scheduledFor: '2026-02-15T02:00', scheduledUntil: '2026-02-15T04:00' };
		await results(world, 'incident create', parameters, { timeZone: 'Europe/Berlin' });
		expect(await onlyBody()).toMatchObject({
			scheduled_for: '2026-02-15T01:00:00.000Z',
			scheduled_until: '2026-02-15T03:00:00.000Z',
		});
	});

	test('in the future does not change its components now', async () => {
		await results(world, 'incident create', { ...MAINTENANCE, componentIds: [id(0), id(1)] });
		const body = await onlyBody();
		expect(body).toMatchObject({
			component_ids: [id(0), id(1)],
			auto_transition_to_maintenance_state: true,
			auto_transition_to_operational_state: true,
			scheduled_auto_in_progress: true,
			scheduled_auto_completed: true,
			deliver_notifications: true,
		});
		expect(body).not.toHaveProperty('components');
		expect([await componentStatus(0), await componentStatus(1)]).toEqual(['operational', 'operational']);
	});

	test('that has started sets its components now', async () => {
		const parameters = { ...MAINTENANCE, maintenanceStatus: 'in_progress', componentIds: [id(0)] };
		await results(world, 'incident create', parameters);
		expect(await onlyBody()).toMatchObject({ status: 'in_progress', components: { [id(0)]: 'under_maintenance' } });
		await simulator.clearLog();
		await results(world, 'incident create', { ...parameters, automaticTransitions: ['start', 'end'] });
		expect(await onlyBody()).not.toHaveProperty('components');
	});

	test('sends every transition, so those that are not selected are off', async () => {
		await results(world, 'incident create', { ...MAINTENANCE, automaticTransitions: ['start'] });
		expect(await onlyBody()).toMatchObject({
			auto_transition_to_maintenance_state: false,
			auto_transition_to_operational_state: false,
			scheduled_auto_in_progress: true,
			scheduled_auto_completed: false,
		});
	});

	test('can be moved with one of its times, which is compared with the other', async () => {
		const row = withStatus('scheduled');
		const wrong = await run(world, 'incident update', {
			...incident(row),
			updateFields: { scheduledFor: '2031-03-02T02:00:00Z' },
		});
		await expectRefused(simulator, wrong, /^'Scheduled For' is 2031-03-02.* must be before 'Scheduled Until'/);
		await simulator.clearLog();
		await results(world, 'incident update', {
			...incident(row),
			updateFields: { scheduledFor: '2031-03-02T01:00:00Z' },
		});
		expect(await onlyBody()).toEqual({ scheduled_for: '2031-03-02T01:00:00.000Z', deliver_notifications: true });
	});

	test('that has not started keeps the statuses of its components', async () => {
		const row = withStatus('scheduled');
		const wrong = await run(world, 'incident update', { ...incident(row), components: rows([0, 'under_maintenance']) });
		await expectRefused(simulator, wrong, /^'Components' would change the components now/);
		await simulator.clearLog();
		await results(world, 'incident update', { ...incident(row), updateFields: { componentIds: id(9) } });
		expect(await onlyBody()).toEqual({ component_ids: [...row.componentIds, id(9)], deliver_notifications: true });
	});
});

describe('resolving', () => {
	test.each(['replace', 'add'])(
		'sets only the own components to operational, where component_ids %s the list',
		async (handling) => {
			await simulator.options({ incidentComponents: handling });
			await open({ name: 'Other', components: { [id(2)]: 'partial_outage' }, component_ids: [id(2)] });
			const row = await open({
				components: { [id(0)]: 'major_outage', [id(1)]: 'degraded_performance' },
				component_ids: [id(0), id(1)],
			});
			// The newest update lists no components.
			await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${row.id}`, {
				body: { incident: { body: 'More' } },
			});
			await simulator.clearLog();
			const parameters = { incidentId: row.id, status: 'resolved', body: 'Fixed', resetComponents: true };
			await results(world, 'incident update', parameters);
			expect(await onlyBody()).toEqual({
				status: 'resolved',
				body: 'Fixed',
				components: { [id(0)]: 'operational', [id(1)]: 'operational' },
				component_ids: [id(0), id(1)],
				deliver_notifications: true,
			});
			expect([await componentStatus(0), await componentStatus(1), await componentStatus(2)]).toEqual([
				'operational',
				'operational',
				'partial_outage',
			]);
		},
	);

	test('keeps the components by default', async () => {
		const row = await open({ components: { [id(0)]: 'major_outage' } });
		await results(world, 'incident update', { incidentId: row.id, status: 'resolved', body: 'Fixed' });
		expect(await onlyBody()).not.toHaveProperty('components');
		expect(await componentStatus(0)).toBe('major_outage');
	});

	test('gives a listed component the status that is given there', async () => {
		const row = await open({ components: { [id(0)]: 'major_outage', [id(1)]: 'major_outage' } });
		await results(world, 'incident update', {
			incidentId: row.id,
			status: 'resolved',
			resetComponents: true,
			components: rows([1, 'degraded_performance']),
		});
		expect((await onlyBody()).components).toEqual({ [id(0)]: 'operational', [id(1)]: 'degraded_performance' });
	});

	test('leaves out component groups', async () => {
		const [group] = world.componentGroups;
		const row = await open({ component_ids: [id(0), group.id] });
		await results(world, 'incident update', { incidentId: row.id, status: 'resolved', resetComponents: true });
		expect(await onlyBody()).toEqual({
			status: 'resolved',
			components: { [id(0)]: 'operational' },
			component_ids: [id(0), group.id],
			deliver_notifications: true,
		});
	});

	test.each<[string, unknown]>([
		['missing', undefined],
		['null', null],
		['a text', 'x'],
	])('changes nothing if the components of the incident are %s', async (_, components) => {
		const row = await open({ components: { [id(0)]: 'major_outage' } });
		await simulator.fault({
			kind: 'fields',
			...(components === undefined ? { drop: ['components'] } : { set: { components } }),
			times: 100,
		});
		const result = await run(world, 'incident update', {
			incidentId: row.id,
			status: 'resolved',
			resetComponents: true,
		});
		await simulator.clearFaults();
		await expectRefused(simulator, result, 'does not contain the components of incident');
	});
});

describe('an update', () => {
	test('with status, message and components is one request', async () => {
		const [row] = world.incidents;
		const [output] = await results(world, 'incident update', {
			...incident(row),
			status: 'monitoring',
			body: 'Wait',
			components: rows([4, 'operational']),
		});
		expect(await onlyBody()).toEqual({
			status: 'monitoring',
			body: 'Wait',
			components: { [id(4)]: 'operational' },
			component_ids: [...row.componentIds, id(4)],
			deliver_notifications: true,
		});
		expect(output.latest_update).toMatchObject({ status: 'monitoring', body: 'Wait' });
		expect((await simulator.page()).incidents[row.row.id].updates).toHaveLength(2);
	});

	test('of a maintenance is not resolved', async () => {
		const result = await run(world, 'incident update', { ...incident(withStatus('in_progress')), status: 'resolved' });
		await expectRefused(
			simulator,
			result,
			/^'Status' must be one of Scheduled, In Progress, Verifying, Completed, because/,
		);
		expect(result.error?.description).toContain('completed');
	});

	test('of an incident does not get a status of maintenances', async () => {
		const result = await run(world, 'incident update', { ...incident(withStatus('identified')), status: 'verifying' });
		await expectRefused(simulator, result, /^'Status' must be one of Investigating, Identified, Monitoring, Resolved/);
	});

	test('closes incidents and maintenances with their own status', async () => {
		const items = [withStatus('investigating'), withStatus('in_progress')].map(({ row }) => ({ id: row.id }));
		const parameters = { incidentId: locator('id', '={{ $json.id }}'), status: 'closed' };
		const closed = await results(world, 'incident update', parameters, { items });
		expect(closed.map(({ status }) => status)).toEqual(['resolved', 'completed']);
	});

	test('of an incident with a postmortem has the form that its times show', async () => {
		const row = withStatus('identified');
		await simulator.fault({ kind: 'fields', set: { status: 'postmortem' }, match: { method: 'GET' } });
		const result = await run(world, 'incident update', { ...incident(row), status: 'completed' });
		await expectRefused(simulator, result, 'is a real-time incident');
	});

	test.each<[string, string, IDataObject, RegExp]>([
		['times', 'identified', { scheduledFor: '2031-01-01T00:00:00Z' }, /^'Scheduled For' does not apply/],
		['transitions', 'identified', { automaticTransitions: ['end'] }, /^'Automatic Transitions' does not apply/],
		['a reminder', 'identified', { remindPrior: true }, /^'Remind Before Start' does not apply/],
		['tweets', 'identified', { tweets: [] }, /^'Tweets' does not apply/],
		['reminders', 'scheduled', { reminderIntervals: 'off' }, /^'Reminders' does not apply/],
	])('with %s of the other form is rejected', async (_, status, updateFields, message) => {
		const result = await run(world, 'incident update', { ...incident(withStatus(status)), updateFields });
		await expectRefused(simulator, result, message);
	});

	test('has only the fields that were added', async () => {
		const updateFields = {
			impactOverride: 'none',
			metadata: '{"data": {"ticket": 5}}',
			name: 'New',
			reminderIntervals: 'default',
		};
		await results(world, 'incident update', { ...incident(withStatus('identified')), updateFields });
		expect(await onlyBody()).toEqual({
			name: 'New',
			impact_override: 'none',
			metadata: { data: { ticket: 5 } },
			reminder_intervals: null,
			deliver_notifications: true,
		});
	});

	test('without any change is rejected', async () => {
		await expectRefused(
			simulator,
			await run(world, 'incident update', incident(world.incidents[0])),
			"'Update Fields' is empty",
		);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('notifications', () => {
	test('that are off are sent as off, on creation and again in each update', async () => {
		const silent = { deliverNotifications: false };
		const [{ id: incidentId }] = await results(world, 'incident create', { name: 'Quiet', ...silent });
		await results(world, 'incident update', { incidentId, body: 'Still quiet', ...silent });
		expect((await writes()).map((entry) => bodyOf(entry).deliver_notifications)).toEqual([false, false]);
	});

	test('are on by default', async () => {
		const [{ id: incidentId }] = await results(world, 'incident create', { name: 'Loud' });
		await results(world, 'incident update', { incidentId, body: 'Still loud' });
		expect((await writes()).map((entry) => bodyOf(entry).deliver_notifications)).toEqual([true, true]);
	});

	test('of a backfilled incident are off', async () => {
		await results(world, 'incident create', { incidentType: 'backfilled', name: 'Old', backfillDate: '2025-12-24' });
		expect(await onlyBody()).toEqual({
			name: 'Old',
			backfilled: true,
			backfill_date: '2025-12-24',
			deliver_notifications: false,
		});
	});

	const NOBODY = /may then notify nobody/;
	test('without components may reach nobody, which a hint and the output say', async () => {
		const { items, hints } = await run(world, 'incident create', { name: 'Outage' });
		expect([hints.join(), items[0].note]).toEqual([expect.stringMatching(NOBODY), expect.stringMatching(NOBODY)]);
		const later = await run(world, 'incident update', { incidentId: items[0].id, body: 'More' });
		expect([later.hints.join(), later.items[0].note]).toEqual([
			expect.stringMatching(NOBODY),
			expect.stringMatching(NOBODY),
		]);
	});

	test.each<[string, () => Promise<IDataObject>]>([
		[
			'components',
			async () => (await results(world, 'incident create', { name: 'x', components: rows([0, 'major_outage']) }))[0],
		],
		[
			'notifications off',
			async () => (await results(world, 'incident create', { name: 'x', deliverNotifications: false }))[0],
		],
		[
			'own components',
			async () => (await results(world, 'incident update', { ...incident(world.incidents[0]), body: 'x' }))[0],
		],
		[
			'a new name only',
			async () =>
				(
					await results(world, 'incident update', { ...incident(withStatus('completed')), updateFields: { name: 'x' } })
				)[0],
		],
	])('do not cause the note with %s', async (_, act) => expect(await act()).not.toHaveProperty('note'));
});

describe('an incident', () => {
	test('has no impact unless it is set, and no status unless it is chosen', async () => {
		await results(world, 'incident create', {
			name: 'Outage',
			components: rows([0, 'major_outage'], [1, 'major_outage']),
		});
		expect(await onlyBody()).toEqual({
			name: 'Outage',
			component_ids: [id(0), id(1)],
			components: { [id(0)]: 'major_outage', [id(1)]: 'major_outage' },
			deliver_notifications: true,
		});
	});

	test('can be listed with 230 others, in pages of 100', async () => {
		await simulator.reset({ incidents: 230 });
		world = await worldOf(simulator);
		await simulator.clearLog();
		const all = await results(world, 'incident getMany', { returnAll: true, simplify: false });
		expect(all.map((row) => row.id)).toEqual(world.incidents.map(({ row }) => row.id));
		const open = await results(world, 'incident getMany', { returnAll: true, incidentList: 'unresolved' });
		expect(open).toHaveLength(116);
		for (const { path, query } of await simulator.log()) {
			const size = path.endsWith('/incidents') ? { limit: '100' } : { per_page: '100' };
			expect(query).toEqual({ page: expect.stringMatching(/^[1-9]$/), ...size });
		}
		await simulator.reset({ incidents: 8 });
	});

	test('shows its status and day in the picker, because names repeat', async () => {
		const parameters = { pageId: locator('id', world.pageId) };
		const { results: all } = await searchList(world.credential, 'searchIncidents', { parameters });
		expect(all.map(({ name }) => name).slice(0, 2)).toEqual([
			'API errors (investigating, 2026-01-05)',
			'Slow logins (identified, 2026-01-05)',
		]);
		const { results: some } = await searchList(world.credential, 'searchIncidents', {
			parameters,
			filter: 'in_progress',
		});
		expect(some.map(({ value }) => value)).toEqual([withStatus('in_progress').row.id]);
	});

	test('can be searched', async () => {
		const found = await results(world, 'incident getMany', { filters: { q: 'slow' } });
		expect(found.map(({ name }) => name)).toEqual(['Slow logins']);
	});

	test('is simplified with few fields and a short message', async () => {
		await open({ body: 'x'.repeat(20_000) });
		const [first] = await results(world, 'incident getMany', { limit: 1 });
		expect(String((first.latest_update as IDataObject).body)).toHaveLength(501);
		expect(JSON.stringify(first).length).toBeLessThan(1500);
	});

	test('without updates, components or metadata can be listed', async () => {
		await simulator.fault({
			kind: 'fields',
			drop: ['metadata', 'impact'],
			set: { components: null, incident_updates: null },
		});
		const [first] = await results(world, 'incident getMany', { limit: 1 });
		expect(first).toMatchObject({ id: world.incidents[0].row.id, components: [], latest_update: null });
	});
});

describe('a template', () => {
	const create = async (template: IDataObject) => {
		await simulator.send('POST', `/pages/${world.pageId}/incident_templates`, {
			body: { template: { name: 'Standard', title: 'Outage', body: 'We look into it.', ...template } },
		});
		await simulator.clearLog();
	};

	test('fills the fields that are empty', async () => {
		await create({ update_status: 'identified', component_ids: [id(0)], should_send_notifications: false });
		const { items } = await run(world, 'incident create', { incidentTemplateId: 'standard' });
		expect(await onlyBody()).toEqual({
			name: 'Outage',
			body: 'We look into it.',
			status: 'identified',
			component_ids: [id(0)],
			deliver_notifications: false,
		});
		expect(items[0]).not.toHaveProperty('note');
	});

	test('does not replace fields that are set', async () => {
		await create({ update_status: 'identified', component_ids: [id(0)] });
		await results(world, 'incident create', {
			incidentTemplateId: 'Standard',
			name: 'Mail is down',
			body: 'Own text',
			status: 'monitoring',
			components: rows([1, 'partial_outage']),
			deliverNotifications: false,
		});
		expect(await onlyBody()).toEqual({
			name: 'Mail is down',
			body: 'Own text',
			status: 'monitoring',
			component_ids: [id(1)],
			components: { [id(1)]: 'partial_outage' },
			deliver_notifications: false,
		});
	});

	test('that turns notifications off can be overruled', async () => {
		await create({ should_send_notifications: false });
		await results(world, 'incident create', {
			incidentTemplateId: 'Standard',
			options: { followTemplateNotifications: false },
		});
		expect(await onlyBody()).toMatchObject({ deliver_notifications: true });
	});

	test('for maintenances fills a maintenance, and no real-time incident', async () => {
		await create({ update_status: 'scheduled', component_ids: [id(0)] });
		const wrong = await run(world, 'incident create', { incidentTemplateId: 'Standard' });
		await expectRefused(simulator, wrong, /^'Template Name or ID' .*it is for maintenances/);
		await simulator.clearLog();
		await results(world, 'incident create', { ...MAINTENANCE, name: '', incidentTemplateId: 'Standard' });
		expect(await onlyBody()).toMatchObject({ name: 'Outage', status: 'scheduled', component_ids: [id(0)] });
	});

	test('that does not exist is an error', async () => {
		const wrong = await run(world, 'incident create', { incidentTemplateId: 'Nothing' });
		await expectRefused(simulator, wrong, /^'Template Name or ID' contains "Nothing", but no template/);
	});
});

describe('a dry run', () => {
	const dry = { options: { dryRun: true } };
	const readOnly = () => ({ credential: { ...world.credential, readOnly: true } });

	test('of a create shows the incident', async () => {
		const [output] = await results(world, 'incident create', { name: 'Outage', ...dry }, readOnly());
		expect(output).toEqual({
			dryRun: true,
			would: 'create incident',
			before: null,
			after: { name: 'Outage', deliver_notifications: true },
		});
	});

	test('of an update shows the incident and the change, and still rejects a wrong status', async () => {
		const row = withStatus('identified');
		const [output] = await results(
			world,
			'incident update',
			{ ...incident(row), status: 'closed', ...dry },
			readOnly(),
		);
		expect(output).toMatchObject({
			dryRun: true,
			would: 'update incident',
			before: { id: row.row.id, status: 'identified' },
			after: { status: 'resolved', deliver_notifications: true },
		});
		const { error } = await run(world, 'incident update', { ...incident(row), status: 'completed', ...dry });
		expect(error?.message).toContain("'Status' must be one of");
	});

	test('of a deletion shows the incident', async () => {
		const [row] = world.incidents;
		const [output] = await results(world, 'incident delete', { ...incident(row), ...dry }, readOnly());
		expect(output).toMatchObject({ dryRun: true, would: 'delete incident', before: { id: row.row.id }, after: null });
	});

	test.each<[string, IDataObject, string]>([
		['a new incident', { metadataValue: 'a9' }, 'create incident'],
		['an open incident', { metadataValue: 'a1' }, 'update incident'],
		['a recovery without an incident', { metadataValue: 'a9', status: 'resolved' }, 'do nothing'],
	])('of Create or Update shows what happens to %s', async (_, parameters, would) => {
		const [output] = await results(world, 'incident upsert', { name: 'CPU', ...parameters, ...dry }, readOnly());
		expect([output.dryRun, output.would]).toEqual([true, expect.stringContaining(would)]);
	});

	afterEach(async () => expect(await writes()).toEqual([]));
});
