import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { contactBody, contactText, hasContact, type Contact } from '../../../services/statuspage/subscriptions/contact';
import {
	createSubscriberOnce,
	isAlreadySubscribed,
	type CreatedSubscriber,
} from '../../../services/statuspage/subscriptions/createSubscriberOnce';
import type { Field } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { asError } from '../../../shared/http/failures';
import { dryRun } from '../../../shared/operations/dryRun';
import {
	alreadySubscribed,
	emailField,
	ignoreIfExistsOption,
	phoneContact,
	phoneFields,
	skipConfirmationField,
} from '../contactOfSubscriber';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { incidentPlace } from './itemIncidentSubscriber';

const modeField: Field = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'SMS', value: 'sms', description: 'Only on paid pages' },
	],
	default: 'email',
	description: 'How the subscriber gets notifications. An incident has no webhook, Slack or Teams subscribers.',
};

const skipConfirmation: Field = {
	...skipConfirmationField,
	description:
		'Whether to send no confirmation and no notifications about changes of the subscription. Statuspage may still require a confirmation. Has no effect on trial pages, and an SMS subscriber must always opt in.',
};

function contactOf(input: StatuspageInput): Contact {
	return input.values.text('mode') === 'sms'
		? phoneContact(input)
		: { mode: 'email', email: input.values.email('email').email };
}

/** The state of the subscriber isn't in the answer, and the list of an incident has no filter for it. */
const UNKNOWN_STATE = 'Statuspage does not report whether a subscriber of an incident is confirmed.';

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create incident subscriber',
	description: 'Subscribe an email address or a phone number to one incident that is not resolved',
	effects:
		"Statuspage sends a confirmation unless you turn on 'Skip Confirmation'. An SMS subscriber must always opt in. The subscriber gets notifications about this incident only. Undo with 'Delete'.",
	isReadOnly: false,
	uses: ['createIncidentSubscriber', 'listIncidentSubscribers'],
	fields: [
		page.locator,
		incident.locator,
		modeField,
		emailField,
		...phoneFields,
		skipConfirmation,
		optionsField(dryRunOption, ignoreIfExistsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		const contact = contactOf(input);
		const place = await incidentPlace(input);
		const body = { ...contactBody(contact), skip_confirmation_notification: values.flag('skipConfirmation') };
		const all = async () => await api.list('listIncidentSubscribers', place);
		const known = async () => (await all()).find((row) => hasContact(row, contact));
		if (input.isDryRun) {
			const before = (await known()) ?? null;
			return dryRun(input, { would: 'create incident subscriber', before, after: body });
		}
		await input.inOrder(`${place.pageId} ${place.incidentId} subscriber ${contactText(contact)}`);
		const { emailGiven } = contact.mode === 'email' ? values.email('email') : {};
		const cleaned = emailGiven === undefined ? {} : { emailGiven };
		let result: CreatedSubscriber;
		try {
			result = await createSubscriberOnce({
				connection: api.connection,
				contact,
				create: async () => await api.call('createIncidentSubscriber', place, { body }),
				newest: all,
			});
		} catch (error) {
			if (!isAlreadySubscribed(error)) throw asError(error);
			return { ...(await alreadySubscribed(input, contact, error, known)), ...cleaned };
		}
		const { row, created, note } = result;
		return { ...row, created, note: [note, UNKNOWN_STATE].filter(Boolean).join(' '), ...cleaned };
	},
};
