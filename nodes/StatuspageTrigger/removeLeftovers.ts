import type { IHookFunctions } from 'n8n-workflow';
import type { StatuspageApi } from '../services/statuspage/statuspageApi';
import { removeSubscriber } from '../services/statuspage/webhooks/removeSubscriber';
import { asError } from '../shared/http/failures';
import type { Subscription } from './triggerState';

/** Old ones are forgotten. Statuspage quarantines subscribers that can't be reached, and removes them after 90 days. */
const MOST_LEFTOVERS = 10;

/** Says in the log of n8n that a subscriber stays. */
export function logLeftover(
	context: IHookFunctions,
	{ subscriberId, pageId, endpoint }: Subscription,
	reason: string,
): void {
	context.logger.warn(
		`Statuspage Trigger: the webhook subscriber ${subscriberId} of page ${pageId} (${endpoint}) was not removed: ${reason}. Posts to it start nothing. The next activation of this workflow removes it`,
	);
}

/**
 * Removes subscribers.
 *
 * @returns those that could not be removed, which are named in the log
 */
export async function removeLeftovers(
	context: IHookFunctions,
	api: StatuspageApi,
	subscriptions: readonly Subscription[],
): Promise<Subscription[]> {
	const remaining: Subscription[] = [];
	for (const subscription of subscriptions)
		try {
			await removeSubscriber(api, subscription);
		} catch (error) {
			logLeftover(context, subscription, asError(error).message);
			remaining.push(subscription);
		}
	return remaining.slice(-MOST_LEFTOVERS);
}
