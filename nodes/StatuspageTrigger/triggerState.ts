import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { SavedPage } from '../services/statuspage/webhooks/watchedPage';

/** A webhook subscriber that this workflow made. */
export interface Subscription {
	pageId: string;
	subscriberId: string;
	/** The URL of the workflow, production or test. */
	endpoint: string;
}

/** What n8n saves for the trigger. */
export interface TriggerState {
	subscription?: Subscription;
	/** Subscribers that could not be removed. The next activation removes them. */
	leftovers?: Subscription[];
	watched?: SavedPage;
}

/** The saved state, which can be changed. */
export function triggerState(context: IHookFunctions | IWebhookFunctions): TriggerState {
	return context.getWorkflowStaticData('node') as TriggerState;
}
