import { page } from '../../../services/statuspage/objects/page';
import { countOf, idsInState } from '../../../services/statuspage/subscriptions/listSubscribers';
import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { optionsField } from '../../../shared/fields/options';
import { Failure, asError, mayHaveArrived } from '../../../shared/http/failures';
import { batched } from '../../../shared/operations/batched';
import type { StatuspageOperation } from '../statuspageOperation';
import { bulkOperation } from './bulkOperation';
import { reactivatedType, selectedSubscribers, whichSubscribers } from './subscriberFields';

/** Reactivates all quarantined subscribers of a type. A lost or unclear answer is settled by counting again. */
async function reactivateAll(api: StatuspageApi, pageId: string, type: string): Promise<void> {
	let lost: Failure | undefined;
	try {
		const answer = await api.call('reactivateSubscribers', { pageId }, { body: { subscribers: 'all', type } });
		if (answer.isClear) return;
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		lost = error;
	}
	const left = await countOf(api, pageId, { type, state: 'quarantined' });
	if (left === 0) return;
	throw new Failure({
		...(lost?.facts ?? { kind: 'answer' }),
		message: `${left} subscribers are still quarantined${lost ? `: ${lost.message}` : ''}`,
		advice: 'Run it again',
	});
}

export const reactivate: StatuspageOperation = {
	value: 'reactivate',
	name: 'Reactivate',
	action: 'Reactivate subscribers',
	description: 'Reactivate quarantined subscribers, at 100 per request, or all quarantined ones of one type',
	effects:
		'Reactivated subscribers get notifications again. Statuspage quarantines them again if they still cannot be reached. Other subscribers stay as they are. Not available on audience-specific pages.',
	isReadOnly: false,
	uses: ['reactivateSubscribers', 'countSubscribers', 'listSubscribers', 'getPage'],
	fields: [
		page.locator,
		whichSubscribers({
			name: 'All Quarantined of One Type',
			description: 'All quarantined subscribers of a type, who are counted first',
		}),
		selectedSubscribers,
		reactivatedType,
		optionsField(),
	],
	...batched(
		bulkOperation({
			verb: 'reactivated on',
			settings: ({ values }, isAll) => (isAll ? { type: values.text('type') } : {}),
			call: (api, { pageId, settings }) => ({
				send: async (ids) =>
					await api.call('reactivateSubscribers', { pageId }, { body: { subscribers: ids, ...settings } }),
				remaining: async (ids) => await idsInState(api, pageId, ids, 'quarantined'),
			}),
			async all(api, { pageId, settings }) {
				const type = String(settings.type);
				const count = await countOf(api, pageId, { type, state: 'quarantined' });
				if (count > 0) await reactivateAll(api, pageId, type);
				return { reactivatedCount: count, type };
			},
			applicable: async (api, pageId, ids) => await idsInState(api, pageId, ids, 'quarantined'),
			output: ({ done, unchanged }) => ({ reactivated: done, notQuarantined: unchanged }),
		}),
	),
};
