import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DEFAULT_CAP_PERCENT } from '../../access/cap';
import { idList } from '../../../shared/actions/idList';
import type { Input } from '../input';

export const outputField: INodeProperties = {
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

export const capOption: INodeProperties = {
	displayName: 'Most People Who May Lose Access (%)',
	name: 'capPercent',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: DEFAULT_CAP_PERCENT,
	description: 'The share of the people in scope who may end with less than before, at least one person. A plan beyond it stops before anything is done.',
};

export const includeUnchangedOption: INodeProperties = {
	displayName: 'Include Unchanged',
	name: 'includeUnchanged',
	type: 'boolean',
	default: false,
	description: 'Whether to return an item for each listed person who needs no change as well',
};

/** The first item's options hold for a plan as a whole. */
export function capPercentOf(input: Input): number {
	const { capPercent = DEFAULT_CAP_PERCENT } = input.collection('options');
	return Math.min(100, Math.max(0, Number(capPercent)));
}

/**
 * A value as the item means it: an expression gives the value itself; a text that is the name of one of the item's fields means that
 * field, so that lists of any system can be used as they are.
 */
export function fieldValue({ json }: Input, value: unknown): unknown {
	return typeof value === 'string' && Object.hasOwn(json, value.trim()) ? json[value.trim()] : value;
}

export function textOf(input: Input, value: unknown): string {
	return String(fieldValue(input, value) ?? '').trim();
}

/** Names or IDs: an array, or text with commas. */
export function namesOf(input: Input, value: unknown): string[] {
	return idList(fieldValue(input, value) ?? []);
}

/** A field of a collection; undefined when it was not added. */
export function added(collection: IDataObject, name: string): unknown {
	return Object.hasOwn(collection, name) ? (collection[name] ?? '') : undefined;
}
