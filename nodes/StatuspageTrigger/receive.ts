import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { connectToStatuspage } from '../services/statuspage/connectToStatuspage';
import { deliveredEvents, type DeliveryRules } from '../services/statuspage/webhooks/deliveredEvents';
import { parseDelivery } from '../services/statuspage/webhooks/delivery';
import { pageMemory } from '../services/statuspage/webhooks/pageMemory';
import { systemClock } from '../shared/http/clock';
import { asError, Failure } from '../shared/http/failures';
import { toNodeError } from '../shared/http/nodeError';
import { WEBHOOK_TIME_LIMITS } from '../shared/http/timeLimits';
import { triggerValues } from '../shared/operations/triggerValues';
import { fields, filterOf } from './triggerFields';
import { triggerState } from './triggerState';

/** The largest body of a post, in bytes. Known ones have a few kilobytes. */
const LARGEST_BODY = 2 ** 20;
/** When the answer is due, in milliseconds. Statuspage waits 30 s. */
const ANSWER_DUE_MS = 20_000;

/**
 * Answers before the workflow starts. If n8n answers itself, it starts the workflow first, and then doesn't save what the trigger knows:
 * n8n 2.41 forgets that it was changed.
 */
function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Statuspage sends the post again after this answer. */
function tryLater(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	context.logger.warn(`Statuspage Trigger: a post was not verified, and was answered with 503: ${reason}`);
	return answer(context, 503, 'The post could not be verified');
}

function isTooLarge(context: IWebhookFunctions): boolean {
	const request = context.getRequestObject();
	const declared = Number(context.getHeaderData()['content-length'] ?? 0);
	return declared > LARGEST_BODY || (request.rawBody?.length ?? 0) > LARGEST_BODY;
}

/** Receives one post. Only posts about new events of the page start the workflow. */
async function received(context: IWebhookFunctions, signal: AbortSignal): Promise<IWebhookResponseData> {
	if (isTooLarge(context)) return answer(context, 413, 'The post is too large');
	const state = triggerState(context);
	const endpoint = state.subscription?.endpoint ?? context.getNodeWebhookUrl('default') ?? '';
	const page = pageMemory.of(endpoint, state.watched);
	// The activation is not done yet, or what n8n saved is gone. Without it, an old incident could not be told from a new one.
	if (!page) return tryLater(context, 'the state of the page is not known. If this stays, publish the workflow again');
	const body: unknown = context.getBodyData();
	const delivery = parseDelivery(body, page.page.id);
	if (delivery.kind === 'ignored') return answer(context, delivery.status, delivery.reason);
	const values = triggerValues(context, fields);
	const options = values.collection('options');
	const rules: DeliveryRules = {
		events: values.choices('events'),
		filter: filterOf(values, page.componentIds),
		whenUnverified: options.choice<DeliveryRules['whenUnverified']>('whenUnverified', 'retry'),
	};
	const { api } = options.flag('verify', true)
		? await connectToStatuspage(context, { ...WEBHOOK_TIME_LIMITS, signal })
		: { api: undefined };
	const before = page.revision;
	const result = await deliveredEvents({ api, signal, page, endpoint, rules }, delivery);
	if ('notVerified' in result) return tryLater(context, result.notVerified);
	const { outputs } = result;
	if (page.revision !== before) state.watched = page.toJson();
	if (outputs.length === 0) return answer(context, 200, 'There is no new event for this workflow');
	const raw = options.flag('raw') ? { raw: body as IDataObject } : {};
	return {
		...answer(context, 200, 'The workflow was started'),
		workflowData: [outputs.map((json) => ({ json: { ...json, ...raw } }))],
	};
}

/** Called for each post. It answers within 20 seconds. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const due = new AbortController();
	const forget = systemClock.after(ANSWER_DUE_MS, () => due.abort());
	try {
		return await received(context, due.signal);
	} catch (error) {
		if (error instanceof Failure) return tryLater(context, error.message);
		throw toNodeError(context.getNode(), asError(error));
	} finally {
		forget();
	}
}
