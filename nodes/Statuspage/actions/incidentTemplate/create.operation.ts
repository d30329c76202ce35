import type { IDataObject } from 'n8n-workflow';
import { createIncidentTemplate } from '../../../services/statuspage/createIncidentTemplate';
import { STATUS_NAMES } from '../../../services/statuspage/incidentForm';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { noteOf } from '../../../shared/operations/noteOf';
import { limitedText } from '../incident/incidentBody';
import { MOST_MESSAGE_CHARACTERS, MOST_NAME_CHARACTERS } from '../incident/incidentFields';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { templateOutput } from './templateOutput';

const nameField: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Payment outage',
	description: 'Name in the list of templates. Statuspage allows duplicate names.',
};

const title: Field = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Payments are delayed',
	description: `Name of the incidents that are created from the template, with at most ${MOST_NAME_CHARACTERS} characters`,
};

const message: Field = {
	displayName: 'Message',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. We are investigating the cause.',
	description: 'Text of the first update of these incidents, with at most 25,000 characters',
};

const deliverNotifications: Field = {
	displayName: 'Deliver Notifications',
	name: 'shouldSendNotifications',
	type: 'boolean',
	default: true,
	description: 'Whether incidents from this template notify subscribers. The template itself notifies nobody.',
};

const status: Field = {
	displayName: 'Status',
	name: 'updateStatus',
	type: 'options',
	options: Object.values(STATUS_NAMES)
		.flatMap((names) => Object.entries(names).map(([value, name]) => ({ name, value })))
		.sort((a, b) => (a.name < b.name ? -1 : 1)),
	default: 'investigating',
	description:
		'Status of incidents from this template. With In Progress, Scheduled, Verifying or Completed, it is for maintenances only.',
};

const templateGroupId: Field = {
	displayName: 'Template Group ID',
	name: 'templateGroupId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8tn5vbjvlqpv',
	description:
		"ID of a group of templates, which is not a component group. The API can't list these groups. 'Get Many' returns the ID of a template's group as 'group_id'.",
};

const tweet: Field = {
	displayName: 'Tweet',
	name: 'shouldTweet',
	type: 'boolean',
	default: false,
	description: 'Whether updates of incidents from this template are tweeted',
};

const newTemplateFields = additionalFieldsField(
	[
		component.picks('componentIds', { description: 'Components that incidents from this template affect' }),
		deliverNotifications,
		status,
		templateGroupId,
		tweet,
	],
	{ whenEmpty: 'omitted' },
);

/** The fields that need no request, named as in the API. Throws Failure if a text is too long. */
function localBody(input: StatuspageInput): IDataObject {
	const { values } = input;
	const rare = values.collection('additionalFields');
	return {
		name: values.text('name'),
		title: limitedText(input, values, 'title', MOST_NAME_CHARACTERS),
		body: limitedText(input, values, 'body', MOST_MESSAGE_CHARACTERS),
		...(rare.has('templateGroupId') ? { group_id: rare.text('templateGroupId') } : {}),
		...(rare.has('updateStatus') ? { update_status: rare.text('updateStatus') } : {}),
		...(rare.has('shouldTweet') ? { should_tweet: rare.flag('shouldTweet') } : {}),
		...(rare.has('shouldSendNotifications') ? { should_send_notifications: rare.flag('shouldSendNotifications') } : {}),
	};
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create incident template',
	description: 'Create a new template with texts for incidents or maintenances',
	effects:
		"The page does not show templates. No notification is sent. 'Create' of incidents can use the template. The API can't change or delete templates, so do this on the Statuspage website.",
	isReadOnly: false,
	uses: ['createIncidentTemplate', 'listIncidentTemplates'],
	fields: [page.locator, nameField, title, message, newTemplateFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const own = localBody(input);
		const rare = values.collection('additionalFields');
		const pageId = await input.pageId();
		const componentIds = rare.has('componentIds')
			? await input.idsOf(component, { pageId }, 'componentIds', { values: rare })
			: [];
		const body = { ...own, ...(componentIds.length > 0 ? { component_ids: componentIds } : {}) };
		// Otherwise a template whose answer is lost could be mistaken for its twin.
		await input.inOrder(`${pageId} new template ${String(own.name)} ${String(own.body)}`);
		const { template, note } = await createIncidentTemplate(api, pageId, body);
		return { ...templateOutput(values, template), ...noteOf(note) };
	},
};
