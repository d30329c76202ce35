import { FEW, findMany } from '../../../shared/client/findMany';
import { emailKey, isSameEmail } from '../../../shared/client/matching';
import type { Query } from '../../../shared/client/apiClient';
import { Failure, unlessMissing } from '../../../shared/http/failures';
import type { Subscriber } from '../endpoints';
import { PAGE_SIZE } from '../paging';
import type { StatuspageApi } from '../statuspageApi';
import { hasContact, searchText, type Contact } from './contact';

/** Without it, the service only lists active subscribers. */
export const ALL_STATES = { state: 'all' } as const;

/** Newest first, so that one page contains a subscriber that was just created. */
export const NEWEST_FIRST = { sort_field: 'created_at', sort_direction: 'desc' } as const;

/** The type of subscribers with this contact; undefined for a viewer, whose subscriptions can have any type. */
function typeOf({ mode }: Contact): Query {
	return mode === 'viewer' ? {} : { type: mode };
}

/** One page of the newest subscribers that can have this contact. */
export async function newestSubscribers(api: StatuspageApi, pageId: string, contact: Contact): Promise<Subscriber[]> {
	const query = { ...ALL_STATES, ...NEWEST_FIRST, ...typeOf(contact) };
	return await api.page('listSubscribers', { pageId }, 1, { size: PAGE_SIZE, query });
}

/** Subscriptions by viewer, read once per run, because a viewer can't be searched. */
async function ofViewers(api: StatuspageApi, pageId: string): Promise<Subscriber[]> {
	return await api.cache.read(
		`subscriptions of viewers ${pageId}`,
		async () =>
			await api.list('listSubscribers', { pageId }, { query: ALL_STATES, keep: (row) => !!row.page_access_user_id }),
	);
}

/** The subscribers with this contact that the search of the service finds. It may compare letters with their case. */
export async function subscribersWithContact(
	api: StatuspageApi,
	pageId: string,
	contact: Contact,
): Promise<Subscriber[]> {
	const q = searchText(contact);
	if (q === undefined) return (await ofViewers(api, pageId)).filter((row) => hasContact(row, contact));
	for (const text of new Set([q, q.toLowerCase()])) {
		const query = { ...ALL_STATES, ...typeOf(contact), q: text };
		const rows = await api.list('listSubscribers', { pageId }, { query, isExact: true });
		const found = rows.filter((row) => hasContact(row, contact));
		if (found.length > 0) return found;
	}
	return [];
}

function searchIn(api: StatuspageApi, pageId: string) {
	const ids = { pageId };
	return {
		size: PAGE_SIZE,
		readPage: async (page: number) =>
			await api.reads.run(
				async () => await api.page('listSubscribers', ids, page, { size: PAGE_SIZE, query: ALL_STATES }),
			),
		remembered: api.remembered('listSubscribers', ids, ALL_STATES),
		sideBySide: api.sideBySide,
	};
}

/** True for a subscriber that gets emails. Webhooks have an email as well. */
const getsEmails = ({ mode }: Subscriber) => !mode || mode === 'email';

/** Email subscribers with these emails in any state, by the result of `emailKey`. */
export async function subscribersByEmail(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
): Promise<Map<string, Subscriber[]>> {
	const { rows, missing, isWhole } = await findMany<Subscriber>({
		...searchIn(api, pageId),
		keys: [...new Set(emails.map(emailKey))],
		keyOf: (row) => (getsEmails(row) ? emailKey(row.email) : ''),
		lookUp: async (email) => await subscribersWithContact(api, pageId, { mode: 'email', email }),
		confirmsMissing: true,
		absenceNeedsList: true,
	});
	if (missing.length === 0 || isWhole) return rows;
	// The search may compare letters with their case, so only the list shows that there is no such subscriber.
	const all = await api.cache.read(
		`all subscribers ${pageId}`,
		async () => await api.list('listSubscribers', { pageId }, { query: ALL_STATES }),
	);
	for (const key of missing)
		rows.set(
			key,
			all.filter((row) => getsEmails(row) && isSameEmail(row.email, key)),
		);
	return rows;
}

/**
 * The email subscriber with this email.
 *
 * @throws Failure if there are several; with `isNotFound` if there is none
 */
export async function subscriberByEmail(api: StatuspageApi, pageId: string, email: string): Promise<Subscriber> {
	const found = (await subscribersByEmail(api, pageId, [email])).get(emailKey(email)) ?? [];
	if (found.length === 1) return found[0];
	if (found.length > 1)
		throw new Failure({
			kind: 'invalid',
			message: `${found.length} subscribers on this page have the email "${email}": ${found.map(({ id }) => id).join(', ')}`,
			advice: 'Use one of these IDs',
		});
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no email subscriber with the email "${email}" on this page. All subscribers in all states were read`,
		advice: 'Check the spelling and the page. Other subscribers are found by their ID',
	});
}

/** The subscribers with these IDs in any state, without those that don't exist. */
export async function subscribersById(api: StatuspageApi, pageId: string, ids: string[]): Promise<Subscriber[]> {
	if (ids.length === 0) return [];
	const { rows } = await findMany<Subscriber>({
		...searchIn(api, pageId),
		keys: ids,
		keyOf: ({ id }) => id,
		lookUp: async (subscriberId) => {
			const row = await api.reads.run(
				async () => await unlessMissing(api.call('getSubscriber', { pageId, subscriberId })),
			);
			return row ? [row] : [];
		},
		confirmsMissing: true,
		absenceNeedsList: false,
	});
	const found = ids.flatMap((id) => rows.get(id) ?? []);
	// A missing page answers 404 as well.
	if (found.length < ids.length && ids.length <= FEW) await api.confirmPlace({ pageId });
	return found;
}

/** The IDs that are in the list of subscribers with this state, in their order. */
export async function idsInState(
	api: StatuspageApi,
	pageId: string,
	ids: string[],
	state: 'all' | 'quarantined',
): Promise<string[]> {
	const wanted = new Set(ids);
	const rows = await api.list('listSubscribers', { pageId }, { query: { state }, keep: ({ id }) => wanted.has(id) });
	const found = new Set(rows.map(({ id }) => id));
	return ids.filter((id) => found.has(id));
}

/**
 * The number of subscribers of a type in a state.
 *
 * @throws Failure if the answer doesn't contain the type
 */
export async function countOf(
	api: StatuspageApi,
	pageId: string,
	{ type, state }: { type: string; state: string },
): Promise<number> {
	const counts = await api.call('countSubscribers', { pageId }, { query: { type, state } });
	if (counts[type] !== undefined) return counts[type];
	throw new Failure({
		kind: 'answer',
		message: `Statuspage did not report the number of subscribers of the type "${type}"`,
		advice: 'Nothing was changed. Use the IDs of the subscribers instead',
		body: counts,
	});
}
