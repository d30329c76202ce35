import { Cancelled, Failure, Outdated, asError } from '../../../../shared/http/failures';
import { personOf, takesAway, type Change } from '../change';

export type Result = 'done' | 'unchanged' | 'stale' | 'failed';

/** What came of one change. */
export interface Outcome {
	result: Result;
	/** Why it was not done; also what somebody should know who reads that it was. */
	reason?: string;
	/** The object as it is known now: a new viewer has its ID from here. */
	objectId?: string | null;
}

export const STALE = 'It was changed since the plan was created. Create a new plan';
export const GONE: Outcome = {
	result: 'failed',
	reason: 'The viewer does not exist any more, neither by ID nor by email',
};

/** What came of each change of a run. One that fails never ends the others. */
export class Outcomes {
	readonly #outcomes = new Map<Change, Outcome>();
	/** People of whom a grant failed: nothing is taken from them in this run. */
	readonly #heldBack = new Set<string>();

	set(change: Change, outcome: Outcome): void {
		this.#outcomes.set(change, outcome);
		const isBad = outcome.result === 'failed' || outcome.result === 'stale';
		if (isBad && !takesAway(change) && change.email) this.#heldBack.add(personOf(change));
	}

	of(change: Change): Outcome {
		return this.#outcomes.get(change) ?? { result: 'failed', reason: 'It was not started' };
	}

	/** The changes that are still to be done; whoever did not get what the plan gives loses nothing either. */
	open(changes: Change[]): Change[] {
		return changes.filter((change) => {
			if (this.#outcomes.has(change)) return false;
			if (!takesAway(change) || !this.#heldBack.has(personOf(change))) return true;
			this.set(change, {
				result: 'failed',
				reason: 'Not applied, because a grant of the same person could not be applied',
			});
			return false;
		});
	}

	/** Does one change; whatever goes wrong is its own, unless the execution was cancelled. */
	async attempt(change: Change, work: () => Promise<Outcome>): Promise<void> {
		await this.settle(change, work);
	}

	/** The same for work that may leave the change open. */
	async settle(change: Change, work: () => Promise<Outcome | undefined>): Promise<void> {
		try {
			const outcome = await work();
			if (outcome) this.set(change, outcome);
		} catch (error) {
			// A unit that begins again is no outcome.
			if (error instanceof Cancelled || error instanceof Outdated) throw asError(error);
			// A mistake of ours must not hide what was done: it is this row's failure.
			const { message, advice } =
				error instanceof Failure
					? error.facts
					: { message: `Unexpected: ${asError(error).message}`, advice: 'Please report this' };
			this.set(change, { result: 'failed', reason: [message, advice].filter(Boolean).join('. ') });
		}
	}
}
