import type { IHookFunctions } from 'n8n-workflow';
import { connectToStatuspage } from '../services/statuspage/connectToStatuspage';
import { page } from '../services/statuspage/objects/page';
import type { StatuspageApi } from '../services/statuspage/statuspageApi';
import { subscribersWithEndpoint } from '../services/statuspage/webhooks/ownSubscriber';
import { pageMemory } from '../services/statuspage/webhooks/pageMemory';
import { asError } from '../shared/http/failures';
import { ACTIVATION_TIME_LIMITS } from '../shared/http/timeLimits';
import { triggerValues } from '../shared/operations/triggerValues';
import { logLeftover, removeLeftovers } from './removeLeftovers';
import { fields } from './triggerFields';
import { triggerState, type Subscription } from './triggerState';

/** Subscribers of this URL whose IDs are not known, e.g. after a creation whose answer was lost. */
async function unknownSubscribers(
	context: IHookFunctions,
	api: StatuspageApi,
	endpoint: string,
): Promise<Subscription[]> {
	const values = triggerValues(context, fields);
	const pageId = await page.idOf(api, {}, values.locator('pageId'), { label: `'${values.label('pageId')}'` });
	const rows = await subscribersWithEndpoint(api, pageId, endpoint);
	return rows.map(({ id: subscriberId }) => ({ pageId, subscriberId, endpoint }));
}

/** Removes the subscribers of the workflow. Returns those that could not be removed. */
async function remove(
	context: IHookFunctions,
	known: readonly Subscription[],
	endpoint: string | undefined,
): Promise<Subscription[]> {
	let api: StatuspageApi | undefined;
	try {
		({ api } = await connectToStatuspage(context, ACTIVATION_TIME_LIMITS));
		if (known.length === 0) {
			// A read-only credential made no subscriber.
			if (endpoint === undefined || api.connection.isReadOnly) return [];
			return await removeLeftovers(context, api, await unknownSubscribers(context, api, endpoint));
		}
		return await removeLeftovers(context, api, known);
	} catch (error) {
		const reason = asError(error).message;
		for (const subscription of known) logLeftover(context, subscription, reason);
		if (known.length === 0)
			context.logger.warn(
				`Statuspage Trigger: it is not known whether Statuspage has a webhook subscriber for ${endpoint}: ${reason}`,
			);
		return [...known];
	}
}

/**
 * Called when a workflow is unpublished, after a failed activation, and after a test event. It never fails, because n8n would only repeat
 * it: a subscriber that stays is remembered, and named in the log.
 */
export async function deactivate(context: IHookFunctions): Promise<boolean> {
	const state = triggerState(context);
	const { subscription, leftovers = [] } = state;
	const endpoint = subscription?.endpoint ?? context.getNodeWebhookUrl('default');
	if (endpoint !== undefined) pageMemory.forget(endpoint);
	delete state.subscription;
	delete state.watched;
	const known = [...leftovers, ...(subscription ? [subscription] : [])].map((entry) => ({ ...entry }));
	state.leftovers = await remove(context, known, endpoint);
	return state.leftovers.length === 0;
}
