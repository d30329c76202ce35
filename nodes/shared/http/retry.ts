import { isUnanswered, isUncertain, type Outcome } from './outcome';

/** Attempts in total, including the first one, where no outage is on. */
export const MAX_TRIES = 5;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8000;

export type Step =
	| { do: 'return' }
	/** Rejected, or the service is away. The request waits with all others of the key, and is then sent again. */
	| { do: 'wait' }
	| { do: 'repeat'; afterMs: number }
	| { do: 'fail' };

export interface Situation {
	outcome: Outcome;
	/** Attempts so far, including this one. Rejections and outages are not counted, because a time limits them. */
	tries: number;
	/** Doing it twice is the same as doing it once. */
	isRepeatable: boolean;
	/** An outage is on. */
	isAway: boolean;
	waitBudgetMs: number;
	/** 0 up to 1. */
	random: number;
}

/** Exponential backoff with full jitter. */
export function backoffMs(tries: number, random: number): number {
	return random * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
}

/** What to do after one attempt. */
export function nextStep({ outcome, tries, isRepeatable, isAway, waitBudgetMs, random }: Situation): Step {
	if (outcome.kind === 'answer') return { do: 'return' };
	if (outcome.kind === 'rejected') return { do: 'wait' };
	if (outcome.kind === 'redirect') return { do: 'fail' };
	const isTransient = outcome.kind === 'broken' || outcome.isTransient;
	if (!isTransient || (!isRepeatable && isUncertain(outcome))) return { do: 'fail' };
	if (isAway && isUnanswered(outcome)) return { do: 'wait' };
	const askedMs = outcome.kind === 'broken' ? (outcome.retryAfterMs ?? 0) : 0;
	if (tries >= MAX_TRIES || askedMs > waitBudgetMs) return { do: 'fail' };
	return { do: 'repeat', afterMs: Math.max(askedMs, backoffMs(tries, random)) };
}
