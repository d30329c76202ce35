import fc from 'fast-check';
import type { PageFilters } from '../../../../nodes/services/statuspage/pageWatch/pageFilters';
import {
	watchPages,
	type PageResult,
	type WatchState,
} from '../../../../nodes/services/statuspage/pageWatch/watchPages';
import { ALL_EVENTS, readingOf, type ShownPage, type Told } from './pageHistory';

const NOW = '2026-11-30T12:00:00.000Z';
const settings = (filters: PageFilters = {}) => ({ events: ALL_EVENTS, filters, unreachableAfter: 2, now: NOW });

/** Pages by address. A text is a problem. */
type Shown = Record<string, ShownPage | string>;

function resultsOf(pages: Shown): PageResult[] {
	return Object.entries(pages).map(([name, page]) => ({
		entered: name,
		url: `https://${name}`,
		...(typeof page === 'string' ? { problem: page } : { reading: readingOf(page) }),
	}));
}

/** Polls again and again, with the state as JSON between. Returns the events of each poll as "address event". */
function told(polls: Shown[], filters: PageFilters[] = []): string[][] {
	let state: WatchState | undefined;
	return polls.map((pages, index) => {
		const { events, next } = watchPages(state, resultsOf(pages), settings(filters[index]));
		state = JSON.parse(JSON.stringify(next)) as WatchState;
		return events.map(({ pageAddress, event }) => `${String(pageAddress)} ${String(event)}`);
	});
}

const A: Told = { id: 'i1', updates: ['u1 investigating'] };
const withA: ShownPage = { incidents: [A] };

test('a page that is unreachable is told once after two polls, and so is its return; its incidents are not', () => {
	expect(told([{ a: withA }, { a: 'no' }, { a: withA }, { a: 'no' }, { a: 'no' }, { a: 'no' }, { a: withA }])).toEqual([
		[],
		[],
		[],
		[],
		['a pageUnreachable'],
		[],
		['a pageReachable'],
	]);
});

test('a page that is unreachable from the start has its first reading later', () => {
	expect(told([{ a: 'no' }, { a: 'no' }, { a: withA }, { a: {} }, { a: {} }])).toEqual([
		[],
		['a pageUnreachable'],
		['a pageReachable'],
		[],
		['a incidentRemoved'],
	]);
});

test('what happened during an outage is told after it', () => {
	expect(told([{ a: {} }, { a: 'no' }, { a: 'no' }, { a: withA }])[3]).toEqual([
		'a pageReachable',
		'a incidentCreated',
	]);
});

test('the output of a page that cannot be read says what was found, and since when', () => {
	let state = watchPages(undefined, resultsOf({ a: {} }), settings()).next;
	state = watchPages(state, resultsOf({ a: 'odd' }), { ...settings(), now: '2026-11-30T11:59:00.000Z' }).next;
	const { events, next } = watchPages(state, resultsOf({ a: 'It shows HTML. Check it' }), settings());
	expect(events).toEqual([
		{
			event: 'pageUnreachable',
			pageId: 'abcdefghijkl',
			pageName: 'Acme',
			pageUrl: 'https://status.acme.test',
			reason: 'It shows HTML. Check it',
			since: '2026-11-30T11:59:00.000Z',
			pageAddress: 'a',
			pageUpdatedAt: null,
		},
	]);
	expect(watchPages(next, resultsOf({ a: {} }), settings()).events).toEqual([
		expect.objectContaining({ event: 'pageReachable', since: '2026-11-30T11:59:00.000Z' }),
	]);
});

test('another page behind the same address is a page that cannot be read, and the state stays', () => {
	const other = { ...withA, id: 'zzzzzzzzzzzz' };
	expect(told([{ a: {} }, { a: other }, { a: other }, { a: withA }])).toEqual([
		[],
		[],
		['a pageUnreachable'],
		['a pageReachable', 'a incidentCreated'],
	]);
});

test('a page that is added has its own first reading, and one that is removed is forgotten', () => {
	const second = (page: ShownPage) => ({ ...page, id: 'bbbbbbbbbbbb' });
	expect(
		told([
			{ a: {} },
			{ a: {}, b: second(withA) },
			{ a: withA, b: second({}) },
			{ b: second({}) },
			{ a: {}, b: second({}) },
		]),
	).toEqual([[], [], ['a incidentCreated'], ['b incidentRemoved'], []]);
	const { next } = watchPages(undefined, resultsOf({ a: {}, b: second({}) }), settings());
	expect(Object.keys(watchPages(next, resultsOf({ b: second({}) }), settings()).next.pages)).toEqual(['bbbbbbbbbbbb']);
});

test('two addresses of one page have each event once, also while one of them fails', () => {
	expect(
		told([
			{ a: {}, b: {} },
			{ a: 'no', b: withA },
			{ a: withA, b: 'no' },
			{ a: withA, b: withA },
		]),
	).toEqual([[], ['b incidentCreated'], [], []]);
});

test('other filters apply to what happens from then on', () => {
	const page = (components: string[], updates = ['u1 investigating']): Shown => ({
		a: { incidents: [{ id: 'i1', updates, components }] },
	});
	const [api, web] = [{ components: ['c1'] }, { components: ['c2'] }];
	expect(
		told(
			[{ a: {} }, page(['c2']), page(['c2']), page(['c2'], ['u1 investigating', 'u2 identified'])],
			[api, api, web, web],
		),
	).toEqual([[], [], [], ['a incidentUpdated']]);
});

test('events that were not chosen before begin with their own first reading', () => {
	const choose = (event: (typeof ALL_EVENTS)[number]) => ({ ...settings(), events: [event] });
	const reading = (page: ShownPage, part: 'components' | 'incidents'): PageResult[] => {
		const { page: about, [part]: content } = readingOf(page);
		return [{ entered: 'a', url: 'a', reading: { page: about, [part]: content } }];
	};
	const first = watchPages(undefined, reading({}, 'incidents'), choose('incidentCreated')).next;
	const second = watchPages(
		first,
		reading({ components: { c1: 'major_outage' } }, 'components'),
		choose('componentStatusChanged'),
	);
	expect(second.events).toEqual([]);
	const third = watchPages(second.next, reading(withA, 'incidents'), choose('incidentCreated'));
	expect(third.events).toEqual([]);
});

test('the state of 50 pages with 500 components and full lists stays under 1 MB', () => {
	const id = (kind: string, number: number) => `${kind}${String(number).padStart(11, '0')}`;
	const pages: Shown = {};
	for (let page = 0; page < 50; page++) {
		const incidents = Array.from({ length: 100 }, (_, index) => ({
			id: id('i', index),
			updates: Array.from(
				{ length: 5 },
				(__, update) => `${id('u', index * 5 + update)} ${update < 4 ? 'monitoring' : 'resolved'}`,
			),
		}));
		pages[`page${page}.example.com`] = {
			id: id('p', page),
			components: Object.fromEntries(
				Array.from({ length: 500 }, (_, index) => [id('c', index), index % 3 ? 'operational' : 'degraded_performance']),
			),
			incidents,
			maintenances: incidents.slice(0, 50),
		};
	}
	let { next } = watchPages(undefined, resultsOf(pages), settings());
	for (const shown of Object.values(pages)) if (typeof shown !== 'string') shown.incidents = shown.incidents?.slice(50);
	for (let poll = 0; poll < 3; poll++) ({ next } = watchPages(next, resultsOf(pages), settings()));
	const size = JSON.stringify(next).length;
	expect(size).toBeLessThan(1_000_000);
	expect(size / 50).toBeGreaterThan(5_000);
});

test('absent incidents do not collect in the state', () => {
	let state: WatchState | undefined;
	for (let poll = 0; poll < 40; poll++) {
		const incidents = Array.from({ length: 50 }, (_, index) => ({ id: `i${poll}x${index}`, updates: ['u resolved'] }));
		state = watchPages(state, resultsOf({ a: { incidents } }), settings()).next;
	}
	expect(state?.pages.abcdefghijkl.incidents?.entries).toHaveLength(100);
});

// ---------------------------------------------------------------------------------------------------------------------

/** One step of a random history. */
type Step =
	| { do: 'create'; maintenance: boolean }
	| { do: 'update'; which: number; status: string }
	| { do: 'component'; which: number; status: string }
	| { do: 'indicator'; indicator: string }
	| { do: 'poll'; broken: boolean }
	| { do: 'crash' };

const steps: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const), maintenance: fc.boolean() }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('update' as const),
			which: fc.nat(20),
			status: fc.constantFrom('identified', 'monitoring', 'resolved', 'postmortem'),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('component' as const),
			which: fc.nat(3),
			status: fc.constantFrom('operational', 'major_outage'),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('indicator' as const), indicator: fc.constantFrom('none', 'minor') }),
	},
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('poll' as const), broken: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
);

/** A page that changes, and n8n with a state in memory and a saved one. */
class World {
	readonly page: Required<Pick<ShownPage, 'components' | 'incidents' | 'maintenances'>> & ShownPage = {
		indicator: 'none',
		components: { c0: 'operational', c1: 'operational', c2: 'operational', c3: 'operational' },
		incidents: [],
		maintenances: [],
	};
	readonly outputs: Array<Record<string, unknown>> = [];
	#count = 0;
	#saved: WatchState | undefined;
	#memory: WatchState | undefined;

	run(step: Step): void {
		const { page } = this;
		if (step.do === 'create') {
			const id = `i${this.#count}`;
			const status = step.maintenance ? 'scheduled' : 'investigating';
			(step.maintenance ? page.maintenances : page.incidents).unshift({ id, updates: [`u${this.#count++} ${status}`] });
		} else if (step.do === 'update') {
			const all = [...page.incidents, ...page.maintenances];
			all.at(step.which % (all.length || 1))?.updates.push(`u${this.#count++} ${step.status}`);
		} else if (step.do === 'component') page.components[`c${step.which}`] = step.status;
		else if (step.do === 'indicator') page.indicator = step.indicator;
		else if (step.do === 'crash') this.start();
		else this.poll(step.broken);
	}

	/** n8n polls at its start, and saves the state after this poll. */
	start(): void {
		this.#memory = this.#saved;
		this.poll(false);
		this.#saved = this.#memory;
	}

	/** n8n saves the state if the poll returns items. */
	poll(isBroken: boolean): void {
		const { events, next } = watchPages(
			this.#memory,
			resultsOf({ a: isBroken ? 'no' : this.page, b: 'no' }),
			settings(),
		);
		this.#memory = JSON.parse(JSON.stringify(next)) as WatchState;
		if (events.length > 0) this.#saved = this.#memory;
		this.outputs.push(...events.filter(({ event }) => !String(event).startsWith('page')));
	}
}

test('in any history with crashes and failed polls, each update has one event, and states follow each other', () => {
	fc.assert(
		fc.property(fc.array(steps, { maxLength: 60 }), (history) => {
			const world = new World();
			world.start();
			for (const step of history) world.run(step);
			world.poll(false);
			const { incidents, maintenances, components, indicator } = world.page;
			const updates = [...incidents, ...maintenances].flatMap((one) =>
				one.updates.map((update) => update.split(' ')[0]),
			);
			const events = world.outputs.filter(({ incidentId }) => incidentId !== undefined);
			const keys = events.map(({ event, updateId }) => `${String(event)} ${String(updateId)}`);
			expect(new Set(keys).size).toBe(keys.length);
			expect(new Set(events.map(({ updateId }) => updateId))).toEqual(new Set(updates));
			const ofName = (name: string) => events.filter(({ event }) => event === name).map(({ incidentId }) => incidentId);
			expect(ofName('incidentCreated').sort()).toEqual(incidents.map(({ id }) => id).sort());
			expect(ofName('maintenanceScheduled').sort()).toEqual(maintenances.map(({ id }) => id).sort());
			expect(ofName('incidentRemoved')).toEqual([]);
			// The new state of each event is the old one of the next, up to the present state.
			for (const [id, status] of Object.entries(components)) {
				const chain = world.outputs.filter(({ componentId }) => componentId === id);
				expect(['operational', ...chain.map(({ newStatus }) => newStatus)]).toEqual([
					...chain.map(({ oldStatus }) => oldStatus),
					status,
				]);
			}
			const chain = world.outputs.filter(({ event }) => event === 'indicatorChanged');
			expect(['none', ...chain.map(({ newIndicator }) => newIndicator)]).toEqual([
				...chain.map(({ oldIndicator }) => oldIndicator),
				indicator,
			]);
		}),
		{ numRuns: Number(process.env.FC_RUNS ?? 300) },
	);
});
