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
			description: 'Return one item per change for Apply Plan, and no item when nothing will change',
		},
		{
			name: 'Summary',
			value: 'summary',
			description: 'Return one item with a message to approve, the counts, the cost and the changes for Apply Plan',
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
		{ name: 'Markdown', value: 'markdown', description: 'Markdown, e.g. for GitHub or Discord' },
		{ name: 'Plain', value: 'plain', description: 'Text without markup, e.g. for an email' },
		{ name: 'Slack', value: 'slack', description: 'Slack mrkdwn, for one block of a message' },
	],
	default: 'markdown',
	description: "Where the field 'message' will be shown. Names are escaped for this place.",
	displayOptions: { show: { output: ['summary'] } },
};

export const capOption: Field = {
	displayName: 'Most People Who May Lose Access (%)',
	name: 'capPercent',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: DEFAULT_CAP_PERCENT,
	description:
		'The share of the people in scope who may lose access. Each page, and the team, is counted for itself. At least one person may always lose access, also at 0 %. If more people would lose access, nothing is changed.',
};

export const includeUnchangedOption: Field = {
	displayName: 'Include Unchanged',
	name: 'includeUnchanged',
	type: 'boolean',
	default: false,
	description: 'Whether to also return an item for each listed person who needs no change',
};

/** The first item's options hold for a plan as a whole. */
export function capPercentOf({ options }: StatuspageInput): number {
	return options.number('capPercent') ?? DEFAULT_CAP_PERCENT;
}

/** The first item's format holds for the summary. */
export function formatOf({ values }: StatuspageInput): FormatName {
	return values.choice<FormatName>('format', 'markdown');
}
