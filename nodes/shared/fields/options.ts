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

/** Option of operations that delete, or that reach people outside. */
export const dryRunOption: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to only return what would change, as before and after. Nothing is written.',
};

/** Option of operations whose fields can be cleared. */
export const emptyClearsOption: Field = {
	displayName: 'Empty Clears',
	name: 'emptyClears',
	type: 'boolean',
	default: false,
	description:
		'Whether to clear a field if its expression returns an empty result. If off, an empty result is rejected.',
};

/** Upper limit of 'Concurrency'. The default rate limit is not larger. */
const MAX_CONCURRENCY = 60;
const CONCURRENCY = 20;

const concurrencyOption: Field = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY, numberPrecision: 0 },
	default: CONCURRENCY,
	description:
		'Maximum number of items to process, and of lists and pages to read, at the same time. Output order and the order of writes to the same object are preserved.',
};

const timeoutOption: Field = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: TIMEOUT_SECONDS,
	description: 'The longest time for one request, until its whole response has arrived',
};

// Without the unit, because n8n cuts labels over about 28 characters. The description names it.
const waitBudgetOption: Field = {
	displayName: 'Max Wait While Unavailable',
	name: 'waitBudget',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: WAIT_BUDGET_SECONDS,
	description:
		"How many seconds to keep retrying while every request is rejected or the service is unavailable. Normal pacing isn't limited.",
};

/** The field 'Options' of an operation, with its own options and those of all operations, sorted by label. */
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

/** Time limits and concurrency of a run. */
export interface RunOptions extends TimeLimits {
	concurrency: number;
}

/** @param options the field 'Options' of one item; the defaults apply if it is left out */
export function runOptions(options?: Values): RunOptions {
	return {
		timeoutMs: (options?.number('timeout') ?? TIMEOUT_SECONDS) * 1000,
		waitBudgetMs: (options?.number('waitBudget') ?? WAIT_BUDGET_SECONDS) * 1000,
		concurrency: options?.number('concurrency') ?? CONCURRENCY,
	};
}
