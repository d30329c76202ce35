import fc from 'fast-check';
import { incidentEvents, type KnownIncident } from '../../../../nodes/services/statuspage/events/incidentEvents';
import { incidentReading, type IncidentReading } from '../../../../nodes/services/statuspage/events/incidentReading';

type Update = [id: string, status: string];

/** An incident with these updates, the oldest first, as in the order of their publication. */
function incident(status: string, ...updates: Update[]): IncidentReading {
	const newestFirst = [...updates].reverse().map(([id, state]) => ({ id, status: state, body: `text of ${id}` }));
	return incidentReading({ id: 'i1', name: 'API down', status, incident_updates: newestFirst });
}

function maintenance(status: string, ...updates: Update[]): IncidentReading {
	return { ...incident(status, ...updates), isMaintenance: true };
}

/** Reads the incident again and again. Returns the events of each reading as "name update old>new". */
function told(...readings: Array<IncidentReading | [IncidentReading, 'delivered']>): string[][] {
	let known: KnownIncident | undefined;
	return readings.map((entry) => {
		const [reading, how] = Array.isArray(entry) ? entry : [entry];
		const result = incidentEvents(known, reading, how !== 'delivered');
		known = JSON.parse(JSON.stringify(result.known)) as KnownIncident;
		return result.events.map(
			({ event, update, oldStatus, newStatus }) => `${event} ${update?.id ?? '-'} ${oldStatus ?? ''}>${newStatus}`,
		);
	});
}

const A: Update = ['a', 'investigating'];
const B: Update = ['b', 'investigating'];
const C: Update = ['c', 'resolved'];

test('an incident is created, updated and resolved, each once', () => {
	expect(told(incident('investigating', A), incident('investigating', A, B), incident('resolved', A, B, C))).toEqual([
		['incidentCreated a >investigating'],
		['incidentUpdated b investigating>investigating'],
		['incidentResolved c investigating>resolved'],
	]);
});

test('several updates between two readings are told in their order, and only once', () => {
	const updates: Update[] = [A, ['b', 'investigating'], ['c', 'identified'], ['d', 'resolved']];
	expect(
		told(incident('investigating', A), incident('resolved', ...updates), incident('resolved', ...updates)),
	).toEqual([
		['incidentCreated a >investigating'],
		[
			'incidentUpdated b investigating>investigating',
			'incidentUpdated c investigating>identified',
			'incidentResolved d identified>resolved',
		],
		[],
	]);
});

test.each<[string, IncidentReading[], string[][]]>([
	[
		'a backfilled incident has one update, with a status that is not the one of the incident',
		[incident('resolved', A), incident('resolved', A)],
		[['incidentCreated a >investigating', 'incidentResolved a investigating>resolved'], []],
	],
	[
		'an incident without updates',
		[incident('monitoring'), incident('resolved')],
		[['incidentCreated - >monitoring'], ['incidentResolved - monitoring>resolved']],
	],
	[
		'a postmortem after the end is an update',
		[incident('resolved', A, C), incident('postmortem', A, C, ['d', 'postmortem'])],
		[
			['incidentCreated a >investigating', 'incidentResolved c investigating>resolved'],
			['incidentUpdated d resolved>postmortem'],
		],
	],
	[
		'a reopened incident can be resolved again',
		[
			incident('resolved', A, C),
			incident('investigating', A, C, ['d', 'investigating']),
			incident('resolved', A, C, ['d', 'investigating'], ['e', 'resolved']),
		],
		[
			['incidentCreated a >investigating', 'incidentResolved c investigating>resolved'],
			['incidentUpdated d resolved>investigating'],
			['incidentResolved e investigating>resolved'],
		],
	],
	[
		'an update that is published late does not reopen the incident',
		[incident('resolved', A, C), incident('resolved', A, ['late', 'monitoring'], C)],
		[
			['incidentCreated a >investigating', 'incidentResolved c investigating>resolved'],
			['incidentUpdated late resolved>resolved'],
		],
	],
	[
		'an unknown status is open',
		[incident('investigating', A), incident('paused', A, ['b', 'paused']), incident('resolved', A, ['b', 'paused'], C)],
		[
			['incidentCreated a >investigating'],
			['incidentUpdated b investigating>paused'],
			['incidentResolved c paused>resolved'],
		],
	],
	[
		'a status that changes without an update',
		[incident('investigating', A), incident('identified', A), incident('investigating', A), incident('resolved', A)],
		[
			['incidentCreated a >investigating'],
			['incidentUpdated - investigating>identified'],
			['incidentUpdated - identified>investigating'],
			['incidentResolved a investigating>resolved'],
		],
	],
	[
		'a maintenance is scheduled, started, updated and completed',
		[
			maintenance('scheduled', ['a', 'scheduled']),
			maintenance('in_progress', ['a', 'scheduled'], ['b', 'in_progress']),
			maintenance('verifying', ['a', 'scheduled'], ['b', 'in_progress'], ['c', 'verifying']),
			maintenance('completed', ['a', 'scheduled'], ['b', 'in_progress'], ['c', 'verifying'], ['d', 'completed']),
		],
		[
			['maintenanceScheduled a >scheduled'],
			['maintenanceStarted b scheduled>in_progress'],
			['maintenanceUpdated c in_progress>verifying'],
			['maintenanceCompleted d verifying>completed'],
		],
	],
	[
		'a maintenance that began before it was read the first time',
		[maintenance('in_progress', ['a', 'in_progress'])],
		[['maintenanceScheduled a >in_progress', 'maintenanceStarted a in_progress>in_progress']],
	],
	[
		'a maintenance that is canceled was not started',
		[maintenance('scheduled', ['a', 'scheduled']), maintenance('completed', ['a', 'scheduled'], ['b', 'completed'])],
		[['maintenanceScheduled a >scheduled'], ['maintenanceCompleted b scheduled>completed']],
	],
])('%s', (_, readings, events) => {
	expect(told(...readings)).toEqual(events);
});

test('a delivery that arrives late tells only what is not known, and the status does not fall back', () => {
	expect(
		told(
			[incident('resolved', A, B, C), 'delivered'],
			[incident('investigating', A), 'delivered'],
			[incident('investigating', A, B), 'delivered'],
			incident('resolved', A, B, C),
		),
	).toEqual([
		[
			'incidentCreated a >investigating',
			'incidentUpdated b investigating>investigating',
			'incidentResolved c investigating>resolved',
		],
		[],
		[],
		[],
	]);
});

const statuses = fc.constantFrom('investigating', 'identified', 'monitoring', 'resolved', 'postmortem', 'odd');

test('in any life of an incident, each update has one event, and the end is told once per time that it ends', () => {
	fc.assert(
		fc.property(
			fc.array(statuses, { minLength: 1, maxLength: 8 }),
			fc.array(fc.nat(7), { maxLength: 6 }),
			(life, stops) => {
				const updates = life.map((status, index): Update => [`u${index}`, status]);
				const cuts = [...new Set([...stops.map((stop) => (stop % life.length) + 1), life.length])].sort(
					(a, b) => a - b,
				);
				const readings = cuts.flatMap((cut) => {
					const reading = incident(life[cut - 1], ...updates.slice(0, cut));
					return [reading, reading];
				});
				const events = told(...readings).flat();
				const updatesOf = (name: string) => events.filter((event) => event.startsWith(name));
				expect(updatesOf('incidentCreated')).toHaveLength(1);
				const isEnd = (status: string | undefined) => status === 'resolved' || status === 'postmortem';
				const ends = life.filter((status, index) => isEnd(status) && !isEnd(life[index - 1])).length;
				expect(updatesOf('incidentResolved')).toHaveLength(ends);
				const ids = events.map((event) => event.split(' ')[1]);
				expect([...new Set(ids)]).toEqual(updates.map(([id]) => id));
				const twice = isEnd(life[0]) ? 1 : 0;
				expect(ids).toHaveLength(life.length + twice);
			},
		),
	);
});

test('deliveries in any order and number tell each update once', () => {
	fc.assert(
		fc.property(
			fc.array(statuses, { minLength: 1, maxLength: 6 }),
			fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }),
			(life, order) => {
				const updates = life.map((status, index): Update => [`u${index}`, status]);
				const deliveries = order.map((stop) => {
					const length = (stop % life.length) + 1;
					return [incident(life[length - 1], ...updates.slice(0, length)), 'delivered'] as [
						IncidentReading,
						'delivered',
					];
				});
				const events = told(...deliveries).flat();
				const ids = events
					.filter((event) => !event.startsWith('incidentResolved u0 '))
					.map((event) => event.split(' ')[1]);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toHaveLength(Math.max(...order.map((stop) => (stop % life.length) + 1)));
			},
		),
	);
});

describe('a reading', () => {
	const row = { id: 'i1', name: 'N', status: 'resolved' };
	const update = (id: string, affected: unknown) => ({ id, status: 'x', body: 'b', affected_components: affected });

	test('takes the components of the newest update that names any if the incident has none', () => {
		const incident_updates = [
			update('u3', null),
			update('u2', [{ name: 'No components were affected by this update.' }]),
			update('u1', [{ code: 'c1', name: 'Group - API' }]),
			update('u0', [{ code: 'c1' }, { code: 'c2' }]),
		];
		expect(incidentReading({ ...row, components: [], incident_updates }).components).toEqual([
			{ id: 'c1', name: 'Group - API' },
		]);
		expect(incidentReading({ ...row, components: [{ id: 'c9', name: 'Web' }], incident_updates }).components).toEqual([
			{ id: 'c9', name: 'Web' },
		]);
	});

	test.each([undefined, null, 'x', [], [null, 1, {}, { id: '' }]])('accepts %j as updates and components', (value) => {
		const reading = incidentReading({ ...row, incident_updates: value, components: value });
		expect(reading).toMatchObject({ updates: [], components: [], impact: null, isMaintenance: false });
	});

	test('is a maintenance if it has a start', () => {
		expect(incidentReading({ ...row, scheduled_for: '2026-12-01T00:00:00Z' }).isMaintenance).toBe(true);
		expect(incidentReading({ ...row, scheduled_for: null }).isMaintenance).toBe(false);
	});
});
