import type { Host } from '../host/install.mts';
import { elapsed, say } from '../host/screen.mts';
import type { Check } from './check.mts';
import { checkPollingTrigger } from './pollingTrigger.mts';
import { checkPublicPages } from './publicPages.mts';
import { checkTriggerForms } from './triggerForms.mts';
import { checkWebhookTrigger } from './webhookTrigger.mts';

/** The triggers in a real n8n, against the simulator. */
export async function checkTriggers(host: Host, withPictures: boolean): Promise<Check[]> {
	const since = performance.now();
	const checks = [
		...(await checkWebhookTrigger(host)),
		...(await checkPollingTrigger(host)),
		...(await checkPublicPages(host)),
		...(await checkTriggerForms(host, withPictures)),
	];
	say(`The triggers took ${elapsed(since)}.`);
	return checks;
}
