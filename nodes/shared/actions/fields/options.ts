import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Patience } from '../../transport/connect';

const TIMEOUT_SECONDS = 60;
const WAIT_BUDGET_SECONDS = 300;

export const ignoreIfMissingOption: INodeProperties = {
	displayName: 'Ignore If Missing',
	name: 'ignoreIfMissing',
	type: 'boolean',
	default: false,
	description: 'Whether to go on, with deleted: false, when there is nothing to delete',
};

/** The most that may run at a time; the window of the key is no larger by default. */
const MAX_CONCURRENCY = 60;
const CONCURRENCY = 20;

const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: CONCURRENCY,
	description: 'How many items are worked on at a time. The output keeps the order of the items, and so do writes to the same object.',
};

const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: TIMEOUT_SECONDS,
	description: 'How long to wait for the answer to one request',
};

const waitBudgetOption: INodeProperties = {
	displayName: 'Wait Budget (Seconds)',
	name: 'waitBudget',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: WAIT_BUDGET_SECONDS,
	description: 'How long to go on while the service refuses everything because of its rate limit. Waiting for room in the limit has no bound: a job of thousands takes the time that the limit dictates.',
};

/** The Options of an operation: its own and those that all have, sorted by name. */
export function optionsField(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, concurrencyOption, timeoutOption, waitBudgetOption].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** The request helper's patience is that of the run: the first item's options hold. */
export function patienceOf(context: IExecuteFunctions): Patience {
	const { timeout = TIMEOUT_SECONDS, waitBudget = WAIT_BUDGET_SECONDS } = context.getNodeParameter('options', 0, {}) as IDataObject;
	return { timeoutMs: Number(timeout) * 1000, waitBudgetMs: Number(waitBudget) * 1000 };
}

/** The first item's options hold here as well. */
export function concurrencyOf(context: IExecuteFunctions): number {
	const { concurrency = CONCURRENCY } = context.getNodeParameter('options', 0, {}) as IDataObject;
	return Math.min(MAX_CONCURRENCY, Math.max(1, Math.floor(Number(concurrency)) || CONCURRENCY));
}
