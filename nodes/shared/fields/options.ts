import type { TimeLimits } from '../http/timeLimits';
import { sortedByLabel, type Field } from './field';
import type { Values } from '../operations/values';

const TIMEOUT_SECONDS = 60;
const WAIT_BUDGET_SECONDS = 300;

export const ignoreIfMissingOption: Field = {
	displayName: 'Ignore If Missing',
	name: 'ignoreIfMissing',
	type: 'boolean',
	default: false,
	description: "Whether to continue if the object doesn't exist. The output is then 'deleted: false'.",
};

/** For operations with fields that can be cleared. */
export const emptyClearsOption: Field = {
	displayName: 'Empty Clears',
	name: 'emptyClears',
	type: 'boolean',
	default: false,
	description: 'Whether an expression with an empty result clears its field. Otherwise it is rejected.',
};

/** The most that may run at a time; the window of the key is no larger by default. */
const MAX_CONCURRENCY = 60;
const CONCURRENCY = 20;

const concurrencyOption: Field = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY, numberPrecision: 0 },
	default: CONCURRENCY,
	description:
		'How many items are worked on at a time. The output keeps the order of the items, and so do writes to the same object.',
};

const timeoutOption: Field = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: TIMEOUT_SECONDS,
	description: 'How long to wait for the answer to one request',
};

const waitBudgetOption: Field = {
	displayName: 'Wait Budget (Seconds)',
	name: 'waitBudget',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: WAIT_BUDGET_SECONDS,
	description:
		'How long to go on while the service refuses everything because of its rate limit. Waiting for room in the limit has no bound: a job of thousands takes the time that the limit dictates.',
};

/** The Options of an operation: its own and those that all have, sorted by name. */
export function optionsField(...own: Field[]): Field {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedByLabel([...own, concurrencyOption, timeoutOption, waitBudgetOption]),
	};
}

/** How a run goes about its work. */
export interface RunOptions extends TimeLimits {
	concurrency: number;
}

/** @param options of one item; without it the defaults hold */
export function runOptions(options?: Values): RunOptions {
	return {
		timeoutMs: (options?.number('timeout') ?? TIMEOUT_SECONDS) * 1000,
		waitBudgetMs: (options?.number('waitBudget') ?? WAIT_BUDGET_SECONDS) * 1000,
		concurrency: options?.number('concurrency') ?? CONCURRENCY,
	};
}
