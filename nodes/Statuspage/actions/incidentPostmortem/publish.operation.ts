import type { IDataObject } from 'n8n-workflow';
import { changePostmortem, readPostmortem } from '../../../services/statuspage/changePostmortem';
import type { Postmortem } from '../../../services/statuspage/endpoints';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { hasNoText, isPublishedAsWanted, wasPublished } from '../../../services/statuspage/postmortemState';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { Failure } from '../../../shared/http/failures';
import { dryRun } from '../../../shared/operations/dryRun';
import { noteOf } from '../../../shared/operations/noteOf';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { postmortemOutput, simplifyPostmortem } from './postmortemOutput';

const notifySubscribers: Field = {
	displayName: 'Notify Subscribers',
	name: 'notifySubscribers',
	type: 'boolean',
	default: false,
	description: 'Whether to notify the subscribers of the incident and of the page by email and webhook',
};

const tweet: Field = {
	displayName: 'Tweet',
	name: 'notifyTwitter',
	type: 'boolean',
	default: false,
	description: 'Whether to notify the followers of the page on Twitter',
};

const customTweet: Field = {
	displayName: 'Tweet Text',
	name: 'customTweet',
	type: 'string',
	default: '',
	placeholder: 'e.g. The report about the outage is online.',
	description: "Text of the tweet. Only used with 'Tweet'.",
};

/** What to send, named as in the API. The choice about subscribers is always sent, since its default is not documented. */
function bodyOf(input: StatuspageInput): IDataObject {
	const rare = input.values.collection('additionalFields');
	if (rare.has('customTweet') && !rare.flag('notifyTwitter'))
		throw input.invalid('customTweet', "has a text, but 'Tweet' is off", "Turn on 'Tweet', or remove the text");
	return {
		notify_subscribers: input.values.flag('notifySubscribers'),
		...(rare.has('notifyTwitter') ? { notify_twitter: rare.flag('notifyTwitter') } : {}),
		...(rare.has('customTweet') ? { custom_tweet: rare.text('customTweet') } : {}),
	};
}

/** True if nothing would change. Throws Failure if there is nothing to publish. */
function isDone(postmortem: Postmortem, incidentId: string, body: IDataObject): boolean {
	if (hasNoText(postmortem))
		throw new Failure({
			kind: 'invalid',
			message: `The postmortem of incident ${incidentId} has no text`,
			advice: "Save a text with 'Create' first. Nothing was published",
		});
	return isPublishedAsWanted(postmortem, body);
}

function plan(input: StatuspageInput, incidentId: string, before: Postmortem, body: IDataObject): IDataObject {
	const given = { before: simplifyPostmortem(before) };
	if (isDone(before, incidentId, body))
		return dryRun(input, {
			would: 'do nothing, because this text is published already',
			...given,
			after: given.before,
		});
	const [first, second] = [
		body.notify_subscribers === true ? 'notify subscribers' : '',
		body.notify_twitter === true ? 'tweet' : '',
	].filter(Boolean);
	const reach = [first, second].filter(Boolean).join(' and ');
	return dryRun(input, {
		would: `publish postmortem${reach === '' ? ', and notify nobody' : ` and ${reach}`}`,
		...given,
		after: { body: before.body_draft || before.body, ...body },
	});
}

export const publish: StatuspageOperation = {
	value: 'publish',
	name: 'Publish',
	action: 'Publish incident postmortem',
	description: 'Publish the draft of a postmortem on the page, and notify subscribers if you choose to',
	effects:
		"The page shows the postmortem immediately, and the status of the incident becomes 'postmortem'. With 'Notify Subscribers', subscribers get an email or a webhook call. With 'Tweet', followers on Twitter are notified. Notifications can't be taken back. 'Revert' removes the postmortem from the page. A text that is published already is not published again.",
	isReadOnly: false,
	uses: ['getPostmortem', 'publishPostmortem', 'getIncident'],
	fields: [
		page.locator,
		incident.locator,
		notifySubscribers,
		additionalFieldsField([tweet, customTweet], { whenEmpty: 'omitted' }),
		simplifyField,
		optionsField(dryRunOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const body = bodyOf(input);
		const pageId = await input.pageId();
		const incidentId = await input.idOf(incident, { pageId });
		const ids = { pageId, incidentId };
		if (input.isDryRun) return plan(input, incidentId, await readPostmortem(api, ids), body);
		const { postmortem, isChanged, note } = await changePostmortem(api, ids, {
			isDone: (before) => isDone(before, incidentId, body),
			send: async (unit) => await api.call('publishPostmortem', ids, { body, unit }),
			wasDone: wasPublished,
			found: 'is published. It was published once',
		});
		return {
			...postmortemOutput(values, incidentId, postmortem),
			result: isChanged ? 'published' : 'unchanged',
			...noteOf(note),
		};
	},
};
