import type { Workflow } from '../host/n8n.mts';
import { example } from '../start/examples.mts';
import type { SimulatedIncident, SimulatedState } from '../start/simulated.mts';
import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import type { Session } from './session.mts';
import { waitFor } from './waitFor.mts';

const ALERT = 'incident-from-alert';
const CALENDAR = 'maintenance-from-calendar';

/** Nodes that belong to other services, or wait for them. */
const OUTSIDE = /^n8n-nodes-base\.(slack|webhook|googleCalendarTrigger)$/;

type Outputs = Record<string, object>;

/** A run of an example with pinned outputs. */
interface Scenario {
	/** ID of the workflow. */
	id: string;
	example: string;
	/** The trigger that the run starts from. */
	trigger: string;
	/** Output of outside nodes by name. The others return an empty item. */
	outputs: Outputs;
	/** How the execution has to end. */
	status: 'success' | 'error';
}

type Page = SimulatedState['pages'][string];

/** Three pairs of components with names of their own, because the alerts and the event contain names. */
function componentPairs({ components }: Page) {
	const rows = Object.values(components).filter(({ group }) => !group);
	const unique = rows.filter(({ name }) => rows.filter((row) => row.name === name).length === 1).slice(-6);
	if (unique.length < 6) throw new Error('The simulator has too few components for the examples');
	return [unique.slice(0, 2), unique.slice(2, 4), unique.slice(4, 6)] as const;
}

const alert = (id: string, body: object, approved: boolean, status: Scenario['status'] = 'success'): Scenario => ({
	id,
	example: ALERT,
	trigger: 'Alert received',
	outputs: { 'Alert received': { body }, 'Ask in Slack': { data: { approved } } },
	status,
});

const calendar = (id: string, trigger: string, event: object, status: Scenario['status'] = 'success'): Scenario => ({
	id,
	example: CALENDAR,
	trigger,
	outputs: { [trigger]: event },
	status,
});

const FIRST = { start: { dateTime: '2031-05-10T22:00:00-05:00' }, end: { dateTime: '2031-05-11T06:00:00+02:00' } };
const MOVED = { start: { dateTime: '2031-05-12T22:00:00Z' }, end: { dateTime: '2031-05-12T23:30:00Z' } };

function scenariosFor(page: Page) {
	const [kept, resolved, planned] = componentPairs(page).map((pair) => pair.map(({ name }) => name));
	const event = {
		id: 'e2e-event',
		summary: 'Upgrade',
		description: `New disks.<br>Components: ${planned?.join(', ')}`,
	};
	return {
		opened: alert('alert-opened', { id: 'e2e-1', title: 'CPU', severity: 'critical', components: kept }, false),
		again: alert('alert-again', { id: 'e2e-1', title: 'CPU', severity: 'warning', components: kept }, true),
		resolved: alert('alert-resolved', { id: 'e2e-2', title: 'Disk', severity: 'critical', components: resolved }, true),
		unknown: alert('alert-unknown', { id: 'e2e-3', title: 'Disk', components: ['No such component'] }, true, 'error'),
		created: calendar('event-created', 'Event created', { ...event, ...FIRST }),
		moved: calendar('event-moved', 'Event updated', { ...event, ...MOVED }),
		cancelled: calendar('event-cancelled', 'Event cancelled', { id: 'e2e-event', status: 'cancelled' }),
		incomplete: calendar('event-incomplete', 'Event created', { ...FIRST, id: 'e2e-other', summary: 'Other' }, 'error'),
	};
}

async function pinned({ id, example: name, outputs }: Scenario, choices: Trial['choices']): Promise<Workflow> {
	const workflow = await example(name, choices);
	const outside = workflow.nodes.filter(({ type }) => OUTSIDE.test(type)).map((node) => node.name);
	const pinData = Object.fromEntries(outside.map((node) => [node, [{ json: outputs[node] ?? {} }]]));
	return { ...workflow, id, name: `${workflow.name} (${id})`, pinData };
}

async function pageOf({ simulator, choices }: Trial): Promise<Page> {
	const page = (await simulator.state()).pages[choices.page.id];
	if (!page) throw new Error(`The simulator has no page ${choices.page.id}`);
	return page;
}

/** Imports both examples with pinned outside nodes, once per run, before n8n starts. */
export async function prepareIncidentExamples(trial: Trial): Promise<void> {
	const scenarios = Object.values(scenariosFor(await pageOf(trial)));
	await trial.n8n.importWorkflows(
		await Promise.all(scenarios.map(async (scenario) => await pinned(scenario, trial.choices))),
	);
}

/** The incidents with this value in their metadata. */
function incidentsWith(page: Page, group: string, key: string, value: string): SimulatedIncident[] {
	return Object.values(page.incidents).filter(
		({ row }) => (row.metadata as Record<string, Record<string, unknown>> | null)?.[group]?.[key] === value,
	);
}

/** Status, notifications and message of each update, oldest first. */
const updatesOf = ({ updates }: SimulatedIncident) =>
	[...updates].reverse().map(({ status, deliver_notifications: delivers, body }) => [status, delivers, body]);

/** A sentence if the values differ. */
function different(actual: unknown, wanted: unknown): string | undefined {
	const [is, should] = [actual, wanted].map((value) => JSON.stringify(value));
	return is === should ? undefined : `the page has ${is}, not ${should}`;
}

const OPENED = ['investigating', true, 'We are investigating a disruption.'];
const RESOLVED = ['resolved', true, 'This incident has been resolved.'];
const PLANNED = ['scheduled', true, 'New disks.'];

/** An alert and a calendar event, from their arrival to the page. All but the nodes of other services runs in n8n. */
export async function checkIncidentExamples(session: Session, trial: Trial): Promise<Check[]> {
	const before = await pageOf(trial);
	const scenarios = scenariosFor(before);
	const [kept, resolved, planned] = componentPairs(before);
	const statuses = (page: Page, rows: typeof kept) => rows.map(({ id }) => page.components[id]?.status);
	/** Runs a scenario, and compares the page after it. */
	const after = async (what: string, { id, trigger, status }: Scenario, problem: (page: Page) => string | undefined) =>
		await check(what, async () => {
			const executionId = await session.run(id, trigger);
			const ended = await waitFor(`the end of ${id}`, async () =>
				(await session.executions(id)).find(
					(execution) => execution.id === executionId && ['success', 'error', 'crashed'].includes(execution.status),
				),
			);
			if (ended.status !== status) return `the execution ended with ${ended.status}`;
			return problem(await pageOf(trial));
		});
	const alerts = (page: Page, value: string) => incidentsWith(page, 'data', 'alert', value);
	const events = (page: Page, value: string) => incidentsWith(page, 'calendar', 'event', value);
	const times = ({ row }: SimulatedIncident) => [row.scheduled_for, row.scheduled_until];
	return [
		await after('an alert opens an incident from a template, and Keep Open changes nothing', scenarios.opened, (page) =>
			different(
				[alerts(page, 'e2e-1').map(updatesOf), statuses(page, kept)],
				[[[OPENED]], ['major_outage', 'major_outage']],
			),
		),
		await after('an alert that fires again opens no incident and posts no update', scenarios.again, (page) =>
			different(
				[alerts(page, 'e2e-1').map(updatesOf), statuses(page, kept)],
				[[[OPENED]], ['degraded_performance', 'degraded_performance']],
			),
		),
		await after('the button in Slack resolves the incident and its components', scenarios.resolved, (page) =>
			different(
				[alerts(page, 'e2e-2').map(updatesOf), statuses(page, resolved)],
				[[[OPENED, RESOLVED]], ['operational', 'operational']],
			),
		),
		await after(
			'an alert for an unknown component opens no incident, and the execution fails',
			scenarios.unknown,
			(page) => different(alerts(page, 'e2e-3').length, 0),
		),
		await after('a calendar event becomes a maintenance that changes no component yet', scenarios.created, (page) =>
			different(
				[
					events(page, 'e2e-event').map((row) => [updatesOf(row), times(row), row.componentIds]),
					statuses(page, planned),
				],
				[
					[[[PLANNED], ['2031-05-11T03:00:00.000Z', '2031-05-11T04:00:00.000Z'], planned.map(({ id }) => id)]],
					statuses(before, planned),
				],
			),
		),
		await after('a moved event moves its maintenance', scenarios.moved, (page) =>
			different(
				events(page, 'e2e-event').map((row) => [row.updates.length, times(row)]),
				[[2, ['2031-05-12T22:00:00.000Z', '2031-05-12T23:30:00.000Z']]],
			),
		),
		await after('a cancelled event completes its maintenance', scenarios.cancelled, (page) =>
			different(
				events(page, 'e2e-event').map((row) => [row.updates.length, ...(updatesOf(row).at(-1) ?? [])]),
				[[3, 'completed', true, 'This maintenance was cancelled.']],
			),
		),
		await after('an event without components creates nothing, and the execution fails', scenarios.incomplete, (page) =>
			different(events(page, 'e2e-other').length, 0),
		),
	];
}
