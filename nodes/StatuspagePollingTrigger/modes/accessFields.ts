import { page } from '../../services/statuspage/objects/page';
import { organizationOption } from '../../services/statuspage/organizationOption';
import type { AccessKind } from '../../services/statuspage/accessWatch/accessKinds';
import type { Field } from '../../shared/fields/field';
import { sortedByLabel } from '../../shared/fields/field';

interface EventChoice {
	name: string;
	value: AccessKind;
	description: string;
}

const PER_VIEWERS = '1 request per 100 viewers per poll';
const PER_GROUPS = '1 request per 100 viewer groups per poll';
const PER_MEMBERS = '1 request per 100 team members per poll';

/** Events of the same list share its requests. Sorted by name. */
const EVENTS: EventChoice[] = [
	{
		name: 'Key Expires',
		value: 'keyExpires',
		description: 'The API key expires soon, as entered in the credential. No request.',
	},
	{
		name: 'Permission Changed',
		value: 'permissionChanged',
		description: 'Pages or roles of a team member changed. 1 request per team member per poll, and their list.',
	},
	{ name: 'Team Member Added', value: 'teamMemberAdded', description: `A team member was added. ${PER_MEMBERS}.` },
	{
		name: 'Team Member Removed',
		value: 'teamMemberRemoved',
		description: `A team member was removed. ${PER_MEMBERS}.`,
	},
	{ name: 'Viewer Added', value: 'viewerAdded', description: `A viewer was added to the page. ${PER_VIEWERS}.` },
	{
		name: 'Viewer Changed',
		value: 'viewerChanged',
		description: `Email, external login or viewer groups of a viewer changed. ${PER_VIEWERS}.`,
	},
	{ name: 'Viewer Group Added', value: 'viewerGroupAdded', description: `A viewer group was added. ${PER_GROUPS}.` },
	{
		name: 'Viewer Group Changed',
		value: 'viewerGroupChanged',
		description: `Name, viewers, components, metrics or external identifier of a viewer group changed. ${PER_GROUPS}.`,
	},
	{
		name: 'Viewer Group Removed',
		value: 'viewerGroupRemoved',
		description: `A viewer group was deleted. ${PER_GROUPS}.`,
	},
	{
		name: 'Viewer Removed',
		value: 'viewerRemoved',
		description: `A viewer was removed from the page. ${PER_VIEWERS}.`,
	},
];

const ON_A_PAGE: AccessKind[] = [
	'viewerAdded',
	'viewerChanged',
	'viewerGroupAdded',
	'viewerGroupChanged',
	'viewerGroupRemoved',
	'viewerRemoved',
];

const keepEmailsOption: Field = {
	displayName: 'Keep Viewer Emails',
	name: 'keepEmails',
	type: 'boolean',
	default: false,
	description:
		"Whether n8n keeps the emails of all viewers with the workflow, so 'Viewer Removed' contains the email. Otherwise, it contains the ID only.",
};

/** The fields of the mode Access, besides n8n's 'Poll Times'. */
export const accessFields: Field[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
		default: ['viewerAdded', 'viewerChanged', 'viewerRemoved'],
		required: true,
		description: 'What starts the workflow. Events that need the same list share its requests.',
	},
	{ ...page.locator, displayOptions: { show: { events: ON_A_PAGE } } },
	{
		displayName: 'Days Before Expiry',
		name: 'daysBeforeExpiry',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 30,
		displayOptions: { show: { events: ['keyExpires'] } },
		description: 'How many days before the expiry of the API key the workflow starts, once per expiry date',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedByLabel([keepEmailsOption, organizationOption]),
	},
];
