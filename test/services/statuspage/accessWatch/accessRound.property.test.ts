import fc from 'fast-check';
import {
	eventsIn,
	SOURCES,
	sourcesFor,
	type AccessKind,
	type Source,
} from '../../../../nodes/services/statuspage/accessWatch/accessKinds';
import type { ListSource } from '../../../../nodes/services/statuspage/accessWatch/accessReader';
import { decodeRows, type Rows } from '../../../../nodes/services/statuspage/accessWatch/accessRows';
import { numRuns } from '../../../support/runs';
import { WatchedPage, WatchingNode } from '../../../support/watchedPage';

const KINDS: AccessKind[] = [
	'viewerAdded',
	'viewerChanged',
	'viewerRemoved',
	'viewerGroupAdded',
	'viewerGroupChanged',
	'viewerGroupRemoved',
	'teamMemberAdded',
	'teamMemberRemoved',
	'permissionChanged',
];

const LISTS: ListSource[] = ['viewers', 'viewerGroups', 'teamMembers'];

type Mutation = { list: ListSource; act: 'add' | 'addFirst' | 'remove' | 'change'; at: number };

const mutation: fc.Arbitrary<Mutation> = fc.record({
	list: fc.constantFrom(...LISTS),
	act: fc.constantFrom('add', 'addFirst', 'remove', 'remove', 'change'),
	at: fc.nat(400),
});

/** What happens in one poll. */
interface PollPlan {
	/** Changes before its requests, by the number of the request. */
	mutations: Array<[number, Mutation]>;
	/** The number of the request that fails. */
	faultAt?: number;
	/** Requests that it may send. */
	room: number;
	/** n8n starts again before it. */
	restarts: boolean;
}

const poll: fc.Arbitrary<PollPlan> = fc.record({
	mutations: fc.array(fc.tuple(fc.nat(12), mutation), { maxLength: 4 }),
	faultAt: fc.option(fc.nat(10), { nil: undefined, freq: 4 }),
	room: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 8 })),
	restarts: fc.boolean(),
});

function mutate(page: WatchedPage, { list, act, at }: Mutation): void {
	const objects = page.objects[list];
	const id = objects[at % Math.max(1, objects.length)]?.id ?? '';
	if (act === 'add' || act === 'addFirst') page.add(list, act === 'addFirst');
	else if (act === 'remove') page.remove(list, id);
	else page.change(list, id);
}

const rowsOn = (page: WatchedPage, source: Source): Rows =>
	new Map(
		page.objects[source === 'permissions' ? 'teamMembers' : source].map((object) => [
			object.id,
			page.seen(source, object).row,
		]),
	);

/** What a user knows who followed the events from the baseline on. An event that contradicts it was lost or invented earlier. */
class Follower {
	readonly told = new Map<Source, Rows>();

	follow(page: WatchedPage, events: Awaited<ReturnType<WatchingNode['poll']>>): void {
		for (const { kind, id, seen, changed } of events) {
			const source = SOURCES.find((entry) => eventsIn(entry, [kind]).length > 0) as Source;
			const rows = this.told.get(source) as Rows;
			expect(rows).toBeDefined();
			if (kind.endsWith('Added')) expect(rows.has(id)).toBe(false);
			else if (kind.endsWith('Removed')) {
				expect(rows.has(id)).toBe(true);
				expect(rowsOn(page, source).has(id)).toBe(false);
			} else {
				expect(changed.length).toBeGreaterThan(0);
				expect(rows.get(id)).not.toEqual(seen?.row);
			}
			if (seen) rows.set(id, seen.row);
			else rows.delete(id);
		}
	}
}

/** The changes and the fault of a poll happen before its requests. */
function prepare(page: WatchedPage, { mutations, faultAt }: PollPlan): void {
	let number = 0;
	page.before = () => {
		for (const [at, change] of mutations) if (at === number) mutate(page, change);
		if (number++ === faultAt) throw new Error('fault');
	};
}

/** Returns no events for a poll that failed because of its fault. */
async function unlessFault<T>(polled: Promise<T[]>): Promise<T[]> {
	return await polled.catch((error: Error) => {
		if (error.message !== 'fault') throw error;
		return [];
	});
}

function pageWith(sizes: number[]): WatchedPage {
	const page = new WatchedPage();
	LISTS.forEach((list, index) => Array.from({ length: sizes[index] }, () => page.add(list)));
	return page;
}

async function followed(kinds: AccessKind[], sizes: number[], polls: PollPlan[]): Promise<void> {
	const page = pageWith(sizes);
	const node = new WatchingNode(page, kinds);
	const follower = new Follower();
	const once = async (room: number, isAtStart: boolean) => {
		const before = node.state;
		const events = await unlessFault(node.poll(room, isAtStart));
		follower.follow(page, events);
		for (const source of sourcesFor(kinds)) {
			const state = node.state.sources[source];
			if (!state) continue;
			const rows = decodeRows(state.rows);
			const told = follower.told.get(source);
			if (!before.sources[source] || !told) follower.told.set(source, rows);
			// The permissions of a team member who was removed end without an event of their own.
			else if (source === 'permissions') for (const id of told.keys()) if (!rows.has(id)) told.delete(id);
		}
	};
	for (const [index, plan] of polls.entries()) {
		if (plan.restarts) node.restart();
		prepare(page, plan);
		await once(plan.room, index === 0 || plan.restarts);
	}
	page.before = () => {};
	for (let rest = 0; rest < 3; rest++) await once(Infinity, true);
	for (const source of sourcesFor(kinds))
		expect([source, follower.told.get(source)]).toEqual([source, rowsOn(page, source)]);
	// Nothing is told twice.
	expect(await node.poll()).toEqual([]);
}

const history = fc.tuple(
	fc.array(fc.integer({ min: 0, max: 230 }), { minLength: 3, maxLength: 3 }).map(([v, g, m]) => [v, g % 12, m % 7]),
	fc.array(poll, { minLength: 1, maxLength: 10 }),
);

test('whoever follows all events knows the page, through cuts, faults, restarts and slips', async () => {
	await fc.assert(
		fc.asyncProperty(history, async ([sizes, polls]) => await followed(KINDS, sizes, polls)),
		{ numRuns: numRuns() },
	);
});

test('the same with a large list, where many removals come at once', async () => {
	const kinds: AccessKind[] = ['viewerAdded', 'viewerChanged', 'viewerRemoved'];
	const many = fc.array(fc.tuple(fc.nat(12), mutation), { maxLength: 60 });
	const large = fc.array(
		fc.tuple(poll, many).map(([plan, mutations]): PollPlan => ({ ...plan, mutations })),
		{ minLength: 1, maxLength: 5 },
	);
	await fc.assert(
		fc.asyncProperty(large, async (polls) => await followed(kinds, [430, 0, 0], polls)),
		{ numRuns: numRuns() },
	);
});

test('with a choice of events, no event is told twice, and no removal of something that exists', async () => {
	await fc.assert(
		fc.asyncProperty(history, fc.subarray(KINDS, { minLength: 1 }), async ([sizes, polls], kinds) => {
			const page = pageWith(sizes);
			const node = new WatchingNode(page, kinds);
			const told = new Set<string>();
			for (const [index, plan] of polls.entries()) {
				if (plan.restarts) node.restart();
				prepare(page, plan);
				for (const { kind, id } of await unlessFault(node.poll(plan.room, index === 0 || plan.restarts))) {
					expect(kinds).toContain(kind);
					if (kind.endsWith('Changed')) continue;
					// IDs are never used again.
					expect(told).not.toContain(`${kind} ${id}`);
					told.add(`${kind} ${id}`);
					const exists = LISTS.some((list) => page.objects[list].some((object) => object.id === id));
					if (kind.endsWith('Removed')) expect(exists).toBe(false);
				}
			}
		}),
		{ numRuns: numRuns() },
	);
});
