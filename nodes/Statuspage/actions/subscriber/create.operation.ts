import type { IDataObject } from 'n8n-workflow';
import type { Subscriber } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { contactText, searchText, type Contact } from '../../../services/statuspage/subscriptions/contact';
import {
	createSubscriberOnce,
	isAlreadySubscribed,
	type CreatedSubscriber,
} from '../../../services/statuspage/subscriptions/createSubscriberOnce';
import { newestSubscribers, subscribersWithContact } from '../../../services/statuspage/subscriptions/listSubscribers';
import { stateOfKnown, stateOfNew } from '../../../services/statuspage/subscriptions/subscriberStates';
import type { Field } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { Failure, asError } from '../../../shared/http/failures';
import { dryRun } from '../../../shared/operations/dryRun';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { cleanedEmail, newSubscriber, newSubscriberFields } from './newSubscriber';

const ignoreIfExistsOption: Field = {
	displayName: 'Ignore If Exists',
	name: 'ignoreIfExists',
	type: 'boolean',
	default: false,
	description:
		"Whether to continue if the subscriber already exists. The output is then the existing subscriber, unchanged, with 'created: false'.",
};

const EXISTED = 'The subscriber already existed and was not changed. Its components may differ.';

/** The output of an item, with the state of the subscriber. */
async function outputOf(
	input: StatuspageInput,
	pageId: string,
	contact: Contact,
	{ row, created, note }: CreatedSubscriber,
): Promise<IDataObject> {
	const found =
		created === false
			? await stateOfKnown(input.api, pageId, row, searchText(contact))
			: await stateOfNew(input.api, pageId, row, input.values.flag('skipConfirmation'));
	const notes = [note, found.note].filter((text) => text !== undefined);
	return {
		...row,
		created,
		state: found.state,
		...(notes.length > 0 ? { note: notes.join(' ') } : {}),
		...cleanedEmail(input),
	};
}

/** The existing subscriber, if that counts as success. The rejection says that it exists, also where the search doesn't find it. */
async function existing(
	input: StatuspageInput,
	pageId: string,
	contact: Contact,
	rejection: Failure,
): Promise<IDataObject> {
	if (!input.options.flag('ignoreIfExists'))
		throw new Failure({
			...rejection.facts,
			advice: "To continue with the existing subscriber, turn on the option 'Ignore If Exists'",
		});
	const [row] = await subscribersWithContact(input.api, pageId, contact);
	if (row) return await outputOf(input, pageId, contact, { row, created: false, note: EXISTED });
	return {
		created: false,
		contact: contactText(contact),
		state: null,
		note: `Statuspage reports that the subscriber already exists, but the search doesn't find it: ${rejection.message}.`,
		...cleanedEmail(input),
	};
}

/** The existing subscriber where a duplicate may not be rejected: that is only known for emails. */
async function knownBefore(input: StatuspageInput, pageId: string, contact: Contact): Promise<Subscriber | undefined> {
	if (contact.mode === 'email' || !input.options.flag('ignoreIfExists')) return undefined;
	return (await subscribersWithContact(input.api, pageId, contact)).at(0);
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create subscriber',
	description: 'Subscribe an email address, a phone number, a webhook or a viewer to a page',
	effects:
		"Statuspage sends a confirmation unless you turn on 'Skip Confirmation'. Until it is answered, the subscriber is usually unconfirmed and gets no notifications. An SMS subscriber must always opt in. The output contains the resulting state. Undo with 'Delete'.",
	isReadOnly: false,
	uses: ['createSubscriber', 'listSubscribers'],
	fields: [page.locator, ...newSubscriberFields, optionsField(dryRunOption, ignoreIfExistsOption)],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const pageId = await input.pageId();
		const { contact, body } = await newSubscriber(input, pageId);
		if (input.isDryRun) {
			const [before = null] = await subscribersWithContact(api, pageId, contact);
			return dryRun(input, {
				would: before ? 'create subscriber, who may already exist' : 'create subscriber',
				before,
				after: body,
			});
		}
		await input.inOrder(`${pageId} subscriber ${contactText(contact)}`);
		const known = await knownBefore(input, pageId, contact);
		if (known) return await outputOf(input, pageId, contact, { row: known, created: false, note: EXISTED });
		let result: CreatedSubscriber;
		try {
			result = await createSubscriberOnce({
				connection: api.connection,
				contact,
				create: async () => await api.call('createSubscriber', { pageId }, { body }),
				newest: async () => await newestSubscribers(api, pageId, contact),
			});
		} catch (error) {
			if (!isAlreadySubscribed(error)) throw asError(error);
			return await existing(input, pageId, contact, error);
		}
		return await outputOf(input, pageId, contact, result);
	},
};
