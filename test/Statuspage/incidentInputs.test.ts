import type { IDataObject } from 'n8n-workflow';
import { toReminderIntervals } from '../../nodes/Statuspage/actions/incident/incidentBody';
import { expectRefused } from '../support/refused';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
	simulator = await startSimulator({ limit: 100_000 });
	world = await worldOf(simulator);
});
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.clearLog());

/** Without a request, so also before names are resolved. */
async function expectRefusedAtOnce(name: string, parameters: IDataObject, message: RegExp): Promise<void> {
	await expectRefused(simulator, await run(world, name, parameters), message);
	expect(await simulator.log()).toEqual([]);
}

const MAINTENANCE = {
	incidentType: 'scheduled',
	name: 'Upgrade',
	scheduledFor: '2031-02-01T10:00:00Z',
	scheduledUntil: '2031-02-01T12:00:00Z',
};
const more = (additionalFields: IDataObject) => ({ name: 'x', additionalFields });

test.each<[string, IDataObject, RegExp]>([
	['an unknown type', { name: 'x', incidentType: 'outage' }, /^'Type' must be one of Backfilled, Real-Time/],
	['no name', {}, /^'Name' is empty/],
	['a blank name', { name: '  ' }, /^'Name' is empty/],
	['a name that is an object', { name: '={{ ({ a: 1 }) }}' }, /^'Name' must be text/],
	['a long name', { name: 'ä'.repeat(256) }, /^'Name' has 256 characters, but Statuspage accepts at most 255/],
	['a long message', { name: 'x', body: 'x'.repeat(25_001) }, /^'Message' has 25,001 characters, .* at most 25,000/],
	['an unknown status', { name: 'x', status: 'broken' }, /^'Status' must be one of/],
	['a status of maintenances', { name: 'x', status: 'completed' }, /^'Status' must be one of/],
	[
		'a maintenance status of incidents',
		{ ...MAINTENANCE, maintenanceStatus: 'resolved' },
		/^'Maintenance Status' must be/,
	],
	[
		'notifications that are a word',
		{ name: 'x', deliverNotifications: 'maybe' },
		/^'Deliver Notifications' must be true/,
	],
	['a maintenance without a start', { ...MAINTENANCE, scheduledFor: '' }, /^'Scheduled For' is empty/],
	['a maintenance without an end', { ...MAINTENANCE, scheduledUntil: '' }, /^'Scheduled Until' is empty/],
	['a backfilled incident without a date', { incidentType: 'backfilled', name: 'x' }, /^'Date' is empty/],
	['a start that is a word', { ...MAINTENANCE, scheduledFor: 'tomorrow' }, /^'Scheduled For' must be a valid date/],
	[
		'a start on 31 February',
		{ ...MAINTENANCE, scheduledFor: '2031-02-31T10:00:00Z' },
		/^'Scheduled For' must be a valid/,
	],
	[
		'an end that is undefined',
		{ ...MAINTENANCE, scheduledUntil: '={{ $json.no }}' },
		/^'Scheduled Until' must be a valid/,
	],
	[
		'an end before the start',
		{ ...MAINTENANCE, scheduledUntil: '2031-02-01T09:00:00Z' },
		/^'Scheduled Until' is 2031-02-01T.* must be after/,
	],
	[
		'an unknown transition',
		{ ...MAINTENANCE, automaticTransitions: ['never'] },
		/^'Automatic Transitions' must be one/,
	],
	[
		'a day that does not exist',
		{ incidentType: 'backfilled', name: 'x', backfillDate: '2025-02-30' },
		/^'Date' must be/,
	],
	[
		'a day in the future',
		{ incidentType: 'backfilled', name: 'x', backfillDate: '2999-01-01' },
		/^'Date' is 2999-01-01/,
	],
	['an unknown impact', more({ impactOverride: 'huge' }), /^'Impact Override' must be one of/],
	[
		'flat metadata',
		more({ metadata: '{"alert": "a1"}' }),
		/^'Metadata' must contain objects only, but "alert" is the text "a1"/,
	],
	['metadata with a list', more({ metadata: { data: [1] } }), /^'Metadata' must contain objects only/],
	['metadata with null', more({ metadata: { data: null } }), /^'Metadata' must contain objects only/],
	['metadata that is a list', more({ metadata: '[1]' }), /^'Metadata' must be a JSON object/],
	['metadata that is no JSON', more({ metadata: '{a' }), /^'Metadata' must be a JSON object/],
	['reminders out of order', more({ reminderIntervals: '5, 1' }), /^'Reminders' must be increasing hours/],
	['reminders as a list', more({ reminderIntervals: '={{ [1, 5] }}' }), /^'Reminders' must be text/],
])('create rejects %s before any request', async (_, parameters, message) => {
	await expectRefusedAtOnce('incident create', parameters, message);
});

test.each<[string, IDataObject, RegExp]>([
	['an unknown status', { status: 'done' }, /^'Status' must be one of Closed, Completed/],
	['a long name', { updateFields: { name: 'x'.repeat(256) } }, /^'Name' has 256 characters/],
	['an empty name', { updateFields: { name: '' } }, /^'Name' is empty/],
	['a long message', { body: 'x'.repeat(25_001) }, /^'Message' has 25,001/],
	['an empty message from an expression', { body: '={{ "" }}' }, /^'Message' is empty/],
	[
		'an end before the start',
		{ updateFields: { scheduledFor: MAINTENANCE.scheduledUntil, scheduledUntil: MAINTENANCE.scheduledFor } },
		/^'Scheduled Until' is 2031-02-01T.* must be after/,
	],
	['an empty time', { updateFields: { scheduledFor: '' } }, /^'Scheduled For' is empty/],
	['flat metadata', { updateFields: { metadata: { a: 1 } } }, /^'Metadata' must contain objects only/],
	['reminders of 25 hours', { updateFields: { reminderIntervals: '25' } }, /^'Reminders' must be/],
	[
		'a row without components',
		{ components: { component: [{ componentIds: '={{ [] }}', status: 'operational' }] } },
		/'Component Names or IDs'/,
	],
	['no change', {}, /^'Update Fields' is empty/],
])('update rejects %s before any request', async (_, parameters, message) => {
	const incident = { incidentId: locator('id', world.incidents[0].row.id) };
	await expectRefusedAtOnce('incident update', { ...incident, ...parameters }, message);
});

test.each<[string, IDataObject, RegExp]>([
	['no value', { metadataValue: '={{ $json.no }}' }, /^'Metadata Value' must be text, not undefined/],
	['a key with three parts', { metadataKey: 'a.b.c', metadataValue: 'x' }, /^'Metadata Key' must be a name/],
	['a key with an empty part', { metadataKey: 'data.', metadataValue: 'x' }, /^'Metadata Key' must be a name/],
	['a status of maintenances', { metadataValue: 'x', status: 'completed' }, /^'Status' must be one of/],
])('Create or Update rejects %s before any request', async (_, parameters, message) => {
	await expectRefusedAtOnce('incident upsert', { name: 'x', ...parameters }, message);
});

test.each<[string, IDataObject, RegExp]>([
	['an ID that is a path', { incidentUpdateId: '../x', updateFields: { body: 'x' } }, /^'Update ID' /],
	['no fields', { incidentUpdateId: 'abc', updateFields: {} }, /^'Update Fields' is empty/],
	['an empty text', { incidentUpdateId: 'abc', updateFields: { body: '' } }, /^'Message' is empty/],
	[
		'a time that is a word',
		{ incidentUpdateId: 'abc', updateFields: { displayAt: 'now' } },
		/^'Displayed Time' must be/,
	],
])('Edit Update rejects %s before any request', async (_, parameters, message) => {
	await expectRefusedAtOnce(
		'incident editUpdate',
		{ incidentId: locator('id', world.incidents[0].row.id), ...parameters },
		message,
	);
});

test.each<[string, string | null]>([
	['default', null],
	['Off', '[]'],
	['[]', '[]'],
	['4', '4'],
	['every 4 hours', '4'],
	['24', '24'],
	['1, 5, 7', '[1,5,7]'],
	['[1,5,7]', '[1,5,7]'],
	['[4]', '[4]'],
])('the reminders %s are sent as %s', (text, sent) => expect(toReminderIntervals(text)).toBe(sent));

test.each(['0', '25', '1, 25', '0, 5', '5, 3', '3, 3', '1.5', '-1', '1,', 'never', '[1', '1; 5', '1e1'])(
	'the reminders %s are not understood',
	(text) => expect(toReminderIntervals(text)).toBeUndefined(),
);

test('a component has only one new status', async () => {
	const [{ id, name }] = world.components;
	const rows = (second: string) => ({
		name: 'x',
		components: {
			component: [
				{ componentIds: [id], status: 'major_outage' },
				{ componentIds: [name], status: second },
			],
		},
	});
	const wrong = await run(world, 'incident create', rows('operational'));
	await expectRefused(simulator, wrong, new RegExp(`^'Components' gives component ${id} two statuses`));
	expect((await run(world, 'incident create', rows('major_outage'))).error).toBeUndefined();
});

test('a row takes a list of components from an expression', async () => {
	const items = [{ list: world.components.slice(0, 3).map(({ name }) => name) }];
	const components = { component: [{ componentIds: '={{ $json.list }}', status: 'partial_outage' }] };
	const {
		items: [output],
	} = await run(world, 'incident create', { name: 'x', components }, { items });
	expect(output.components).toHaveLength(3);
});
