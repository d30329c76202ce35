import { isSameEmail } from '../../../shared/client/matching';
import { withLocks } from '../../../shared/client/locks';
import { asError, Failure } from '../../../shared/http/failures';
import type { Subscriber } from '../endpoints';
import type { StatuspageApi } from '../statuspageApi';
import { sendInParts } from '../subscriptions/bulkCalls';
import { contactBody, hasContact, type Contact } from '../subscriptions/contact';
import { createSubscriberOnce, isAlreadySubscribed } from '../subscriptions/createSubscriberOnce';
import { ALL_STATES, idsInState, newestSubscribers } from '../subscriptions/listSubscribers';
import { stateOfKnown, stateOfNew, type SubscriberState } from '../subscriptions/subscriberStates';
import { removeSubscriber } from './removeSubscriber';
import { rejectedSubscriber } from './webhookAccess';

/** The subscriber that a workflow needs. */
export interface WantedSubscriber {
	pageId: string;
	/** The URL of the workflow, which no other subscriber has. */
	endpoint: string;
	/** The email that Statuspage informs about problems. */
	email?: string;
	/** Empty for the whole page. */
	componentIds: string[];
	/** The subscriber that was used before. */
	knownId?: string;
}

export interface OwnSubscriber {
	id: string;
	/** Null if it can't be found out. */
	state: SubscriberState | null;
}

/** All subscribers with this endpoint, in any state. The search of the service is not used, because it is not documented what it finds. */
export async function subscribersWithEndpoint(
	api: StatuspageApi,
	pageId: string,
	endpoint: string,
): Promise<Subscriber[]> {
	return await api.list(
		'listSubscribers',
		{ pageId },
		{ query: { ...ALL_STATES, type: 'webhook' }, keep: (row) => hasContact(row, { mode: 'webhook', endpoint }) },
	);
}

/** The IDs of the components of a subscriber; empty for the whole page. Rows of the whole page can lack the field. */
function componentsOf({ components }: Subscriber): string[] {
	if (!Array.isArray(components)) return [];
	return components.map((entry) =>
		String(typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : entry),
	);
}

function hasComponents(row: Subscriber, ids: string[]): boolean {
	const known = new Set(componentsOf(row));
	return known.size === new Set(ids).size && ids.every((id) => known.has(id));
}

const isQuarantined = ({ quarantined_at: at }: Subscriber) => typeof at === 'string' && at !== '';

/** The best row first: the one that was used before, otherwise one that is not quarantined, otherwise the oldest. */
function inOrder(rows: Subscriber[], knownId: string | undefined): Subscriber[] {
	const rank = (row: Subscriber) => (row.id === knownId ? 0 : isQuarantined(row) ? 2 : 1);
	const createdAt = (row: Subscriber) => String(row.created_at ?? '');
	return [...rows].sort((a, b) => rank(a) - rank(b) || (createdAt(a) < createdAt(b) ? -1 : 1));
}

/** Statuspage can't change the email, so a row with another one is replaced. An answer may not contain the email. */
function hasEmail({ email: known }: Subscriber, email: string | undefined): boolean {
	return email === undefined || typeof known !== 'string' || known === '' || isSameEmail(known, email);
}

/** @throws Failure if it is still quarantined afterwards */
async function reactivate(api: StatuspageApi, pageId: string, { id }: Subscriber): Promise<void> {
	const { failed } = await sendInParts(
		{
			api,
			pageId,
			concurrency: 1,
			send: async (ids) => await api.call('reactivateSubscribers', { pageId }, { body: { subscribers: ids } }),
			remaining: async (ids) => await idsInState(api, pageId, ids, 'quarantined'),
		},
		[id],
	);
	const stays = failed.length > 0 || (await idsInState(api, pageId, [id], 'quarantined')).length > 0;
	if (!stays) return;
	throw new Failure({
		kind: 'answer',
		message: `Statuspage did not reactivate the webhook subscriber ${id}, which is quarantined because posts to it failed${failed.length > 0 ? `: ${failed[0].reason}` : ''}`,
		advice: 'Remove the subscriber in Statuspage, and publish the workflow again. A new one is then created',
	});
}

/** Repairs a subscriber that exists. */
async function reuse(api: StatuspageApi, wanted: WantedSubscriber, row: Subscriber): Promise<OwnSubscriber> {
	const { pageId, componentIds } = wanted;
	if (isQuarantined(row)) await reactivate(api, pageId, row);
	if (!hasComponents(row, componentIds)) {
		const body = componentIds.length > 0 ? { component_ids: componentIds } : {};
		try {
			await api.call('updateSubscriber', { pageId, subscriberId: row.id }, { body });
		} catch (error) {
			throw asError(rejectedSubscriber(error, componentIds.length > 0));
		}
	}
	return { id: row.id, state: (await stateOfKnown(api, pageId, { ...row, quarantined_at: null })).state };
}

async function create(api: StatuspageApi, wanted: WantedSubscriber): Promise<OwnSubscriber> {
	const { pageId, endpoint, email, componentIds } = wanted;
	const contact: Contact = { mode: 'webhook', endpoint };
	const body = {
		...contactBody(contact),
		...(email === undefined ? {} : { email }),
		...(componentIds.length > 0 ? { component_ids: componentIds } : {}),
	};
	try {
		const { row } = await createSubscriberOnce({
			connection: api.connection,
			contact,
			create: async () => await api.call('createSubscriber', { pageId }, { body }),
			newest: async () => await newestSubscribers(api, pageId, contact),
		});
		return { id: row.id, state: (await stateOfNew(api, pageId, row, true)).state };
	} catch (error) {
		if (isAlreadySubscribed(error)) {
			// An earlier request arrived after the list was read.
			const [row] = await subscribersWithEndpoint(api, pageId, endpoint);
			if (row) return await reuse(api, wanted, row);
		}
		throw asError(rejectedSubscriber(error, componentIds.length > 0));
	}
}

/**
 * The one subscriber of a workflow. A row in any state is used again, and others with the same endpoint are removed, because each of
 * them would get all posts. They come from creations whose answers were lost.
 *
 * No confirmation is skipped, so a subscriber that needs one can be confirmed.
 *
 * @throws Failure
 */
export async function ownSubscriber(api: StatuspageApi, wanted: WantedSubscriber): Promise<OwnSubscriber> {
	const { pageId, endpoint, email, knownId } = wanted;
	const { baseUrl, signal } = api.connection;
	return await withLocks({ exclusive: [`${baseUrl} webhook ${endpoint}`] }, signal, async () => {
		const rows = inOrder(await subscribersWithEndpoint(api, pageId, endpoint), knownId);
		const kept = rows.find((row) => hasEmail(row, email));
		for (const { id: subscriberId } of rows)
			if (subscriberId !== kept?.id) await removeSubscriber(api, { pageId, subscriberId });
		return kept ? await reuse(api, wanted, kept) : await create(api, wanted);
	});
}
