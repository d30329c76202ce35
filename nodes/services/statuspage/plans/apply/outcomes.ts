import { Cancelled, Failure, Outdated, asError } from '../../../../shared/http/failures';
import { personKey, removesAccess, type Change } from '../change';

export type Result = 'done' | 'unchanged' | 'stale' | 'failed';

/** The result of one change. */
export interface Outcome {
	result: Result;
	/** Reason, or a note on a successful change. */
	reason?: string;
	/** The ID of the object. New objects get it here. */
	objectId?: string | null;
}

export const STALE = 'Changed since the plan was created. Create a new plan';
export const VIEWER_NOT_FOUND: Outcome = {
	result: 'failed',
	reason: 'The viewer no longer exists. It was not found by ID or email',
};

/** The outcomes of all changes of a run. A failed change does not stop the others. */
export class Outcomes {
	readonly #outcomes = new Map<Change, Outcome>();
	/** Keys of people whose grants failed. No access is removed from them in this run. */
	readonly #peopleWithFailedGrants = new Set<string>();

	set(change: Change, outcome: Outcome): void {
		this.#outcomes.set(change, outcome);
		const isBad = outcome.result === 'failed' || outcome.result === 'stale';
		if (isBad && !removesAccess(change) && change.email) this.#peopleWithFailedGrants.add(personKey(change));
	}

	of(change: Change): Outcome {
		return this.#outcomes.get(change) ?? { result: 'failed', reason: 'Not started' };
	}

	/** The changes without an outcome. Removals of people whose grants failed are skipped. */
	open(changes: Change[]): Change[] {
		return changes.filter((change) => {
			if (this.#outcomes.has(change)) return false;
			if (!removesAccess(change) || !this.#peopleWithFailedGrants.has(personKey(change))) return true;
			this.set(change, {
				result: 'failed',
				reason: 'Skipped because granting other access to the same person failed',
			});
			return false;
		});
	}

	/** Applies one change. An error becomes its outcome, unless the execution was cancelled. */
	async attempt(change: Change, work: () => Promise<Outcome>): Promise<void> {
		await this.settle(change, work);
	}

	/** Like `attempt`, but the work may return undefined to leave the change open. */
	async settle(change: Change, work: () => Promise<Outcome | undefined>): Promise<void> {
		try {
			const outcome = await work();
			if (outcome) this.set(change, outcome);
		} catch (error) {
			// The unit will be repeated, so this is not the outcome.
			if (error instanceof Cancelled || error instanceof Outdated) throw asError(error);
			// An unexpected error must not hide the outcomes of other changes, so it only fails this one.
			const { message, advice } =
				error instanceof Failure
					? error.facts
					: { message: `Unexpected: ${asError(error).message}`, advice: 'Please report this' };
			this.set(change, { result: 'failed', reason: [message, advice].filter(Boolean).join('. ') });
		}
	}
}
