import type { PageFilters } from '../../../../nodes/services/statuspage/pageWatch/pageFilters';
import { pageEvents, type PageState } from '../../../../nodes/services/statuspage/pageWatch/pageEvents';
import { ALL_EVENTS, readingOf, type ShownPage, type Told } from './pageHistory';

/** Reads the page again and again, with the state as JSON between. Returns the events of each reading in short. */
function told(pages: ShownPage[], filters: PageFilters = {}): string[][] {
	let state: PageState | undefined;
	return pages.map((page) => {
		const { events, next } = pageEvents(state, readingOf(page), { events: ALL_EVENTS, filters });
		state = JSON.parse(JSON.stringify(next)) as PageState;
		return events.map((output) => {
			const { event, incidentId, componentId, updateId, mayHaveMissed } = output;
			const change = `${String(output.oldIndicator ?? output.oldStatus ?? '')}>${String(output.newIndicator ?? output.newStatus ?? '')}`;
			return [event, incidentId ?? componentId, updateId, change, mayHaveMissed === true ? 'mayHaveMissed' : undefined]
				.filter((part) => part !== undefined && part !== null)
				.join(' ');
		});
	});
}

const A: Told = { id: 'i1', updates: ['u1 investigating'] };
const resolved: Told = { id: 'i1', updates: ['u1 investigating', 'u2 resolved'] };
const old = (count: number, from = 0): Told[] =>
	Array.from({ length: count }, (_, index) => ({ id: `old${from + index}`, updates: [`v${from + index} resolved`] }));

const open = (count: number): Told[] =>
	Array.from({ length: count }, (_, index) => ({ id: `open${index}`, updates: ['w investigating'] }));

test.each<[string, ShownPage[], string[][]]>([
	[
		'the first reading has no events',
		[{ indicator: 'major', components: { c1: 'major_outage' }, incidents: [A], maintenances: [A] }],
		[[]],
	],
	[
		'an incident is created and resolved, each once',
		[{}, { incidents: [A] }, { incidents: [A] }, { incidents: [resolved] }, { incidents: [resolved] }],
		[[], ['incidentCreated i1 u1 >investigating'], [], ['incidentResolved i1 u2 investigating>resolved'], []],
	],
	[
		'an open incident behind a green page',
		[{ components: { c1: 'operational' } }, { components: { c1: 'operational' }, incidents: [A] }],
		[[], ['incidentCreated i1 u1 >investigating']],
	],
	[
		'an incident that began and ended between two readings',
		[{}, { incidents: [resolved] }],
		[[], ['incidentCreated i1 u1 >investigating', 'incidentResolved i1 u2 investigating>resolved']],
	],
	[
		'several updates between two readings, with the same status',
		[
			{ incidents: [A] },
			{
				incidents: [{ id: 'i1', updates: ['u1 investigating', 'u2 investigating', 'u3 investigating', 'u4 resolved'] }],
			},
		],
		[
			[],
			[
				'incidentUpdated i1 u2 investigating>investigating',
				'incidentUpdated i1 u3 investigating>investigating',
				'incidentResolved i1 u4 investigating>resolved',
			],
		],
	],
	[
		'a maintenance is no incident, and only its status counts',
		[
			{},
			{ maintenances: [{ id: 'm1', updates: ['u1 scheduled'], impact: 'major' }] },
			{ maintenances: [{ id: 'm1', updates: ['u1 scheduled', 'u2 in_progress'], impact: 'major' }] },
			{ maintenances: [{ id: 'm1', updates: ['u1 scheduled', 'u2 in_progress', 'u3 verifying'] }] },
			{ maintenances: [{ id: 'm1', updates: ['u1 scheduled', 'u2 in_progress', 'u3 verifying', 'u4 completed'] }] },
		],
		[
			[],
			['maintenanceScheduled m1 u1 >scheduled'],
			['maintenanceStarted m1 u2 scheduled>in_progress'],
			['maintenanceUpdated m1 u3 in_progress>verifying'],
			['maintenanceCompleted m1 u4 verifying>completed'],
		],
	],
	[
		'the indicator and the components are told on their own; a new component has no old status',
		[
			{ components: { c1: 'operational', c2: 'operational' } },
			{ indicator: 'minor', components: { c1: 'operational', c2: 'operational' } },
			{ indicator: 'minor', components: { c1: 'major_outage', c2: 'operational', c3: 'major_outage' } },
			{ indicator: 'odd', components: { c1: 'operational', c2: 'operational', c3: 'major_outage' } },
		],
		[
			[],
			['indicatorChanged none>minor'],
			['componentStatusChanged c1 operational>major_outage'],
			['indicatorChanged minor>unknown', 'componentStatusChanged c1 major_outage>operational'],
		],
	],
	[
		'an open incident that vanished was removed, which a second reading confirms',
		[{ incidents: [A] }, {}, {}, {}],
		[[], [], ['incidentRemoved i1 investigating>'], []],
	],
	['an open incident that is missing once', [{ incidents: [A] }, {}, { incidents: [A] }, {}], [[], [], [], []]],
	[
		'an ended incident that vanishes and comes back',
		[{ incidents: [resolved] }, {}, {}, { incidents: [resolved] }],
		[[], [], [], []],
	],
	['a maintenance that vanishes', [{ maintenances: [{ id: 'm1', updates: ['u1 scheduled'] }] }, {}, {}], [[], [], []]],
	[
		'an older copy of an incident from a cache does not let its status fall back',
		[{ incidents: [resolved] }, { incidents: [A] }, { incidents: [resolved] }],
		[[], [], []],
	],
	[
		'feeds of different ages: the one with more updates counts',
		[{ incidents: [A] }, { incidents: [resolved], unresolved: [A] }, { incidents: [A], unresolved: [resolved] }],
		[[], ['incidentResolved i1 u2 investigating>resolved'], []],
	],
	[
		'an incident that is only among the unresolved ones',
		[{}, { incidents: [], unresolved: [A] }],
		[[], ['incidentCreated i1 u1 >investigating']],
	],
	[
		'an incident without updates',
		[{}, { incidents: [{ id: 'i1', updates: [], status: 'monitoring' }] }],
		[[], ['incidentCreated i1 >monitoring']],
	],
	[
		'more new incidents than the page shows',
		[{ incidents: old(50) }, { incidents: [A, ...old(49, 100)] }],
		[
			[],
			[
				...old(49, 100)
					.reverse()
					.flatMap(({ id, updates: [update] }) => [
						`incidentCreated ${id} ${update.split(' ')[0]} >resolved mayHaveMissed`,
						`incidentResolved ${id} ${update.split(' ')[0]} resolved>resolved mayHaveMissed`,
					]),
				'incidentCreated i1 u1 >investigating mayHaveMissed',
			],
		],
	],
	[
		'an old incident that comes back when a newer one is deleted is not new',
		[{ incidents: old(60) }, { incidents: old(60).slice(1) }, { incidents: [A, ...old(60).slice(3)] }],
		[[], [], ['incidentCreated i1 u1 >investigating']],
	],
	[
		'a long incident that is older than the 50 newest',
		[
			{ incidents: [...old(50), A] },
			{ incidents: [...old(51, 100), ...old(50), resolved].slice(48) },
			{ incidents: [...old(51, 100), ...old(50), resolved].slice(48) },
		],
		[
			[],
			old(3, 148)
				.reverse()
				.flatMap(({ id, updates: [update] }) => [
					`incidentCreated ${id} ${update.split(' ')[0]} >resolved`,
					`incidentResolved ${id} ${update.split(' ')[0]} resolved>resolved`,
				]),
			['incidentRemoved i1 investigating>'],
		],
	],
	[
		'an open incident that is missing because both feeds are full',
		[
			{ incidents: [...old(50), A] },
			...Array.from({ length: 3 }, () => ({ incidents: old(50), unresolved: open(50) })),
		],
		[
			[],
			open(50)
				.reverse()
				.map(({ id }) => `incidentCreated ${id} w >investigating`),
			[],
			[],
		],
	],
])('%s', (_, pages, events) => {
	expect(told(pages)).toEqual(events);
});

test('an older copy of the page from a cache changes no component, unless it stays', () => {
	const up = { updatedAt: '2026-11-30T10:05:00Z', components: { c1: 'major_outage' }, indicator: 'major' };
	const before = { updatedAt: '2026-11-30T10:00:00Z', components: { c1: 'operational' } };
	expect(told([before, up, before, up, before, before])).toEqual([
		[],
		['indicatorChanged none>major', 'componentStatusChanged c1 operational>major_outage'],
		[],
		[],
		[],
		['indicatorChanged major>none', 'componentStatusChanged c1 major_outage>operational'],
	]);
});

test('the output of a removal says whether the page could have shown the incident', () => {
	const reason = (pages: ShownPage[]) => {
		let state: PageState | undefined;
		let outputs: object[] = [];
		for (const page of pages) {
			const { events, next } = pageEvents(state, readingOf(page), { events: ALL_EVENTS, filters: {} });
			[state, outputs] = [next, events];
		}
		return outputs;
	};
	expect(reason([{ incidents: [A] }, {}, {}])).toEqual([
		expect.objectContaining({
			event: 'incidentRemoved',
			incidentId: 'i1',
			incidentName: 'Incident i1',
			oldStatus: 'investigating',
			newStatus: null,
			reason: expect.stringContaining('deleted') as string,
		}),
	]);
	const beyond = { incidents: [...old(50), resolved] };
	expect(reason([{ incidents: [...old(50), A] }, beyond, beyond])).toEqual([
		expect.objectContaining({ reason: expect.stringContaining('does not show whether') as string }),
	]);
});

describe('filters', () => {
	const api = (updates: string[], components: string[], impact = 'minor'): ShownPage => ({
		incidents: [{ id: 'i1', updates, components, impact }],
	});

	test('an incident that affects the component later is told from its beginning, and until its end without components', () => {
		expect(
			told(
				[
					{},
					api(['u1 investigating'], ['c2']),
					api(['u1 investigating'], ['c2', 'c1']),
					api(['u1 investigating', 'u2 resolved'], []),
				],
				{ components: ['name of C1'] },
			),
		).toEqual([[], [], ['incidentCreated i1 u1 >investigating'], ['incidentResolved i1 u2 investigating>resolved']]);
	});

	test('an incident that is older than the trigger is told from now on', () => {
		expect(
			told(
				[
					api(['u1 investigating'], ['c2']),
					api(['u1 investigating', 'u2 identified'], ['c2']),
					api(['u1 investigating', 'u2 identified', 'u3 monitoring'], ['c1']),
				],
				{ components: ['c1'] },
			),
		).toEqual([[], [], ['incidentUpdated i1 u3 identified>monitoring']]);
	});

	test('the impact can rise, and does not apply to maintenances', () => {
		expect(
			told(
				[
					{},
					{ ...api(['u1 investigating'], [], 'none'), maintenances: [{ id: 'm1', updates: ['u9 scheduled'] }] },
					api(['u1 investigating', 'u2 identified'], [], 'critical'),
				],
				{ impacts: ['critical'] },
			),
		).toEqual([
			[],
			['maintenanceScheduled m1 u9 >scheduled'],
			['incidentCreated i1 u1 >investigating', 'incidentUpdated i1 u2 investigating>identified'],
		]);
	});

	test('components by name or ID, and by new status', () => {
		const page = (c1: string, c2: string): ShownPage => ({ components: { c1, c2 } });
		expect(
			told(
				[
					page('operational', 'operational'),
					page('degraded_performance', 'major_outage'),
					page('major_outage', 'operational'),
				],
				{ components: ['C1', 'Name of c1'], newStatuses: ['major_outage'] },
			),
		).toEqual([[], [], ['componentStatusChanged c1 degraded_performance>major_outage']]);
	});
});

test('many updates are kept in short, and none is told again', () => {
	const life = Array.from({ length: 200 }, (_, index) => `w${index} monitoring`);
	const at = (count: number, end: string[] = []): ShownPage => ({
		incidents: [{ id: 'i1', updates: [...life.slice(0, count), ...end] }],
	});
	const events = told([
		at(1),
		at(150),
		at(150),
		at(200, ['e resolved']),
		at(200, ['e resolved']),
		at(200, ['e resolved', 'p postmortem']),
	]);
	expect(events.map(({ length }) => length)).toEqual([0, 149, 0, 51, 0, 1]);
});
