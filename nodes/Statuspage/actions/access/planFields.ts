import type { FormatName } from '../../../services/statuspage/plans/message/messageFormat';
import type { Field } from '../../../shared/fields/field';
import type { StatuspageInput } from '../statuspageInput';

/** In percent of the people in scope. */
const DEFAULT_CAP_PERCENT = 10;

export const outputField: Field = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Changes',
			value: 'changes',
			description: "Return one item per change, to pass to 'Apply Plan'. Returns no items if nothing will change.",
		},
		{
			name: 'Summary',
			value: 'summary',
			description: "Return one item with a message to approve, counts, cost and the changes for 'Apply Plan'",
		},
	],
	default: 'changes',
	description: 'What to return',
};

export const formatField: Field = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'Jira', value: 'jira', description: 'Jira wiki markup, for comments and descriptions' },
		{ name: 'Markdown', value: 'markdown', description: 'Markdown, for example for GitHub or Discord' },
		{ name: 'Plain', value: 'plain', description: 'Plain text, for example for an email' },
		{ name: 'Slack', value: 'slack', description: 'Slack mrkdwn, for one block of a message' },
	],
	default: 'markdown',
	description: "Where the field 'message' will be shown. Names are escaped accordingly.",
	displayOptions: { show: { output: ['summary'] } },
};

export const capOption: Field = {
	displayName: 'Max People Losing Access (%)',
	name: 'capPercent',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: DEFAULT_CAP_PERCENT,
	description:
		'Largest share of the people in scope who may lose access, per page and for the team (at least one person). If exceeded, nothing is changed.',
};

export const includeUnchangedOption: Field = {
	displayName: 'Include Unchanged',
	name: 'includeUnchanged',
	type: 'boolean',
	default: false,
	description: 'Whether to also return an item for each listed person who needs no changes',
};

/** A plan has one limit, so the first item's options apply to all items. */
export function capPercentOf({ options }: StatuspageInput): number {
	return options.number('capPercent') ?? DEFAULT_CAP_PERCENT;
}

/** A plan has one summary, so the first item's format applies. */
export function formatOf({ values }: StatuspageInput): FormatName {
	return values.choice<FormatName>('format', 'markdown');
}
