import { Failure, hasStatus } from '../../../shared/http/failures';
import type { Page } from '../endpoints';

const WHERE =
	"turn on webhook notifications in the notification settings of the page, or 'Allow Webhook Subscribers' with the operation 'Update' of the resource 'Page'. Audience-specific pages may have no webhooks";

/** @throws Failure if the page doesn't allow webhook subscribers */
export function requireWebhooks({ id, name, allow_webhook_subscribers: isAllowed }: Page): void {
	if (isAllowed !== false) return;
	throw new Failure({
		kind: 'invalid',
		message: `The page "${name}" (${id}) doesn't allow webhook subscribers`,
		advice: `In Statuspage, ${WHERE}. Nothing was changed`,
	});
}

/** The error of a new subscriber. Its rejection is not documented, so the advice names all known reasons. */
export function rejectedSubscriber(error: unknown, hasComponents: boolean): unknown {
	if (!hasStatus(error, 400, 403, 422)) return error;
	const advice = hasComponents
		? `The plan or the type of the page may not include subscriptions to components. Remove 'Subscribed Component Names or IDs', and use the filter 'Component Names or IDs' instead. If the page has no webhooks at all, ${WHERE}`
		: `If the page doesn't allow webhooks, ${WHERE}`;
	return new Failure({ ...error.facts, advice });
}
