import fc from 'fast-check';
import type { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import { component } from '../../nodes/services/statuspage/objects/component';
import { viewerGroup } from '../../nodes/services/statuspage/objects/viewerGroup';
import { toChange, type Change } from '../../nodes/services/statuspage/plans/change';
import { desiredPeople, type DesiredRow, type Person } from '../../nodes/services/statuspage/plans/sync/desiredPeople';
import { peopleInScope, type Scope } from '../../nodes/services/statuspage/plans/sync/scope';
import {
	ownComponents,
	ownMetrics,
	readOwnLists,
	readSnapshot,
	type PageSnapshot,
} from '../../nodes/services/statuspage/plans/snapshot';
import { syncPlan, type SourcedChange, type SyncOptions } from '../../nodes/services/statuspage/plans/sync/syncPlan';
import { thingsOf } from './others';
import type { SimulatedPage, Simulator } from './simulator';

export const SIZE = { viewers: 9, groups: 4, components: 10, members: 2, subscribers: 0 };

/** A person who should have access. Numbers are indexes, because IDs are only known after the page is seeded. */
interface Wish {
	/** 0 to 8 is a viewer of the page. Higher numbers are new people. */
	who: number;
	hasOtherCase: boolean;
	groups: number[];
	components: number[];
}

const wish = fc.record<Wish>({
	who: fc.nat(11),
	hasOtherCase: fc.boolean(),
	groups: fc.uniqueArray(fc.nat(3)),
	components: fc.uniqueArray(fc.nat(3)),
});
const scope = fc.oneof(
	fc.constant({ kind: 'add' as const }),
	fc.record({ kind: fc.constant('groups' as const), groups: fc.uniqueArray(fc.nat(3), { minLength: 1 }) }),
	fc.record({
		kind: fc.constant('domains' as const),
		domains: fc.constantFrom('example.com', 'other.example').map((domain) => new Set([domain])),
	}),
	fc.constant({ kind: 'everyone' as const }),
);

/** A page, and the list of people who should have access. */
export const scenario = fc.record({
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	wishes: fc.array(wish, { minLength: 1, maxLength: 12 }),
	scope,
	managesComponents: fc.boolean(),
	deletesViewers: fc.boolean(),
	percent: fc.constantFrom(0, 10, 50, 100),
	/** Viewers with their own components and metrics. */
	owners: fc.nat(4),
	/** Whether there is a second viewer with the first viewer's email in capitals. */
	hasTwin: fc.boolean(),
});
export type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

const entriesOf = (texts: string[]) => ({ entries: texts.map((text) => ({ text })) });

/** Seeds the page, and adds own components and metrics to viewers and components to groups. */
export async function seed(simulator: Simulator, { seed: number, owners, hasTwin }: Scenario): Promise<string> {
	await simulator.reset({
		...SIZE,
		seed: number,
		limit: 1_000_000,
		latency: 0,
		membersCap: 0,
		takenEmails: 'same-case',
	});
	const [pageId] = Object.keys((await simulator.state()).pages);
	const page = await simulator.page();
	const viewerIds = Object.keys(page.viewers);
	const [metricId] = Object.keys(page.metrics);
	const components = Object.values(page.components)
		.filter(({ group }) => !group)
		.map(({ id }) => id);
	const path = `/pages/${pageId}/page_access_users`;
	for (const [index, id] of viewerIds.slice(0, owners).entries()) {
		await simulator.send('POST', `${path}/${id}/components`, {
			body: { component_ids: components.slice(index, index + 2) },
		});
		if (index % 2 === 0) await simulator.send('POST', `${path}/${id}/metrics`, { body: { metric_ids: [metricId] } });
	}
	for (const [index, id] of Object.keys(page.groups).entries()) {
		await simulator.send('POST', `/pages/${pageId}/page_access_groups/${id}/components`, {
			body: { component_ids: components.slice(0, index) },
		});
	}
	if (hasTwin) {
		const [first] = Object.values(page.viewers);
		await simulator.send('POST', path, {
			body: { page_access_user: { email: `${first.email.toUpperCase()}`, page_access_group_ids: first.groupIds } },
		});
	}
	return String(pageId);
}

export function rowsFor(
	{ wishes, managesComponents }: Scenario,
	{ viewers, groups, components }: PageSnapshot,
): DesiredRow[] {
	return wishes.map(({ who, hasOtherCase, groups: inGroups, components: sees }, item) => {
		const email = viewers[who]?.email ?? `new.${who}@other.example`;
		return {
			item,
			email: hasOtherCase ? email.toUpperCase() : email,
			groups: entriesOf(inGroups.map((index) => (hasOtherCase ? groups[index].name.toUpperCase() : groups[index].id))),
			...(managesComponents ? { components: entriesOf(sees.map((index) => components[index].id)) } : {}),
		};
	});
}

/** Reads the page with the access of all viewers. */
export async function readAll(api: StatuspageApi, pageId: string): Promise<PageSnapshot> {
	const snapshot = await readSnapshot(api, await api.call('getPage', { pageId }), { components: true });
	const ids = snapshot.viewers.map(({ id }) => id);
	await readOwnLists(api, [...ownComponents(snapshot, ids), ...ownMetrics(snapshot, ids)], 20);
	return snapshot;
}

export interface PlannedScenario {
	changes: SourcedChange[];
	planned: Change[];
	people: Person[];
	inScope: Scope;
	/** Number of people in scope. */
	size: number;
}

/** @throws Failure if two viewers match one person */
export async function planFor(given: Scenario, snapshot: PageSnapshot, rows: DesiredRow[]): Promise<PlannedScenario> {
	const { scope: wanted, managesComponents, deletesViewers } = given;
	const inScope: Scope =
		wanted.kind === 'groups'
			? { kind: 'groups', groupIds: wanted.groups.map((index) => snapshot.groups[index].id) }
			: wanted;
	const options: SyncOptions = {
		scope: inScope,
		manages: { groups: true, components: managesComponents },
		deletesViewers,
		includesUnchanged: false,
	};
	const people = await desiredPeople(rows, {
		groups: viewerGroup.namesIn(snapshot.groups),
		components: component.namesIn(snapshot.components),
		emptyMeansNone: true,
		createsGroups: false,
	});
	const changes = await syncPlan(snapshot, people, options);
	const size = peopleInScope(snapshot, inScope).length;
	const planned = changes.map((change) =>
		toChange(change, { peopleInScope: size, viewersOnPage: snapshot.viewers.length }),
	);
	return { changes, planned, people, inScope, size };
}

/** Returns the access that the plan adds and removes, by viewer ID. */
export function plannedDeeds(
	changes: Change[],
): Map<string, { gives: Set<string>; removes: Set<string>; deletes: boolean }> {
	const deeds = new Map<string, { gives: Set<string>; removes: Set<string>; deletes: boolean }>();
	for (const { action, objectId, before, after } of changes) {
		const id = String(objectId);
		const own = deeds.get(id) ?? { gives: new Set<string>(), removes: new Set<string>(), deletes: false };
		deeds.set(id, own);
		const lists = (facts: typeof before) =>
			['componentIds', 'metricIds'].flatMap((name) =>
				((facts?.[name] ?? []) as string[]).map(
					(thing) => `${name === 'componentIds' ? 'component' : 'metric'} ${thing}`,
				),
			);
		if (action === 'addToGroup') own.gives.add(`group ${String(after?.groupId)}`);
		if (action === 'removeFromGroup') own.removes.add(`group ${String(before?.groupId)}`);
		if (action === 'setComponents') {
			lists(after).forEach((thing) => own.gives.add(thing));
			lists(before)
				.filter((thing) => !lists(after).includes(thing))
				.forEach((thing) => own.removes.add(thing));
		}
		if (action === 'deleteViewer') {
			own.deletes = true;
			[...lists(before), ...((before?.groupIds ?? []) as string[]).map((thing) => `group ${thing}`)].forEach((thing) =>
				own.removes.add(thing),
			);
		}
	}
	return deeds;
}

/** Returns the access of all viewers by viewer ID. */
export function allThings({ viewers }: SimulatedPage): Map<string, Set<string>> {
	return new Map(Object.values(viewers).map((viewer) => [viewer.id, thingsOf(viewer)]));
}

/** Seeds a second page with three viewers and an empty group. */
export async function seedSecondPage(simulator: Simulator): Promise<string> {
	const pageId = Object.keys((await simulator.state()).pages)[1];
	for (const name of ['ann', 'bob', 'cy'])
		await simulator.send('POST', `/pages/${pageId}/page_access_users`, {
			body: { page_access_user: { email: `${name}@second.example` } },
		});
	await simulator.send('POST', `/pages/${pageId}/page_access_groups`, {
		body: { page_access_group: { name: 'Second' } },
	});
	return String(pageId);
}

/** Plans the second page for two of the three viewers, both in the group. The third viewer loses access. */
export async function planSecondPage(api: StatuspageApi, pageId: string): Promise<Change[]> {
	const snapshot = await readAll(api, pageId);
	const [group] = snapshot.groups;
	const people = ['Ann@Second.Example', 'bob@second.example'].map(
		(email, item): Person => ({ email, groupIds: [group.id], newGroups: [], items: [item] }),
	);
	const changes = await syncPlan(snapshot, people, {
		scope: { kind: 'everyone' },
		manages: { groups: true, components: false },
		deletesViewers: true,
		includesUnchanged: false,
	});
	return changes.map((change) => toChange(change, { peopleInScope: 3, viewersOnPage: 3 }));
}
