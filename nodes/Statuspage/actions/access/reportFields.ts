import { component } from '../../../services/statuspage/objects/component';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { lookUpOption } from '../lookUpOption';
import { organizationOption } from '../organizationOption';
import { pagesOption } from './pagesOption';

const output: Field = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'CSV File',
			value: 'csv',
			description:
				'One item with a table for a spreadsheet: one line per access row and per finding. The last lines say what was looked at.',
		},
		{
			name: 'HTML File',
			value: 'html',
			description: 'One item with a file that a person can read, sort, filter and print without a network',
		},
		{ name: 'Items', value: 'items', description: 'One item per person, page, component and way, and one per finding' },
	],
	default: 'items',
	description: 'What to return',
};

/** The report has no page parameter, so the dropdown shows the components of the pages in the options. */
const componentsOption = component.picks('componentIds', {
	description:
		'Only access to these components; all when empty. A name counts if at least one of the pages has it. Team members are left out',
	typeOptions: { loadOptionsMethod: 'getComponentsOfPages', loadOptionsDependsOn: ['options.pageIds'] },
});

const ownComponents: Field = {
	displayName: 'Own Components',
	name: 'directComponents',
	type: 'boolean',
	default: true,
	description:
		'Whether to include own components of viewers. It takes 1 request per viewer: 5,000 viewers take an hour and a half at 60 requests per minute.',
};

const includeSummary: Field = {
	displayName: 'Include Summary',
	name: 'includeSummary',
	type: 'boolean',
	default: false,
	description:
		"Whether to return a finding for each of 'People' without access, and a last item with the number of requests and what was looked at. Files always contain this.",
};

const people: Field = {
	displayName: 'People',
	name: 'emails',
	type: 'string',
	accepts: 'emails',
	default: '',
	placeholder: 'e.g. anna@example.com, ben@example.com',
	description:
		"Only access of people with these emails, as text with commas or as an array (expression); everyone when empty. People without access have no item, unless 'Include Summary' is on.",
};

const teamMembers: Field = {
	displayName: 'Team Members',
	name: 'teamMembers',
	type: 'boolean',
	default: true,
	description:
		"Whether to include the roles of team members, at 1 request per team member. It has no effect with 'Component Names or IDs'.",
};

export const reportFields: Field[] = [
	output,
	optionsField(
		componentsOption,
		includeSummary,
		lookUpOption(
			"It has an effect with 'People' only. Quick returns a finding with notFoundBySearch: true for each email that the search does not find",
		),
		organizationOption,
		ownComponents,
		pagesOption,
		people,
		teamMembers,
	),
];
