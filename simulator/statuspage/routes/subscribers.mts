import { addSubscriber, subscriberBody } from '../newSubscriber.mts';
import {
	ApiError,
	fields,
	flag,
	knownIds,
	ok,
	one,
	optionalFields,
	paged,
	pageIn,
	pageOf,
	PAGE_SIZE,
	paging,
	text,
	type Context,
	type Route,
} from '../route.mts';
import type { Json, Page, Subscriber } from '../state.mts';

const ALL = '/pages/:page_id/subscribers';
const ONE = `${ALL}/:subscriber_id`;

const TYPES = ['email', 'sms', 'slack', 'webhook', 'teams', 'integration_partner'];
const STATES = ['active', 'unconfirmed', 'quarantined'] as const;
/** The most IDs per call, and fewer subscribers than that for "all". */
const MAX_IDS = 100;

const choice = (...values: string[]) => ({ type: 'string', enum: values });
const type = choice(...TYPES);
const state = choice(...STATES, 'all');
const componentIds = { type: 'array', items: { type: 'string' }, minItems: 1 };
const idsOrAll = (maxItems?: number) => ({
	anyOf: [
		{ type: 'array', items: { type: 'string' }, minItems: 1, ...(maxItems ? { maxItems } : {}) },
		{ const: 'all' },
	],
});

/** Returns the endpoint, phone number or email of a subscriber. */
function contact({ row }: Subscriber): string {
	return String(row.endpoint ?? row.phone_number ?? row.email ?? '');
}

/** Sorts `relevance` by the position of the search text, because its meaning isn't documented. */
function sortKey(subscriber: Subscriber, field: string, q: string): string {
	if (field === 'created_at' || field === 'quarantined_at') return String(subscriber.row[field] ?? '');
	return field === 'relevance' ? String(contact(subscriber).indexOf(q)).padStart(9, '0') : contact(subscriber);
}

function matching(page: Page, { type: mode, state: wanted = 'active' }: Json): Subscriber[] {
	return [...page.subscribers.values()].filter(
		(subscriber) =>
			(wanted === 'all' || subscriber.state === wanted) && (mode === undefined || subscriber.row.mode === mode),
	);
}

function filteredSubscribers(context: Context): Subscriber[] {
	const { q = '', sort_field: field = 'primary', sort_direction: direction = 'asc' } = context.query;
	if (field === 'relevance' && q === '') throw new ApiError(400, 'Relevance needs a search text');
	const rows = matching(pageIn(context), context.query).filter((subscriber) => contact(subscriber).includes(q));
	const sign = direction === 'desc' ? -1 : 1;
	return rows
		.map((row) => ({ row, key: sortKey(row, field, q) }))
		.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign))
		.map(({ row }) => row);
}

function unsubscribe(page: Page, { row }: Subscriber): void {
	page.subscribers.delete(row.id);
	page.unsubscribed.unshift(row);
}

/** The subscribers of a bulk call: those with the IDs, or all of them. Others are left out. */
function chosen(context: Context, all: Subscriber[]): Subscriber[] {
	const { subscribers } = pageIn(context);
	if (context.body.subscribers === 'all') return all;
	const ids = new Set(knownIds(context, subscribers, context.body.subscribers as string[], 422));
	return all.filter(({ row }) => ids.has(row.id));
}

function setComponents(context: Context, { row }: Subscriber, ids: string[] | undefined): void {
	if (ids) row.components = knownIds(context, pageIn(context).components, ids, 422);
	else delete row.components;
}

function confirmAgain(subscriber: Subscriber): void {
	if (subscriber.row.mode !== 'email' || subscriber.state !== 'unconfirmed') return;
	subscriber.confirmations = (subscriber.confirmations ?? 0) + 1;
}

const subscriberIn = (context: Context) => one(pageIn(context).subscribers, context.params.subscriber_id);

export const subscriberRoutes: Route[] = [
	{
		// Pages start at 0 here, and the page size is `limit`.
		methods: ['GET'],
		path: ALL,
		query: {
			q: text,
			type,
			state,
			limit: { type: 'string', pattern: '^[1-9]\\d*$' },
			page: { type: 'string', pattern: '^\\d+$' },
			sort_field: choice('primary', 'created_at', 'quarantined_at', 'relevance'),
			sort_direction: choice('asc', 'desc'),
		},
		handle(context) {
			const { limit, page } = context.query;
			const size = Math.min(PAGE_SIZE, Number(limit ?? PAGE_SIZE));
			return ok(pageOf(filteredSubscribers(context), Number(page ?? 0), size).map(({ row }) => row));
		},
	},
	{
		methods: ['POST'],
		path: ALL,
		body: subscriberBody,
		handle(context) {
			const page = pageIn(context);
			const wanted = context.body.subscriber as Json;
			const { page_access_user: viewerId, component_ids: ids } = wanted;
			const viewer = page.viewers.get(String(viewerId));
			if (viewerId !== undefined && !viewer) throw new ApiError(422, 'Page access user is invalid');
			if (wanted.endpoint && page.row.allow_webhook_subscribers === false)
				throw new ApiError(context.options.forbiddenWebhooks, 'Webhook subscriptions are not enabled for this page');
			const { componentSubscriptions } = context.options;
			if (ids && componentSubscriptions !== 0)
				throw new ApiError(componentSubscriptions, 'Component subscriptions are not enabled for this page');
			if (ids) wanted.component_ids = knownIds(context, page.components, ids as string[], 422);
			return { status: 201, body: addSubscriber(context, page.subscribers, wanted, viewer) };
		},
	},
	{
		methods: ['GET'],
		path: `${ALL}/count`,
		query: { type, state },
		handle(context) {
			const rows = matching(pageIn(context), context.query);
			return ok(Object.fromEntries(TYPES.map((mode) => [mode, rows.filter(({ row }) => row.mode === mode).length])));
		},
	},
	{
		methods: ['GET'],
		path: `${ALL}/histogram_by_state`,
		handle(context) {
			const page = pageIn(context);
			const byState = (mode: string) => {
				const counts = STATES.map((entry) => [entry, matching(page, { type: mode, state: entry }).length] as const);
				return { ...Object.fromEntries(counts), total: counts.reduce((sum, [, count]) => sum + count, 0) };
			};
			return ok(Object.fromEntries(TYPES.map((mode) => [mode, byState(mode)])));
		},
	},
	{
		methods: ['GET'],
		path: `${ALL}/unsubscribed`,
		query: paging,
		handle: (context) => ok(paged(context, pageIn(context).unsubscribed)),
	},
	{
		methods: ['POST'],
		path: `${ALL}/resend_confirmation`,
		body: fields({ subscribers: idsOrAll() }, ['subscribers']),
		handle(context) {
			chosen(context, matching(pageIn(context), { state: 'all' })).forEach(confirmAgain);
			return { status: 201 };
		},
	},
	{
		methods: ['POST'],
		path: `${ALL}/unsubscribe`,
		body: fields({ subscribers: idsOrAll(MAX_IDS), type, state, skip_unsubscription_notification: flag }, [
			'subscribers',
		]),
		handle(context) {
			const page = pageIn(context);
			const all = matching(page, context.body);
			if (context.body.subscribers === 'all' && all.length >= MAX_IDS)
				throw new ApiError(422, 'There are too many subscribers');
			for (const subscriber of chosen(context, all)) unsubscribe(page, subscriber);
			return { status: 201 };
		},
	},
	{
		methods: ['POST'],
		path: `${ALL}/reactivate`,
		body: fields({ subscribers: idsOrAll(), type: choice(...TYPES.filter((mode) => mode !== 'teams')) }, [
			'subscribers',
		]),
		handle(context) {
			const { type: mode } = context.body;
			for (const subscriber of chosen(context, matching(pageIn(context), { type: mode, state: 'quarantined' }))) {
				subscriber.state = 'active';
				subscriber.row.quarantined_at = null;
			}
			return { status: 201 };
		},
	},
	{
		methods: ['POST'],
		path: `${ONE}/resend_confirmation`,
		handle(context) {
			confirmAgain(subscriberIn(context));
			return { status: 201 };
		},
	},
	{ methods: ['GET'], path: ONE, handle: (context) => ok(subscriberIn(context).row) },
	{
		methods: ['PATCH'],
		path: ONE,
		body: optionalFields({ component_ids: componentIds }),
		handle(context) {
			const subscriber = subscriberIn(context);
			setComponents(context, subscriber, context.body.component_ids as string[] | undefined);
			return ok(subscriber.row);
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		query: { skip_unsubscription_notification: choice('true', 'false') },
		handle(context) {
			const subscriber = subscriberIn(context);
			unsubscribe(pageIn(context), subscriber);
			return ok(subscriber.row);
		},
	},
];
