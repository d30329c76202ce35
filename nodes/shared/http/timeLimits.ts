import type { IPollFunctions } from 'n8n-workflow';

/** How long a run may take over its requests, in milliseconds. */
export interface TimeLimits {
	/** The longest time for one request. */
	timeoutMs: number;
	/** The longest time in which nothing but rejections come back. */
	waitBudgetMs: number;
	/** The longest wait for a slot, pacing included; without it there is no bound. */
	giveUpAfterMs?: number;
}

function within(ms: number): TimeLimits {
	return { timeoutMs: ms, waitBudgetMs: ms, giveUpAfterMs: ms };
}

/** A list behind a field: a person waits in front of the screen. */
export const PICKER_TIME_LIMITS = within(10_000);

/** For reads during a webhook call, before it is answered. Senders wait about 30 s for an answer. */
export const WEBHOOK_TIME_LIMITS = within(20_000);

/** For requests when a workflow with a trigger is published or unpublished. n8n repeats a failed activation. */
export const ACTIVATION_TIME_LIMITS = within(30_000);

/** The longest poll where n8n is too old to have a budget: the shortest interval between two polls. */
const POLL_BUDGET_MS = 60_000;

/** For one poll, within the budget of n8n. A pass over a large page spans several polls. */
export function pollTimeLimits({ getPollBudgetMs }: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): TimeLimits {
	return within(getPollBudgetMs?.() ?? POLL_BUDGET_MS);
}
