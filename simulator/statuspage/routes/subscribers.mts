import { ApiError, ok, one, pageIn, pageOf, PAGE_SIZE, text, type Context, type Route } from '../route.mts';
import type { Subscriber } from '../state.mts';

const ONE = '/pages/:page_id/subscribers/:subscriber_id';

const choice = (...values: string[]) => ({ type: 'string', enum: values });

/** Returns the endpoint, phone number or email of a subscriber. */
function contact({ row }: Subscriber): string {
	return String(row.endpoint ?? row.phone_number ?? row.email ?? '');
}

/** Sorts `relevance` by the position of the search text, because its meaning isn't documented. */
function sortKey(subscriber: Subscriber, field: string, q: string): string {
	if (field === 'created_at' || field === 'quarantined_at') return String(subscriber.row[field] ?? '');
	return field === 'relevance' ? String(contact(subscriber).indexOf(q)).padStart(9, '0') : contact(subscriber);
}

function filteredSubscribers(context: Context): Subscriber[] {
	const {
		q = '',
		type,
		state = 'active',
		sort_field: field = 'primary',
		sort_direction: direction = 'asc',
	} = context.query;
	if (field === 'relevance' && q === '') throw new ApiError(400, 'Relevance needs a search text');
	const rows = [...pageIn(context).subscribers.values()].filter(
		(subscriber) =>
			(state === 'all' || subscriber.state === state) &&
			(type === undefined || subscriber.row.mode === type) &&
			contact(subscriber).includes(q),
	);
	const sign = direction === 'desc' ? -1 : 1;
	return rows
		.map((row) => ({ row, key: sortKey(row, field, q) }))
		.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign))
		.map(({ row }) => row);
}

export const subscriberRoutes: Route[] = [
	{
		// Pages start at 0 here, and the page size is `limit`.
		methods: ['GET'],
		path: '/pages/:page_id/subscribers',
		query: {
			q: text,
			type: choice('email', 'sms', 'webhook', 'slack', 'teams', 'integration_partner'),
			state: choice('active', 'unconfirmed', 'quarantined', 'all'),
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
		methods: ['GET'],
		path: ONE,
		handle: (context) => ok(one(pageIn(context).subscribers, context.params.subscriber_id).row),
	},
	{
		methods: ['DELETE'],
		path: ONE,
		query: { skip_unsubscription_notification: choice('true', 'false') },
		handle(context) {
			const { subscribers } = pageIn(context);
			const { row } = one(subscribers, context.params.subscriber_id);
			subscribers.delete(row.id);
			return ok(row);
		},
	},
];
