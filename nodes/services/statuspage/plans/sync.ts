import { isSameEmail, nameKey } from '../../../shared/client/matching';
import type { Viewer } from '../endpoints';
import type { Facts, Planned } from './change';
import type { Person } from './desired';
import { contradiction, matchPeople, nameOf, viewerFacts } from './match';
import { isInScope, peopleInScope, type Scope } from './scope';
import { memberships, type PageSnapshot } from './snapshot';

export interface SyncOptions {
	scope: Scope;
	/** Fields that no row has are not managed: nothing is written in them. */
	manages: { groups: boolean; components: boolean };
	/** A viewer who has nothing left is deleted. */
	deletesViewers: boolean;
	includesUnchanged: boolean;
}

/** A change, and the items that ask for it; none when it is about somebody who is not listed. */
export interface SourcedChange extends Planned {
	items: number[];
}

function groupFacts(name: string, id: string | null, isMember: boolean): Facts {
	return { groupId: id, groupName: name, isMember };
}

/**
 * Compares a page with who should be there. Pure: nothing is read or written.
 *
 * @throws Failure for an empty list where something may be taken away, and for people whom two viewers match
 */
export function planSync(snapshot: PageSnapshot, people: Person[], options: SyncOptions): SourcedChange[] {
	return new Sync(snapshot, options).plan(people);
}

class Sync {
	readonly #groupsOf: Map<string, Set<string>>;
	readonly #names: Map<string, string>;
	readonly #changes: SourcedChange[] = [];

	constructor(
		private readonly snapshot: PageSnapshot,
		private readonly options: SyncOptions,
	) {
		this.#groupsOf = memberships(snapshot);
		this.#names = new Map(snapshot.groups.map(({ id, name }) => [id, name]));
	}

	plan(people: Person[]): SourcedChange[] {
		if (people.length === 0 && this.options.scope.kind !== 'add') {
			throw contradiction('The list of people who should have access is empty, and the plan may take access away: that would take it from everybody in scope');
		}
		this.#planGroups(people);
		const matched = matchPeople(people, this.snapshot.viewers);
		const listed = new Set<string>();
		for (const [person, viewer] of matched) {
			const before = this.#changes.length;
			if (viewer) {
				listed.add(viewer.id);
				this.#planListed(person, viewer);
			} else {
				this.#planNew(person);
			}
			if (this.options.includesUnchanged && this.#changes.length === before) {
				this.#add(person.items, { action: 'unchanged', email: person.email, objectId: viewer?.id ?? null, before: null, after: null });
			}
		}
		for (const viewer of peopleInScope(this.snapshot, this.options.scope)) if (!listed.has(viewer.id)) this.#planUnlisted(viewer);
		return this.#changes;
	}

	#add(items: number[], change: Omit<Planned, 'page'>): void {
		this.#changes.push({ ...change, page: this.snapshot.page.id, items });
	}

	#planGroups(people: Person[]): void {
		const names = new Map(people.flatMap(({ newGroups, items }) => newGroups.map((name) => [nameKey(name), { name, items }] as const)));
		for (const { name, items } of names.values()) this.#add(items, { action: 'createGroup', email: '', objectId: null, before: null, after: { name } });
	}

	#planNew({ email, externalLogin, groupIds = [], newGroups, componentIds = [], items }: Person): void {
		const after = {
			email,
			...(externalLogin ? { external_login: externalLogin } : {}),
			groupIds: [...groupIds].sort(),
			...(newGroups.length > 0 ? { newGroups } : {}),
			...(componentIds.length > 0 ? { componentIds: [...componentIds].sort() } : {}),
		};
		this.#add(items, { action: 'createViewer', email, objectId: null, before: null, after });
	}

	#planListed(person: Person, viewer: Viewer): void {
		const about = { email: person.email, objectId: viewer.id };
		this.#planFields(person, viewer);
		const { groupIds, newGroups, componentIds, items } = person;
		if (this.options.manages.groups && groupIds) {
			const current = this.#groupsOf.get(viewer.id) ?? new Set<string>();
			for (const id of groupIds) if (!current.has(id)) this.#planMembership('addToGroup', viewer, person.email, id, items);
			for (const name of newGroups) this.#add(items, { action: 'addToGroup', ...about, before: groupFacts(name, null, false), after: groupFacts(name, null, true) });
			for (const id of current) if (!groupIds.includes(id) && this.#mayRemove(viewer, id)) this.#planMembership('removeFromGroup', viewer, person.email, id, items);
		}
		if (this.options.manages.components && componentIds) {
			const current = this.snapshot.componentsOf.get(viewer.id) ?? [];
			const wanted = isInScope(viewer, this.options.scope) ? componentIds : [...current, ...componentIds];
			this.#planComponents(viewer, person.email, wanted, items);
		}
	}

	#planFields({ email, externalLogin, items }: Person, viewer: Viewer): void {
		const before: Facts = {};
		const after: Facts = {};
		if (!isSameEmail(viewer.email, email)) [before.email, after.email] = [viewer.email, email];
		if (externalLogin !== undefined && (viewer.external_login ?? '') !== externalLogin) {
			[before.external_login, after.external_login] = [viewer.external_login ?? null, externalLogin || null];
		}
		if (Object.keys(after).length > 0) this.#add(items, { action: 'updateViewer', email, objectId: viewer.id, before, after });
	}

	#planMembership(action: 'addToGroup' | 'removeFromGroup', viewer: Viewer, email: string, groupId: string, items: number[]): void {
		const name = this.#names.get(groupId) ?? groupId;
		const [before, after] = [action === 'removeFromGroup', action === 'addToGroup'].map((isMember) => groupFacts(name, groupId, isMember));
		const note = this.#isFromSingleSignOn(groupId) ? 'Single sign-on sets the members of this group again at the next login' : undefined;
		this.#add(items, { action, email, objectId: viewer.id, before, after, ...(note ? { note } : {}) });
	}

	#isFromSingleSignOn(groupId: string): boolean {
		return Boolean(this.snapshot.groups.find(({ id }) => id === groupId)?.external_identifier);
	}

	#planComponents(viewer: Viewer, email: string, wanted: string[], items: number[]): void {
		const [before, after] = [this.snapshot.componentsOf.get(viewer.id) ?? [], wanted].map((ids) => [...new Set(ids)].sort());
		if (before.join() === after.join()) return;
		this.#add(items, { action: 'setComponents', email, objectId: viewer.id, before: { componentIds: before }, after: { componentIds: after } });
	}

	#mayRemove(viewer: Viewer, groupId: string): boolean {
		const { scope } = this.options;
		return scope.kind === 'groups' ? scope.groupIds.includes(groupId) : isInScope(viewer, scope);
	}

	/** Somebody in scope whom no row names. */
	#planUnlisted(viewer: Viewer): void {
		const { manages, deletesViewers } = this.options;
		const email = nameOf(viewer);
		const current = [...(this.#groupsOf.get(viewer.id) ?? [])];
		const leaving = manages.groups ? current.filter((id) => this.#mayRemove(viewer, id)) : [];
		if (deletesViewers && leaving.length === current.length && !this.#hasMore(viewer)) {
			this.#add([], { action: 'deleteViewer', email, objectId: viewer.id, before: viewerFacts(viewer, current, this.snapshot.componentsOf.get(viewer.id) ?? [], this.snapshot.metricsOf.get(viewer.id) ?? []), after: null });
			return;
		}
		for (const id of leaving) this.#planMembership('removeFromGroup', viewer, email, id, []);
		if (manages.components && isInScope(viewer, this.options.scope)) this.#planComponents(viewer, email, [], []);
	}

	/** A scope of groups says nothing about what else somebody sees; whoever is in a wider scope should not be on the page at all. */
	#hasMore({ id }: Viewer): boolean {
		if (this.options.scope.kind !== 'groups') return false;
		return (this.snapshot.componentsOf.get(id) ?? []).length > 0 || (this.snapshot.metricsOf.get(id) ?? []).length > 0;
	}
}

/** Viewers whom a plan may delete only when they have nothing besides the groups in scope: what else they have must be read first. */
export function deletionCandidates(snapshot: PageSnapshot, people: Person[], { scope, deletesViewers, manages }: SyncOptions): string[] {
	if (scope.kind !== 'groups' || !deletesViewers || !manages.groups) return [];
	const listed = new Set([...matchPeople(people, snapshot.viewers).values()].map((viewer) => viewer?.id));
	const groupsOf = memberships(snapshot);
	return peopleInScope(snapshot, scope)
		.filter(({ id }) => !listed.has(id) && [...(groupsOf.get(id) ?? [])].every((groupId) => scope.groupIds.includes(groupId)))
		.map(({ id }) => id);
}
