import type { IHookFunctions } from 'n8n-workflow';
import { connectToStatuspage } from '../services/statuspage/connectToStatuspage';
import { COMPONENT_EVENT } from '../services/statuspage/events/eventNames';
import { component } from '../services/statuspage/objects/component';
import { page } from '../services/statuspage/objects/page';
import type { StatuspageApi } from '../services/statuspage/statuspageApi';
import { readBaseline } from '../services/statuspage/webhooks/baseline';
import { ownSubscriber } from '../services/statuspage/webhooks/ownSubscriber';
import { pageMemory } from '../services/statuspage/webhooks/pageMemory';
import { requireWebhooks } from '../services/statuspage/webhooks/webhookAccess';
import type { WatchedPage } from '../services/statuspage/webhooks/watchedPage';
import { isLoopback } from '../shared/http/baseUrl';
import { asError, Failure } from '../shared/http/failures';
import { toNodeError } from '../shared/http/nodeError';
import { ACTIVATION_TIME_LIMITS } from '../shared/http/timeLimits';
import { triggerValues } from '../shared/operations/triggerValues';
import type { Values } from '../shared/operations/values';
import { removeLeftovers } from './removeLeftovers';
import { fields, filterOf } from './triggerFields';
import { triggerState, type TriggerState } from './triggerState';

/** @throws Failure if the workflow can't register itself */
function requireRegistration({ connection }: StatuspageApi, endpoint: string | undefined): string {
	if (connection.isReadOnly)
		throw new Failure({
			kind: 'invalid',
			message: 'The credential is read-only, so no webhook subscriber was created',
			advice: "Use another credential, or turn off 'Read Only' in this one. No request was sent",
		});
	if (endpoint === undefined) throw new Error('n8n gave no URL for the webhook');
	if (isLoopback(endpoint) && !isLoopback(connection.baseUrl))
		throw new Failure({
			kind: 'invalid',
			message: `Statuspage can't reach the webhook URL of this workflow: ${endpoint}`,
			advice:
				"Set the environment variable WEBHOOK_URL of n8n to the public address of this n8n. If there is none, use 'Statuspage Polling Trigger' instead. No request was sent",
		});
	return endpoint;
}

async function idsOf(api: StatuspageApi, pageId: string, values: Values, name: string): Promise<string[]> {
	return await component.idsOf(api, { pageId }, values.entries(name), { label: `'${values.label(name)}'` });
}

/** The page as it is watched. After a restart of n8n, what is known stays, so no event is lost. */
async function watchedPage(
	api: StatuspageApi,
	state: TriggerState,
	values: Values,
	{ pageId, endpoint }: { pageId: string; endpoint: string },
): Promise<WatchedPage> {
	const row = await api.call('getPage', { pageId });
	requireWebhooks(row);
	const componentIds = await idsOf(api, pageId, values.collection('filters'), 'componentIds');
	const { subscription, watched } = state;
	const isKnown = subscription?.endpoint === endpoint && watched?.page.id === pageId;
	const known = isKnown ? pageMemory.of(endpoint, watched) : undefined;
	if (known) {
		known.componentIds = componentIds;
		return known;
	}
	const events = values.choices('events');
	return await readBaseline(api, row, {
		filter: filterOf(values, componentIds),
		hasIncidents: events.some((event) => event !== COMPONENT_EVENT),
		hasComponents: events.includes(COMPONENT_EVENT),
	});
}

/** Makes the URL of the workflow a webhook subscriber of the page, and reads the page as it is. */
async function register(context: IHookFunctions): Promise<void> {
	const state = triggerState(context);
	const { api } = await connectToStatuspage(context, ACTIVATION_TIME_LIMITS);
	const endpoint = requireRegistration(api, context.getNodeWebhookUrl('default'));
	const values = triggerValues(context, fields);
	const pageId = await page.idOf(api, {}, values.locator('pageId'), { label: `'${values.label('pageId')}'` });
	const options = values.collection('options');
	const subscribedIds = await idsOf(api, pageId, options, 'subscribedComponentIds');
	const watched = await watchedPage(api, state, values, { pageId, endpoint });
	// Posts can arrive before this function ends. What happens after the page was read and before Statuspage knows the URL is part of the
	// next post about the same incident.
	pageMemory.set(endpoint, watched);
	const { subscription, leftovers = [] } = state;
	const older = [...leftovers, ...(subscription ? [subscription] : [])].map((entry) => ({ ...entry }));
	// The subscriber of this URL is found by its endpoint.
	const isOther = (entry: { pageId: string; endpoint: string }) =>
		entry.pageId !== pageId || entry.endpoint !== endpoint;
	const remaining = await removeLeftovers(context, api, older.filter(isOther));
	const { id: subscriberId, state: subscriberState } = await ownSubscriber(api, {
		pageId,
		endpoint,
		email: options.optionalEmail('contactEmail')?.email,
		componentIds: subscribedIds,
		knownId: older.find((entry) => !isOther(entry))?.subscriberId,
	});
	if (subscriberState === 'unconfirmed')
		context.logger.warn(
			`Statuspage Trigger: the webhook subscriber ${subscriberId} of page ${pageId} is unconfirmed. Statuspage may send nothing until it is confirmed`,
		);
	state.subscription = { pageId, subscriberId, endpoint };
	state.leftovers = remaining;
	state.watched = watched.toJson();
}

/** Called when a workflow is published, and when it listens for a test event. n8n repeats it if it fails. */
export async function activate(context: IHookFunctions): Promise<boolean> {
	try {
		await register(context);
		return true;
	} catch (error) {
		throw toNodeError(context.getNode(), asError(error));
	}
}
