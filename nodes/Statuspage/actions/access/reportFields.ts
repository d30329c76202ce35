import { component } from '../../../services/statuspage/objects/component';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { lookUpOption } from '../lookUpOption';
import { organizationOption } from '../../../services/statuspage/organizationOption';
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
				'Return one item with a CSV file that has one line per access row and per finding. The last lines list what was checked.',
		},
		{
			name: 'HTML File',
			value: 'html',
			description: 'Return one item with an HTML file that can be sorted, filtered and printed offline',
		},
		{
			name: 'Items',
			value: 'items',
			description: 'Return one item per person, page, component and type of access, and one per finding',
		},
	],
	default: 'items',
	description: 'What to return',
};

/** The report has no page parameter, so the dropdown shows the components of the pages in the options. */
const componentsOption = component.picks('componentIds', {
	description:
		'Only access to these components. A name must exist on at least one of the pages. Team members are left out',
	typeOptions: { loadOptionsMethod: 'getComponentsOfPages', loadOptionsDependsOn: ['options.pageIds'] },
});

const ownComponents: Field = {
	displayName: 'Own Components',
	name: 'directComponents',
	type: 'boolean',
	default: true,
	description:
		'Whether to include own components of viewers. Uses one request per viewer (5,000 viewers take about 90 minutes at 60 per minute).',
};

const includeSummary: Field = {
	displayName: 'Include Summary',
	name: 'includeSummary',
	type: 'boolean',
	default: false,
	description:
		"Whether to add a finding for each of 'People' without access, and a summary item at the end. Files always contain both.",
};

const people: Field = {
	displayName: 'People',
	name: 'emails',
	type: 'string',
	accepts: 'emails',
	default: '',
	placeholder: 'e.g. anna@example.com, ben@example.com',
	description:
		"Only people with these emails (comma-separated text or an array). Without 'Include Summary', people without access return no items.",
};

const teamMembers: Field = {
	displayName: 'Team Members',
	name: 'teamMembers',
	type: 'boolean',
	default: true,
	description:
		"Whether to include roles of team members. Uses one request per team member. Has no effect with 'Component Names or IDs'.",
};

export const reportFields: Field[] = [
	output,
	optionsField(
		componentsOption,
		includeSummary,
		lookUpOption("Only used with 'People'. 'Quick' returns a finding for each email that is not found"),
		organizationOption,
		ownComponents,
		pagesOption,
		people,
		teamMembers,
	),
];
