import type { IDataObject } from 'n8n-workflow';
import { component } from '../../../services/statuspage/objects/component';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { contactBody, type Contact } from '../../../services/statuspage/subscriptions/contact';
import { viewerByEmail } from '../../../services/statuspage/viewers';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { describeValue } from '../../../shared/operations/invalidValue';
import {
	emailField,
	phoneContact,
	phoneFields,
	shownFor,
	skipConfirmationField,
	type NewMode,
} from '../contactOfSubscriber';
import { identifyViewer } from '../itemViewer';
import type { StatuspageInput } from '../statuspageInput';

const modeField: Field = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'SMS', value: 'sms', description: 'Only on paid pages' },
		{ name: 'Viewer', value: 'viewer', description: 'A page access user of an audience-specific page' },
		{ name: 'Webhook', value: 'webhook' },
	],
	default: 'email',
	description:
		'How the subscriber gets notifications. Slack and Teams subscribers can only be created on the status page.',
};

const endpointField: Field = {
	displayName: 'Endpoint',
	name: 'endpoint',
	type: 'string',
	placeholder: 'e.g. https://example.com/hooks/status',
	default: '',
	description: 'URL that gets the notifications. Statuspage rejects URLs of Slack.',
};

const contactEmail: Field = {
	displayName: 'Contact Email',
	name: 'contactEmail',
	type: 'string',
	accepts: 'email',
	placeholder: 'name@email.com',
	default: '',
	description: 'Email address to inform if the endpoint of a webhook fails',
};

const linkedViewer: Field = {
	displayName: 'Viewer ID or Email',
	name: 'linkedViewer',
	type: 'string',
	accepts: 'people',
	uses: ['listViewers'],
	placeholder: 'e.g. anna@example.com',
	default: '',
	description: 'Viewer (page access user) that the subscriber belongs to',
};

/** The added field shows for these modes. */
const addedFor = (field: Field, ...modes: NewMode[]): Field => ({
	...field,
	displayOptions: { show: { '/mode': modes } },
});

export const newSubscriberFields: Field[] = [
	modeField,
	emailField,
	...phoneFields,
	shownFor(viewer.locator, 'viewer'),
	shownFor(endpointField, 'webhook'),
	skipConfirmationField,
	additionalFieldsField(
		[
			component.picks('componentIds', {
				description:
					'Components to get notifications about, if the page has component subscriptions. Without this field, all components',
			}),
			addedFor(contactEmail, 'webhook'),
			addedFor(linkedViewer, 'email', 'sms', 'webhook'),
		],
		{ whenEmpty: 'omitted' },
	),
];

function endpointOf(input: StatuspageInput): string {
	const text = input.values.text('endpoint');
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw input.invalid('endpoint', `must be a URL, not ${describeValue(text)}`);
	}
	if (!['http:', 'https:'].includes(url.protocol))
		throw input.invalid('endpoint', `must begin with https:// or http://, not ${describeValue(text)}`);
	if (/(^|\.)slack\.com$/.test(url.hostname))
		throw input.invalid(
			'endpoint',
			`is a URL of Slack, which Statuspage rejects: ${describeValue(text)}`,
			'Subscribe Slack channels on the status page',
		);
	return text;
}

/** The contact of the item's new subscriber. */
async function contactOf(input: StatuspageInput, pageId: string): Promise<Contact> {
	const mode = input.values.choice<NewMode>('mode', 'email');
	switch (mode) {
		case 'email':
			return { mode, email: input.values.email('email').email };
		case 'sms':
			return phoneContact(input);
		case 'webhook':
			return { mode, endpoint: endpointOf(input) };
		case 'viewer':
			return { mode, viewerId: (await identifyViewer(input, pageId)).viewerId };
	}
}

/** The viewer that the subscriber is linked to. */
async function linkedViewerId(input: StatuspageInput, pageId: string): Promise<string | undefined> {
	const people = input.values.collection('additionalFields').people('linkedViewer');
	if (people.length === 0) return undefined;
	const [person] = people;
	if (people.length > 1) throw input.invalid('linkedViewer', `contains ${people.length} viewers`, 'Enter one viewer');
	return 'id' in person ? person.id : (await viewerByEmail(input.api, pageId, person.email)).id;
}

/** The contact of an item, and the body of the creation. */
export async function newSubscriber(
	input: StatuspageInput,
	pageId: string,
): Promise<{ contact: Contact; body: IDataObject }> {
	const added = input.values.collection('additionalFields');
	const contact = await contactOf(input, pageId);
	const linked = await linkedViewerId(input, pageId);
	const componentIds = await input.idsOf(component, { pageId }, 'componentIds', { values: added });
	const email = added.optionalEmail('contactEmail')?.email;
	return {
		contact,
		body: {
			...contactBody(contact),
			...(email === undefined ? {} : { email }),
			...(linked === undefined ? {} : { page_access_user: linked }),
			// The service rejects an empty list. Without it, the subscriber gets notifications about the whole page.
			...(componentIds.length > 0 ? { component_ids: componentIds } : {}),
			skip_confirmation_notification: input.values.flag('skipConfirmation'),
		},
	};
}

/** For the output: the original text of an email that had to be cleaned. */
export function cleanedEmail({ values }: StatuspageInput): IDataObject {
	if (values.choice<NewMode>('mode', 'email') !== 'email') return {};
	const { emailGiven } = values.email('email');
	return emailGiven === undefined ? {} : { emailGiven };
}
