import { asError, hasStatus } from '../../../shared/http/failures';
import type { StatuspageApi } from '../statuspageApi';

/**
 * Removes a subscriber without a notification. One that doesn't exist is fine.
 *
 * @throws Failure; also for a page that doesn't exist, because nothing is then known about the subscriber
 */
export async function removeSubscriber(
	api: StatuspageApi,
	{ pageId, subscriberId }: { pageId: string; subscriberId: string },
): Promise<void> {
	try {
		await api.remove(
			'deleteSubscriber',
			{ pageId, subscriberId },
			{ query: { skip_unsubscription_notification: true } },
		);
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
		await api.confirmPlace({ pageId });
	}
}
