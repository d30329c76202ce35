import type { IDataObject } from 'n8n-workflow';
import { page } from '../../../services/statuspage/objects/page';
import { MAX_IDS } from '../../../services/statuspage/subscriptions/bulkCalls';
import { countOf, idsInState, subscribersById } from '../../../services/statuspage/subscriptions/listSubscribers';
import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { Failure, asError, mayHaveArrived } from '../../../shared/http/failures';
import { batched } from '../../../shared/operations/batched';
import { dryRun } from '../../../shared/operations/dryRun';
import type { StatuspageOperation } from '../statuspageOperation';
import { bulkOperation, type BulkTarget } from './bulkOperation';
import { chosenState, chosenType, selectedSubscribers, skipNotification, whichSubscribers } from './subscriberFields';

/** The type and the state in the settings of a call for all subscribers. */
function filterOf({ settings: { type, state } }: BulkTarget): { type: string; state: string } {
	return { type: String(type), state: String(state) };
}

/** The number of subscribers that "all" means. Throws Failure if the service does not accept "all" for so many. */
async function countAll(api: StatuspageApi, target: BulkTarget): Promise<number> {
	const filter = filterOf(target);
	const count = await countOf(api, target.pageId, filter);
	if (count < MAX_IDS) return count;
	throw new Failure({
		kind: 'invalid',
		message: `'Subscribers' can only be All of One Type and State for fewer than ${MAX_IDS} subscribers, and there are ${count}`,
		advice: `Use 'Get Many' with the type "${filter.type}" and the state "${filter.state}", and pass the IDs to 'Subscriber IDs or Emails'. Nothing was changed`,
	});
}

/** Unsubscribes all subscribers of a type and state. A lost or unclear answer is settled by counting again. */
async function unsubscribeAll(api: StatuspageApi, target: BulkTarget): Promise<IDataObject> {
	const { pageId, settings } = target;
	const filter = filterOf(target);
	const count = await countAll(api, target);
	const output = { unsubscribedCount: count, ...filter };
	if (count === 0) return output;
	let reason: Failure | undefined;
	try {
		const body = { subscribers: 'all', ...settings };
		if ((await api.call('unsubscribeSubscribers', { pageId }, { body })).isClear) return output;
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		reason = error;
	}
	const left = await countOf(api, pageId, filter);
	if (left === 0) return { ...output, note: 'The answer was lost or unclear. No such subscriber remains.' };
	throw new Failure({
		...(reason?.facts ?? { kind: 'answer' }),
		message: `${left} of ${count} subscribers may not have been unsubscribed${reason ? `: ${reason.message}` : ''}`,
		advice: 'Run it again',
	});
}

export const unsubscribe: StatuspageOperation = {
	value: 'unsubscribe',
	name: 'Unsubscribe',
	action: 'Unsubscribe subscribers',
	description: 'Unsubscribe many subscribers in any state, or all of one type and state, at 100 per request',
	effects:
		"Statuspage notifies each subscriber unless you turn on 'Skip Notification'. This can't be undone: new subscribers have to confirm again, and Slack and Teams subscribers can only be created on the status page. All of one type and state can only be fewer than 100.",
	warning: "Unsubscribes the subscribers. Slack and Teams subscribers can't be created again through the API.",
	isReadOnly: false,
	uses: ['unsubscribeSubscribers', 'countSubscribers', 'listSubscribers', 'getSubscriber', 'getPage'],
	fields: [
		page.locator,
		whichSubscribers({
			name: 'All of One Type and State',
			description: 'Only possible for fewer than 100 subscribers, who are counted first',
		}),
		selectedSubscribers,
		chosenType,
		chosenState,
		skipNotification,
		optionsField(dryRunOption),
	],
	...batched(
		bulkOperation({
			verb: 'unsubscribed from',
			settings: ({ values }, isAll) => ({
				// Without a state, the service leaves out subscribers that are not active, also those with the IDs.
				...(isAll ? { type: values.text('type'), state: values.text('state') } : { state: 'all' }),
				skip_unsubscription_notification: values.flag('skipNotification'),
			}),
			call: (api, { pageId, settings }) => ({
				send: async (ids) =>
					await api.call('unsubscribeSubscribers', { pageId }, { body: { subscribers: ids, ...settings } }),
				remaining: async (ids) => await idsInState(api, pageId, ids, 'all'),
			}),
			all: unsubscribeAll,
			output: ({ done, unchanged }) => ({ unsubscribed: done, notThere: unchanged }),
			async missing(api, pageId, ids) {
				const found = new Set((await subscribersById(api, pageId, ids)).map(({ id }) => id));
				return ids.filter((id) => !found.has(id));
			},
			async planned(input, target, ids) {
				const { api } = input;
				const { pageId, isAll } = target;
				if (isAll) await countAll(api, target);
				const rows = isAll
					? await api.list('listSubscribers', { pageId }, { query: filterOf(target) })
					: await subscribersById(api, pageId, ids);
				const subscribers = rows.length === 1 ? 'subscriber' : 'subscribers';
				return dryRun(input, {
					would: `unsubscribe ${rows.length} ${subscribers}`,
					before: { subscribers: rows },
					after: { subscribers: [] },
				});
			},
		}),
	),
};
