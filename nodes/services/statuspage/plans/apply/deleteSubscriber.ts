import { hasStatus, asError } from '../../../../shared/http/failures';
import type { StatuspageApi } from '../../statuspageApi';
import type { Subscriber } from '../../endpoints';
import type { Change } from '../change';
import { STALE, type Outcome } from './outcomes';

/** True if the subscription is unchanged since planning. The same plan may have deleted its viewer. */
function isAsPlanned({ mode, email, page_access_user_id }: Subscriber, { before }: Change): boolean {
	const isLinked = !page_access_user_id || page_access_user_id === (before?.page_access_user_id ?? page_access_user_id);
	return mode === before?.mode && (email ?? null) === (before?.email ?? null) && isLinked;
}

/** Deletes a subscription without notifying the subscriber. */
export async function deleteSubscriber(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	const ids = { pageId, subscriberId: String(change.objectId) };
	return await api.unit(2, async (unit): Promise<Outcome> => {
		try {
			if (!isAsPlanned(await api.call('getSubscriber', ids, { unit }), change))
				return { result: 'stale', reason: STALE };
			await api.remove('deleteSubscriber', ids, { query: { skip_unsubscription_notification: true }, unit });
			return { result: 'done' };
		} catch (error) {
			if (!hasStatus(error, 404)) throw asError(error);
			await api.confirmPlace({ pageId });
			return unit.mayHaveWritten
				? { result: 'done' }
				: { result: 'unchanged', reason: 'The subscription was already deleted' };
		}
	});
}
