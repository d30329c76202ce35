import { DEFAULT_CAP_PERCENT } from '../../../services/statuspage/plans/cap';
import type { Field } from '../../../shared/fields/field';
import type { Input } from '../input';

export const outputField: Field = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Changes', value: 'changes', description: 'One item a change, for Apply Plan; no item when there is nothing to change' },
		{ name: 'Summary', value: 'summary', description: 'One item with counts, cost, Markdown for an approval message, and the changes for Apply Plan' },
	],
	default: 'changes',
	description: 'What to return',
};

export const capOption: Field = {
	displayName: 'Most People Who May Lose Access (%)',
	name: 'capPercent',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: DEFAULT_CAP_PERCENT,
	description: 'The share of the people in scope who may end with less than before, at least one person. A plan beyond it stops before anything is done.',
};

export const includeUnchangedOption: Field = {
	displayName: 'Include Unchanged',
	name: 'includeUnchanged',
	type: 'boolean',
	default: false,
	description: 'Whether to return an item for each listed person who needs no change as well',
};

/** The first item's options hold for a plan as a whole. */
export function capPercentOf({ options }: Input): number {
	return options.number('capPercent') ?? DEFAULT_CAP_PERCENT;
}
