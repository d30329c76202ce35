import type { IDataObject } from 'n8n-workflow';
import type { Subscriber } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { contactText, type Contact } from '../../../services/statuspage/subscriptions/contact';
import {
	createSubscriberOnce,
	isAlreadySubscribed,
	type CreatedSubscriber,
} from '../../../services/statuspage/subscriptions/createSubscriberOnce';
import { newestSubscribers, subscribersWithContact } from '../../../services/statuspage/subscriptions/listSubscribers';
import { stateOfKnown, stateOfNew } from '../../../services/statuspage/subscriptions/subscriberStates';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { asError, type Failure } from '../../../shared/http/failures';
import { dryRun } from '../../../shared/operations/dryRun';
import { noteOf } from '../../../shared/operations/noteOf';
import { alreadySubscribed, EXISTED, ignoreIfExistsOption } from '../contactOfSubscriber';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { cleanedEmail, newSubscriber, newSubscriberFields } from './newSubscriber';

/** The output of an item, with the state of the subscriber. */
async function outputOf(
	input: StatuspageInput,
	pageId: string,
	{ row, created, note }: CreatedSubscriber,
): Promise<IDataObject> {
	const found =
		created === false
			? await stateOfKnown(input.api, pageId, row)
			: await stateOfNew(input.api, pageId, row, input.values.flag('skipConfirmation'));
	return {
		...row,
		created,
		state: found.state,
		...noteOf(note, found.note),
		...cleanedEmail(input),
	};
}

/** The existing subscriber with its state, if that counts as success. */
async function existing(
	input: StatuspageInput,
	pageId: string,
	contact: Contact,
	rejection: Failure,
): Promise<IDataObject> {
	let known: Subscriber | undefined;
	const output = await alreadySubscribed(input, contact, rejection, async () => {
		known = (await subscribersWithContact(input.api, pageId, contact)).at(0);
		return known;
	});
	if (!known) return { ...output, state: null, ...cleanedEmail(input) };
	return await outputOf(input, pageId, { row: known, created: false, note: EXISTED });
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
		if (known) return await outputOf(input, pageId, { row: known, created: false, note: EXISTED });
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
		return await outputOf(input, pageId, result);
	},
};
