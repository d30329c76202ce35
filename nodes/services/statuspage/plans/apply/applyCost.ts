import { nameKey } from '../../../../shared/client/matching';
import { mayBeCut } from '../../fullMembers';
import { checkRequests } from '../../groupReads';
import { fitsTogether } from '../../membership';
import { groupBatchSize } from './applyGroups';
import { groupKey, writesViewers } from './applyMemberships';
import { memberBatchSize } from './applyTeam';
import type { Change } from '../change';
import { stringsIn } from '../facts';
import { listRequests, type PageSnapshot } from '../snapshot';
import { addToList } from '../addToList';

/** Sizes of the lists that the cost of a plan depends on. */
export interface Sizes {
	/** By page ID. */
	pages: Map<string, Pick<PageSnapshot, 'viewers' | 'groups'>>;
	teamMembers: number;
}

function count(changes: Change[], action: Change['action']): number {
	return changes.filter((change) => change.action === action).length;
}

/** The key that applies a plan. */
export interface ApplyKey {
	/** Number of requests per rate limit window. */
	limit: number;
	/** Other processes use the key, so writes of viewers' groups and of permissions are read once more. Those of groups always are. */
	isShared: boolean;
}

/** Tracks the number of members of each group during the run. */
class GroupSizes {
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
			for (const id of [
				...stringsIn(change.after, 'groupIds'),
				...stringsIn(change.after, 'newGroups').map((name) => `new ${nameKey(name)}`),
			])
				this.#addMembers(id, 1);
		}
	}

	/** Number of requests of all membership changes in one direction. */
	change(changes: Change[], by: 1 | -1, { limit, isShared }: ApplyKey): number {
		if (changes.length === 0) return 0;
		const byGroup = new Map<string, number>();
		for (const change of changes) byGroup.set(groupKey(change), (byGroup.get(groupKey(change)) ?? 0) + 1);
		const isTogether = fitsTogether(byGroup.size, limit);
		let requests =
			(isTogether ? listRequests(this.#count) : 0) + checkRequests(this.#positions([...byGroup.keys()]), this.#count);
		let hasCutList = false;
		for (const [id, people] of byGroup) {
			const isCut = mayBeCut(this.#members.get(id) ?? 0);
			this.#addMembers(id, by * people);
			// A member list that may be cut is compared with the viewers of the page, and the group is read again.
			requests += (isCut ? 2 : isTogether ? 0 : 1) + 1;
			hasCutList ||= isCut;
		}
		// Groups share the list of viewers.
		if (hasCutList) requests += listRequests(this.viewers);
		if (!writesViewers(changes)) return requests;
		// Each viewer takes one read, one write, and a check if the key is shared. A group is read before a viewer is added.
		const viewers = new Set(changes.map(({ objectId }) => objectId)).size;
		return readAndWrite(isShared) * viewers + (by === 1 ? changes.length : 0);
	}

	/** Positions in the list of groups. New groups are at its end. */
	#positions(ids: string[]): number[] {
		const known = new Map([...this.#members.keys()].map((id, position) => [id, position]));
		return ids.map((id) => known.get(id) ?? this.#count - 1);
	}

	#addMembers(id: string, by: number): void {
		this.#members.set(id, (this.#members.get(id) ?? 0) + by);
	}
}

/** Number of requests of a read, its write, and the check of the write. */
function readAndWrite(isShared: boolean): number {
	return isShared ? 3 : 2;
}

function sumOfRequests(changes: Change[]): number {
	return changes.reduce((sum, { requests }) => sum + requests, 0);
}

/** Each unit of new groups reads the list of groups first. */
function groupRequests(created: number, groups: number, limit: number): number {
	const lists = Math.ceil(created / groupBatchSize(limit));
	return created + lists * listRequests(groups) * (groups >= 100 ? 2 : 1);
}

/** Viewers that were only searched when planned are searched again, and the viewers of the page are read once. */
function confirmationRequests(created: Change[], viewers: number): number {
	const open = created.filter(({ notConfirmed }) => notConfirmed).map(({ after }) => String(after?.email));
	return open.length === 0
		? 0
		: open.reduce((sum, email) => sum + new Set([email, email.toLowerCase()]).size, 0) + listRequests(viewers);
}

function pageRequests(
	changes: Change[],
	{ viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>,
	key: ApplyKey,
): number {
	const of = (...actions: Array<Change['action']>) => changes.filter(({ action }) => actions.includes(action));
	const sizes = new GroupSizes(groups, viewers.length);
	sizes.create(changes);
	const created = of('createViewer');
	const newGroups = of('createGroup').length;
	return (
		(newGroups > 0 ? groupRequests(newGroups, groups.length, key.limit) : 0) +
		sumOfRequests(created) +
		confirmationRequests(created, viewers.length) +
		sizes.change(of('addToGroup'), 1, key) +
		sizes.change(of('removeFromGroup'), -1, key) +
		sumOfRequests(of('updateViewer', 'setComponents', 'deleteViewer', 'deleteSubscriber'))
	);
}

/** Number of requests that apply sends if nothing else changes. */
export function countApplyRequests(changes: Change[], { pages, teamMembers }: Sizes, key: ApplyKey): number {
	const byPage = new Map<string, Change[]>();
	for (const change of changes) {
		addToList(byPage, String(change.page), change);
	}
	let requests = 0;
	for (const [pageId, snapshot] of pages) requests += pageRequests(byPage.get(pageId) ?? [], snapshot, key);
	const members = new Set(changes.filter(({ action }) => action === 'setPermissions').map(({ objectId }) => objectId));
	const deletions = count(changes, 'deleteTeamMember');
	const lists = Math.ceil(deletions / memberBatchSize(teamMembers, key.limit));
	return requests + readAndWrite(key.isShared) * members.size + lists * listRequests(teamMembers) + 2 * deletions;
}

/** Minimum duration of the requests in minutes, with `limit` requests per window. */
export function minutesFor(requests: number, { limit, windowMs }: { limit: number; windowMs: number }): number {
	return (Math.floor(Math.max(0, requests - 1) / limit) * windowMs) / 60_000;
}
