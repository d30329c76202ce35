import { nameKey } from '../../../shared/client/matching';
import { groupKey, writesViewers } from './applyMemberships';
import { readsList } from './applyViewers';
import { listIn, takesAway, type Change } from './change';
import { listRequests, type PageSnapshot } from './snapshot';

/** What the cost of a plan depends on, besides its changes. */
export interface Sizes {
	/** By page. */
	pages: Map<string, Pick<PageSnapshot, 'viewers' | 'groups'>>;
	teamMembers: number;
}

function count(changes: Change[], action: Change['action']): number {
	return changes.filter((change) => change.action === action).length;
}

/** A list of members that is exactly a multiple of 100 may have been cut, and is checked against the list of viewers. */
function mayBeCut(members: number): boolean {
	return members > 0 && members % 100 === 0;
}

/** Members of each group as the run goes on. */
class Groups {
	readonly #members: Map<string, number>;
	#count: number;

	constructor(
		groups: PageSnapshot['groups'],
		private viewers: number,
	) {
		this.#members = new Map(groups.map(({ id, page_access_user_ids }) => [id, (page_access_user_ids ?? []).length]));
		this.#count = groups.length;
	}

	create(changes: Change[]): void {
		this.#count += count(changes, 'createGroup');
		for (const change of changes) {
			if (change.action !== 'createViewer') continue;
			this.viewers++;
			for (const id of [...listIn(change.after, 'groupIds'), ...listIn(change.after, 'newGroups').map((name) => `new ${nameKey(name)}`)]) this.#grow(id, 1);
		}
	}

	/** Requests of all changes of membership in one direction. */
	change(changes: Change[], by: 1 | -1): number {
		if (changes.length === 0) return 0;
		const byGroup = new Map<string, number>();
		for (const change of changes) byGroup.set(groupKey(change), (byGroup.get(groupKey(change)) ?? 0) + 1);
		let requests = listRequests(this.#count);
		for (const [id, people] of byGroup) {
			const before = this.#members.get(id) ?? 0;
			const after = this.#grow(id, by * people);
			requests += 1 + (mayBeCut(before) ? listRequests(this.viewers) : 0) + (mayBeCut(after) ? listRequests(this.viewers) : 0);
		}
		return writesViewers(changes) ? 2 * new Set(changes.map(({ objectId }) => objectId)).size : requests;
	}

	#grow(id: string, by: number): number {
		const members = (this.#members.get(id) ?? 0) + by;
		this.#members.set(id, members);
		return members;
	}
}

function componentRequests(changes: Change[]): number {
	return changes.reduce((sum, { before, after }) => {
		const [held, wanted] = [listIn(before, 'componentIds'), listIn(after, 'componentIds')];
		return sum + listRequests(held.length) + (wanted.length > 0 ? 1 : held.length);
	}, 0);
}

function pageRequests(changes: Change[], { viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>): number {
	const of = (action: Change['action'], isLoss = false) => changes.filter((change) => change.action === action && takesAway(change) === isLoss);
	const sizes = new Groups(groups, viewers.length);
	sizes.create(changes);
	const [newGroups, updates] = [count(changes, 'createGroup'), count(changes, 'updateViewer')];
	const withComponents = of('createViewer').filter(({ after }) => listIn(after, 'componentIds').length > 0).length;
	return (
		(newGroups > 0 ? listRequests(groups.length) + newGroups : 0) +
		count(changes, 'createViewer') +
		withComponents +
		(readsList(updates, viewers.length) ? listRequests(viewers.length + count(changes, 'createViewer')) + updates : 2 * updates) +
		sizes.change(of('addToGroup'), 1) +
		componentRequests([...of('setComponents'), ...of('setComponents', true)]) +
		sizes.change(of('removeFromGroup', true), -1) +
		2 * (count(changes, 'deleteViewer') + count(changes, 'deleteSubscriber'))
	);
}

/** Requests that apply sends for these changes while nobody else changes anything. */
export function applyRequests(changes: Change[], { pages, teamMembers }: Sizes): number {
	let requests = 0;
	for (const [pageId, snapshot] of pages) requests += pageRequests(changes.filter(({ page }) => page === pageId), snapshot);
	const members = new Set(changes.filter(({ action }) => action === 'setPermissions').map(({ objectId }) => objectId));
	const deletions = count(changes, 'deleteTeamMember');
	return requests + 2 * members.size + (deletions > 0 ? listRequests(teamMembers) + deletions : 0);
}

/** Requests without a plan: each person looked up, and each change made for itself. */
export function naiveRequests(changes: Change[], people: number): number {
	return changes.reduce((sum, { requests }) => sum + requests, people);
}

/** Minutes that so many requests take at least, at a rate of so many a window. */
export function minutesFor(requests: number, { limit, windowMs }: { limit: number; windowMs: number }): number {
	return (Math.floor(Math.max(0, requests - 1) / limit) * windowMs) / 60_000;
}
