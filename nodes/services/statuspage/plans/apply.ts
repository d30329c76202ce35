import { passOn } from '../../../shared/http/failures';
import { sideBySide } from '../../../shared/http/sideBySide';
import type { StatuspageApi } from '../client';
import { changeMemberships } from './applyMemberships';
import { deleteMember, setPermissions } from './applyTeam';
import { createGroup, createOne, deleteOne, deleteSubscriber, setComponents, updateOne, viewersFor, type GroupIds } from './applyViewers';
import { requireCap, scopeKey } from './cap';
import { editedFields, takesAway, type Action, type Change } from './change';
import { Outcomes, type Outcome } from './outcomes';

export interface ApplyOptions {
	/** Empty where no change needs it. */
	organizationId: string;
	capPercent: number;
	concurrency: number;
}

function byPage(changes: Change[]): Map<string, Change[]> {
	const pages = new Map<string, Change[]>();
	for (const change of changes) if (change.page !== null) pages.set(change.page, [...(pages.get(change.page) ?? []), change]);
	return pages;
}

/** The people in scope of each page, and of the team, as the changes say. */
function scopesOf(changes: Change[]): Map<string, number> {
	const scopes = new Map<string, number>();
	for (const change of changes) scopes.set(scopeKey(change), Math.max(scopes.get(scopeKey(change)) ?? 0, change.peopleInScope));
	return scopes;
}

/**
 * Does what a plan says, grants first, and answers for each change, in the same order. State that equals what a change wants is
 * `unchanged`, so that a run that was ended in between is finished by the next; state that is neither as planned nor as wanted is
 * `stale`, and left alone.
 *
 * @throws Failure before anything is done when the plan takes something away from too many; Cancelled when the execution is
 */
export async function applyChanges(api: StatuspageApi, changes: Change[], options: ApplyOptions): Promise<Outcome[]> {
	const outcomes = new Outcomes();
	for (const change of changes) {
		const edited = editedFields(change);
		if (edited.length > 0) outcomes.set(change, { result: 'failed', reason: `The item was altered after it was planned (${edited.join(', ')}), and is not applied. Pass the items of the plan on as they are, or create a new plan` });
		else if (change.action === 'unchanged') outcomes.set(change, { result: 'unchanged', objectId: change.objectId });
	}
	const valid = outcomes.open(changes);
	requireCap(valid, scopesOf(valid), options.capPercent);
	await new Run(api, options, outcomes).do(valid);
	return changes.map((change) => outcomes.of(change));
}

class Run {
	constructor(
		private readonly api: StatuspageApi,
		private readonly options: ApplyOptions,
		private readonly outcomes: Outcomes,
	) {}

	async do(changes: Change[]): Promise<void> {
		for (const [pageId, ofPage] of byPage(changes)) await this.#grant(pageId, ofPage.filter((change) => !takesAway(change)));
		for (const [pageId, ofPage] of byPage(changes)) await this.#takeAway(pageId, ofPage.filter(takesAway));
		await this.#changeTeam(changes);
	}

	#of(changes: Change[], action: Action): Change[] {
		return this.outcomes.open(changes.filter((change) => change.action === action));
	}

	async #each(changes: Change[], work: (change: Change) => Promise<Outcome>, concurrency = this.options.concurrency): Promise<void> {
		const ended = await sideBySide({
			count: changes.length,
			concurrency,
			clock: this.api.connection.clock,
			run: async (index) => await this.outcomes.attempt(changes[index], async () => await work(changes[index])),
			stopsAfter: (result) => 'error' in result,
		});
		// Only a cancelled execution gets here with an error.
		for (const result of ended) if (result && 'error' in result) throw result.error as Error;
	}

	/** The same for changes that share a list. One that cannot be read is the failure of each of them. */
	async #eachWith<T>(changes: Change[], read: () => Promise<T>, work: (change: Change, shared: T) => Promise<Outcome>): Promise<void> {
		if (changes.length === 0) return;
		let shared: T;
		try {
			shared = await read();
		} catch (error) {
			for (const change of changes) await this.outcomes.attempt(change, async () => await Promise.reject(passOn(error)));
			return;
		}
		await this.#each(changes, async (change) => await work(change, shared));
	}

	async #grant(pageId: string, changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		const created: GroupIds = new Map();
		await this.#each(this.#of(changes, 'createGroup'), async (change) => await createGroup(api, pageId, change, created), 1);
		await this.#each(this.#of(changes, 'createViewer'), async (change) => await createOne(api, pageId, change, created));
		const updates = this.#of(changes, 'updateViewer');
		await this.#eachWith(updates, async () => await viewersFor(api, pageId, updates), async (change, find) => await updateOne(api, pageId, change, find));
		await changeMemberships(api, pageId, this.#of(changes, 'addToGroup'), 'add', created, outcomes);
		await this.#each(this.#of(changes, 'setComponents'), async (change) => await setComponents(api, pageId, change));
	}

	async #takeAway(pageId: string, changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		await this.#each(this.#of(changes, 'setComponents'), async (change) => await setComponents(api, pageId, change));
		await changeMemberships(api, pageId, this.#of(changes, 'removeFromGroup'), 'remove', new Map(), outcomes);
		await this.#each(this.#of(changes, 'deleteViewer'), async (change) => await deleteOne(api, pageId, change));
		await this.#each(this.#of(changes, 'deleteSubscriber'), async (change) => await deleteSubscriber(api, pageId, change));
	}

	async #changeTeam(changes: Change[]): Promise<void> {
		const { api, outcomes } = this;
		const { organizationId } = this.options;
		const permissions = this.#of(changes, 'setPermissions');
		for (const memberId of new Set(permissions.map(({ objectId }) => String(objectId)))) {
			await setPermissions(api, organizationId, memberId, permissions.filter(({ objectId }) => objectId === memberId), outcomes);
		}
		await this.#eachWith(
			this.#of(changes, 'deleteTeamMember'),
			async () => await api.list('listTeamMembers', { organizationId }, { isExact: true }),
			async (change, members) => await deleteMember(api, organizationId, change, members),
		);
	}
}
