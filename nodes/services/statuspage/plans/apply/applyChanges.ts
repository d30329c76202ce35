import { Breather } from '../../../../shared/http/breather';
import { mapConcurrently } from '../../../../shared/http/concurrently';
import type { StatuspageApi } from '../../statuspageApi';
import { setComponents } from './applyComponents';
import { NewGroups } from './applyGroups';
import { changeMemberships } from './applyMemberships';
import { deleteSubscriber } from './deleteSubscriber';
import { deleteMembers, setPermissions } from './applyTeam';
import { createPlannedViewer, deletePlannedViewer, updatePlannedViewer } from './applyViewers';
import { requireCap, scopeKey } from '../cap';
import { editedFields, isTeamChange, removesAccess, type Action, type Change } from '../change';
import { Outcomes, type Outcome } from './outcomes';
import { addToList } from '../addToList';

export interface ApplyOptions {
	/** Empty if no change needs it. */
	organizationId: string;
	capPercent: number;
	concurrency: number;
}

function byPage(changes: Change[]): Map<string, Change[]> {
	const pages = new Map<string, Change[]>();
	for (const change of changes) {
		if (change.page === null || isTeamChange(change)) continue;
		addToList(pages, change.page, change);
	}
	return pages;
}

/** The number of people in scope of each page and of the team, as stored in the changes. */
function scopesOf(changes: Change[]): Map<string, number> {
	const scopes = new Map<string, number>();
	for (const change of changes)
		scopes.set(scopeKey(change), Math.max(scopes.get(scopeKey(change)) ?? 0, change.peopleInScope));
	return scopes;
}

/**
 * Applies a plan, grants first, and returns one outcome per change in the same order. If the current state equals the state after the
 * change, the outcome is `unchanged`, so an interrupted run can be repeated. If it differs from the states before and after the change,
 * the outcome is `stale` and nothing is written.
 *
 * @throws Failure before any write if too many people would lose access, and Cancelled if the execution was cancelled
 */
export async function applyChanges(api: StatuspageApi, changes: Change[], options: ApplyOptions): Promise<Outcome[]> {
	const outcomes = new Outcomes();
	const breather = new Breather(api.connection.clock);
	for (const change of changes) {
		await breather.breathe();
		const edited = editedFields(change);
		if (edited.length > 0)
			outcomes.set(change, {
				result: 'failed',
				reason: `Not applied, because the item was edited after planning (${edited.join(', ')}). Pass in the unmodified items of the plan, or create a new plan`,
			});
		else if (change.action === 'unchanged') outcomes.set(change, { result: 'unchanged', objectId: change.objectId });
	}
	const valid = outcomes.open(changes);
	await breather.breathe();
	requireCap(valid, scopesOf(valid), options.capPercent);
	await new Run(api, options, outcomes).apply(valid);
	return changes.map((change) => outcomes.of(change));
}

class Run {
	constructor(
		private readonly api: StatuspageApi,
		private readonly options: ApplyOptions,
		private readonly outcomes: Outcomes,
	) {}

	async apply(changes: Change[]): Promise<void> {
		const pages = byPage(changes);
		for (const [pageId, ofPage] of pages)
			await this.#grant(
				pageId,
				ofPage.filter((change) => !removesAccess(change)),
			);
		for (const [pageId, ofPage] of pages) await this.#removeAccess(pageId, ofPage.filter(removesAccess));
		await this.#changeTeam(changes.filter(isTeamChange));
	}

	#openChanges(changes: Change[], action: Action): Change[] {
		return this.outcomes.open(changes.filter((change) => change.action === action));
	}

	async #applyEach(changes: Change[], work: (change: Change) => Promise<Outcome>): Promise<void> {
		// Only a cancelled execution stops the other changes.
		await mapConcurrently(
			changes,
			{ concurrency: this.options.concurrency, clock: this.api.connection.clock },
			async (change) => await this.outcomes.attempt(change, async () => await work(change)),
		);
	}

	async #memberships(
		pageId: string,
		changes: Change[],
		direction: 'add' | 'remove',
		newGroups: NewGroups,
	): Promise<void> {
		const { api, outcomes } = this;
		await changeMemberships(
			{ api, pageId, newGroups, outcomes, concurrency: this.options.concurrency },
			changes,
			direction,
		);
	}

	async #grant(pageId: string, changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		const newGroups = new NewGroups(api, pageId, outcomes);
		await newGroups.create(this.#openChanges(changes, 'createGroup'));
		await this.#applyEach(
			this.#openChanges(changes, 'createViewer'),
			async (change) => await createPlannedViewer(api, pageId, change, newGroups),
		);
		await this.#applyEach(
			this.#openChanges(changes, 'updateViewer'),
			async (change) => await updatePlannedViewer(api, pageId, change),
		);
		await this.#memberships(pageId, this.#openChanges(changes, 'addToGroup'), 'add', newGroups);
		await this.#applyEach(
			this.#openChanges(changes, 'setComponents'),
			async (change) => await setComponents(api, pageId, change),
		);
	}

	async #removeAccess(pageId: string, changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		await this.#applyEach(
			this.#openChanges(changes, 'setComponents'),
			async (change) => await setComponents(api, pageId, change),
		);
		await this.#memberships(
			pageId,
			this.#openChanges(changes, 'removeFromGroup'),
			'remove',
			new NewGroups(api, pageId, outcomes),
		);
		await this.#applyEach(
			this.#openChanges(changes, 'deleteViewer'),
			async (change) => await deletePlannedViewer(api, pageId, change),
		);
		await this.#applyEach(
			this.#openChanges(changes, 'deleteSubscriber'),
			async (change) => await deleteSubscriber(api, pageId, change),
		);
	}

	/** The organization comes from the change. The key of another organization cannot read it, so no change counts as done. */
	async #changeTeam(changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		const byOrganization = new Map<string, Change[]>();
		for (const change of changes) {
			const id = change.organizationId ?? this.options.organizationId;
			addToList(byOrganization, id, change);
		}
		for (const [organizationId, ofOrganization] of byOrganization) {
			const byMember = new Map<string, Change[]>();
			for (const change of this.#openChanges(ofOrganization, 'setPermissions'))
				addToList(byMember, String(change.objectId), change);
			for (const [memberId, ofMember] of byMember)
				await setPermissions(api, organizationId, memberId, ofMember, outcomes);
			await deleteMembers(api, organizationId, this.#openChanges(ofOrganization, 'deleteTeamMember'), outcomes);
		}
	}
}
