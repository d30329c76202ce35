import type { Outcome } from './outcome';

/** Attempts in total, including the first one. Rejections are not counted, because a time budget limits them. */
export const MAX_TRIES = 5;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8000;

export type Step =
	| { do: 'return' }
	/** Rejected and not processed. The whole key pauses, then any method is sent again. */
	| { do: 'pause'; forMs: number }
	| { do: 'repeat'; afterMs: number }
	| { do: 'fail' };

export interface Situation {
	outcome: Outcome;
	/** Attempts so far, including this one, without rejections. */
	tries: number;
	/** Doing it twice is the same as doing it once. */
	isRepeatable: boolean;
	/** Milliseconds since the first of an uninterrupted series of rejections. */
	rejectedForMs: number;
	waitBudgetMs: number;
	/** The window of the key, for a rejection without Retry-After. */
	windowMs: number;
	/** 0 up to 1. */
	random: number;
}

/** Exponential backoff with full jitter. */
export function backoffMs(tries: number, random: number): number {
	return random * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
}

/** What to do after one attempt. */
export function nextStep(situation: Situation): Step {
	const { outcome, tries, isRepeatable, rejectedForMs, waitBudgetMs, windowMs, random } = situation;
	if (outcome.kind === 'answer') return { do: 'return' };
	if (outcome.kind === 'rejected') {
		const forMs = outcome.retryAfterMs ?? windowMs;
		return rejectedForMs + forMs > waitBudgetMs ? { do: 'fail' } : { do: 'pause', forMs };
	}
	if (outcome.kind === 'redirect') return { do: 'fail' };
	const isHarmless = isRepeatable || (outcome.kind === 'noAnswer' && !outcome.mayHaveArrived);
	const isTransient = outcome.kind === 'broken' || outcome.isTransient;
	return isHarmless && isTransient && tries < MAX_TRIES
		? { do: 'repeat', afterMs: backoffMs(tries, random) }
		: { do: 'fail' };
}
