import { isSameEmail, nameKey } from '../../../../shared/client/matching';
import type { Breather } from '../../../../shared/http/breather';
import type { Viewer, ViewerGroup } from '../../endpoints';
import type { PlannedChange } from '../change';
import type { Facts } from '../facts';
import { stringsIn } from '../facts';
import type { Person } from './desiredPeople';
import { contradictoryList, listedEmails, matchPeople, type Matches } from '../matchPeople';
import { viewerName, viewerFacts } from '../viewerFacts';
import { isInScope, peopleInScope, type Scope } from './scope';
import { groupIdsByViewer, type PageSnapshot } from '../snapshot';

export interface SyncOptions {
	scope: Scope;
	/** Fields that no row contains are not managed, so the plan does not change them. */
	manages: { groups: boolean; components: boolean };
	/** Deletes viewers without remaining access. */
	deletesViewers: boolean;
	includesUnchanged: boolean;
	/** Emails that the search did not find, without reading the list of viewers. */
	notConfirmed?: ReadonlySet<string>;
}

/** A change and the items that it comes from. `items` is empty for a viewer who is not in the list. */
export interface SourcedChange extends PlannedChange {
	items: number[];
}

const NOT_CONFIRMED =
	"The search by email found no viewer, but it may miss an email that is stored in a different case. 'Apply Plan' reads all viewers of the page before it creates this viewer";
const SINGLE_SIGN_ON = 'Single sign-on may reset the members of this viewer group at the next login';

/**
 * Compares a page with the people who should have access. It sends no requests. Own components and metrics are compared if the snapshot
 * contains them.
 *
 * @param breather lets other executions run in between, because ten thousand people take most of a second
 * @throws Failure for an empty list if access may be removed, and for people who match several viewers
 */
export async function syncPlan(
	snapshot: PageSnapshot,
	people: Person[],
	options: SyncOptions,
	matches: Matches = matchPeople(people, snapshot.viewers),
	breather?: Breather,
): Promise<SourcedChange[]> {
	return await new Sync(snapshot, options).plan(people, matches, breather);
}

class Sync {
	readonly #groupsOf: Map<string, Set<string>>;
	readonly #groups: Map<string, ViewerGroup>;
	readonly #scopeGroups: Set<string>;
	readonly #changes: SourcedChange[] = [];

	constructor(
		private readonly snapshot: PageSnapshot,
		private readonly options: SyncOptions,
	) {
		this.#groupsOf = groupIdsByViewer(snapshot);
		this.#groups = new Map(snapshot.groups.map((group) => [group.id, group]));
		this.#scopeGroups = new Set(options.scope.kind === 'groups' ? options.scope.groupIds : []);
	}

	async plan(people: Person[], matches: Matches, breather?: Breather): Promise<SourcedChange[]> {
		if (people.length === 0 && this.options.scope.kind !== 'add') {
			throw contradictoryList(
				'The list of people who should have access is empty, so everyone in scope would lose access',
			);
		}
		this.#planGroups(people);
		const listed = listedEmails(matches);
		for (const [person, viewer] of matches) {
			const before = this.#changes.length;
			if (viewer) this.#planListed(person, viewer);
			else this.#planNew(person);
			if (this.options.includesUnchanged && this.#changes.length === before) {
				this.#add(person.items, {
					action: 'unchanged',
					email: person.email,
					objectId: viewer?.id ?? null,
					before: null,
					after: null,
				});
			}
			await breather?.breathe();
		}
		for (const viewer of peopleInScope(this.snapshot, this.options.scope)) {
			if (!listed.has(viewer.id)) this.#planUnlisted(viewer);
			await breather?.breathe();
		}
		return this.#changes;
	}

	#add(items: number[], change: Omit<PlannedChange, 'page' | 'pageName' | 'names'>): void {
		const { id: page, name: pageName } = this.snapshot.page;
		const names = this.#namesIn(change.before, change.after);
		this.#changes.push({ ...change, page, pageName, ...(Object.keys(names).length > 0 ? { names } : {}), items });
	}

	/** Names of all objects in the facts, by ID. */
	#namesIn(...facts: Array<Facts | null>): Record<string, string> {
		const ids = facts.flatMap((of) => ['groupIds', 'componentIds', 'metricIds'].flatMap((list) => stringsIn(of, list)));
		return Object.fromEntries(
			ids.flatMap((id) => (this.snapshot.names.has(id) ? [[id, this.snapshot.names.get(id) as string]] : [])),
		);
	}

	#planGroups(people: Person[]): void {
		const names = new Map<string, { name: string; items: number[] }>();
		for (const { newGroups, items } of people) {
			for (const name of newGroups) {
				const known = names.get(nameKey(name));
				if (known) for (const item of items) known.items.push(item);
				else names.set(nameKey(name), { name, items: [...items] });
			}
		}
		for (const { name, items } of names.values())
			this.#add(items, { action: 'createGroup', email: '', objectId: null, before: null, after: { name } });
	}

	#planNew({ email, externalLogin, groupIds = [], newGroups, componentIds = [], items }: Person): void {
		const after = {
			email,
			...(externalLogin ? { external_login: externalLogin } : {}),
			groupIds: [...groupIds].sort(),
			...(newGroups.length > 0 ? { newGroups } : {}),
			...(componentIds.length > 0 ? { componentIds: [...componentIds].sort() } : {}),
		};
		const isOpen = this.options.notConfirmed?.has(email) === true;
		this.#add(items, {
			action: 'createViewer',
			email,
			objectId: null,
			before: null,
			after,
			...(isOpen ? { notConfirmed: true as const, note: NOT_CONFIRMED } : {}),
		});
	}

	#planListed(person: Person, viewer: Viewer): void {
		this.#planFields(person, viewer);
		const { email, groupIds, newGroups, componentIds, items } = person;
		if (this.options.manages.groups && groupIds) {
			const current = this.#groupsOf.get(viewer.id) ?? new Set<string>();
			const wanted = new Set(groupIds);
			for (const id of groupIds) if (!current.has(id)) this.#planGrant(viewer, email, id, items);
			for (const name of newGroups) this.#planGrant(viewer, email, { name }, items);
			for (const id of current)
				if (!wanted.has(id) && this.#mayRemove(viewer, id, email)) this.#planRemoval(viewer, email, id, items);
		}
		if (this.options.manages.components && componentIds) {
			const current = this.snapshot.componentsOf.get(viewer.id) ?? [];
			const wanted = isInScope(viewer, this.options.scope, email) ? componentIds : [...current, ...componentIds];
			this.#planComponents(viewer, email, wanted, items);
		}
	}

	#planFields({ email, externalLogin, items }: Person, viewer: Viewer): void {
		const before: Facts = {};
		const after: Facts = {};
		if (!isSameEmail(viewer.email, email)) [before.email, after.email] = [viewer.email, email];
		if (externalLogin !== undefined && (viewer.external_login ?? '') !== externalLogin) {
			[before.external_login, after.external_login] = [viewer.external_login ?? null, externalLogin || null];
		}
		if (Object.keys(after).length > 0)
			this.#add(items, { action: 'updateViewer', email, objectId: viewer.id, before, after });
	}

	/** @param group a group ID, or the name of a group that the plan creates */
	#planGrant(viewer: Viewer, email: string, group: string | { name: string }, items: number[]): void {
		const known = typeof group === 'string' ? this.#groups.get(group) : undefined;
		const facts =
			typeof group === 'string'
				? { groupId: group, groupName: known?.name ?? group }
				: { groupId: null, groupName: group.name };
		// Membership grants access to the group's components and metrics.
		const shown = {
			componentIds: [...(known?.component_ids ?? [])].sort(),
			metricIds: [...(known?.metric_ids ?? [])].sort(),
		};
		this.#add(items, {
			action: 'addToGroup',
			email,
			objectId: viewer.id,
			before: { ...facts, isMember: false, ...shown },
			after: { ...facts, isMember: true },
			...this.#noteFor(known),
		});
	}

	#planRemoval(viewer: Viewer, email: string, groupId: string, items: number[]): void {
		const group = this.#groups.get(groupId);
		const facts = { groupId, groupName: group?.name ?? groupId };
		this.#add(items, {
			action: 'removeFromGroup',
			email,
			objectId: viewer.id,
			before: { ...facts, isMember: true },
			after: { ...facts, isMember: false },
			...this.#noteFor(group),
		});
	}

	#noteFor(group: ViewerGroup | undefined): { note?: string } {
		return group?.external_identifier ? { note: SINGLE_SIGN_ON } : {};
	}

	#planComponents(viewer: Viewer, email: string, wanted: string[], items: number[]): void {
		const [before, after] = [this.snapshot.componentsOf.get(viewer.id) ?? [], wanted].map((ids) =>
			[...new Set(ids)].sort(),
		);
		if (before.join() === after.join()) return;
		this.#add(items, {
			action: 'setComponents',
			email,
			objectId: viewer.id,
			before: { componentIds: before },
			after: { componentIds: after },
		});
	}

	#mayRemove(viewer: Viewer, groupId: string, listedEmail?: string): boolean {
		const { scope } = this.options;
		return scope.kind === 'groups' ? this.#scopeGroups.has(groupId) : isInScope(viewer, scope, listedEmail);
	}

	/** Plans the removals of a viewer in scope who is not in the list. */
	#planUnlisted(viewer: Viewer): void {
		const { manages, deletesViewers } = this.options;
		const email = viewerName(viewer);
		const current = [...(this.#groupsOf.get(viewer.id) ?? [])];
		const leaving = manages.groups ? current.filter((id) => this.#mayRemove(viewer, id)) : [];
		if (deletesViewers && leaving.length === current.length && !this.#hasAccessOutsideScope(viewer)) {
			const own = [this.snapshot.componentsOf, this.snapshot.metricsOf].map((lists) => lists.get(viewer.id) ?? []);
			this.#add([], {
				action: 'deleteViewer',
				email,
				objectId: viewer.id,
				before: viewerFacts(viewer, current, own[0], own[1]),
				after: null,
			});
			return;
		}
		for (const id of leaving) this.#planRemoval(viewer, email, id, []);
		if (manages.components && isInScope(viewer, this.options.scope)) this.#planComponents(viewer, email, [], []);
	}

	/** True if a viewer has own access outside the scope. A scope of groups does not cover own access, so the viewer is kept. */
	#hasAccessOutsideScope({ id }: Viewer): boolean {
		if (this.options.scope.kind !== 'groups') return false;
		return [this.snapshot.componentsOf, this.snapshot.metricsOf].some((lists) => (lists.get(id) ?? []).length > 0);
	}
}
