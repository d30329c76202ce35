import type { StatuspageApi } from '../../services/statuspage/statuspageApi';
import { subscriber } from '../../services/statuspage/objects/subscriber';
import { subscriberByEmail, subscribersByEmail } from '../../services/statuspage/subscriptions/listSubscribers';
import type { RequestedId } from '../../shared/client/changes';
import { emailKey } from '../../shared/client/matching';
import type { Person } from '../../shared/operations/entryList';
import { emailsIn, resolvePeople } from '../../shared/operations/people';
import type { StatuspageInput } from './statuspageInput';

/** Fields of a subscriber in the simplified output. Each row only has those of its mode. */
export const SUBSCRIBER_FIELDS = [
	'id',
	'mode',
	'email',
	'endpoint',
	'display_phone_number',
	'workspace_name',
	'components',
	'page_access_user_id',
	'quarantined_at',
	'created_at',
] as const;

/** The ID of the item's subscriber. An ID is not looked up, because the answer to the request shows whether it exists. */
export async function subscriberId(input: StatuspageInput, pageId: string): Promise<string> {
	const { mode, text } = input.values.locator(subscriber.row.parameter);
	const id = mode === 'email' ? (await subscriberByEmail(input.api, pageId, text)).id : text;
	await input.inOrder(subscriber.orderKey({ pageId }, id));
	return id;
}

/** Resolves lists of IDs and emails to subscribers, with one look-up for all lists. */
export async function subscriberIds(api: StatuspageApi, pageId: string, lists: Person[][]): Promise<RequestedId[][]> {
	const emails = emailsIn(lists);
	const found = emails.length > 0 ? await subscribersByEmail(api, pageId, emails) : new Map<string, []>();
	return resolvePeople(lists, (email) => {
		const rows = found.get(emailKey(email)) ?? [];
		return rows.length === 1 ? rows[0].id : undefined;
	});
}

/** The reason for an email that means no subscriber. */
export const UNKNOWN_SUBSCRIBER = 'not exactly one email subscriber on this page has this email';
