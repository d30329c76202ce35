import { addSubscriber, incidentSubscriberBody } from '../newSubscriber.mts';
import { ApiError, ok, one, paged, pageIn, paging, type Context, type Route } from '../route.mts';
import type { Incident, Json } from '../state.mts';

const ALL = '/pages/:page_id/incidents/:incident_id/subscribers';
const ONE = `${ALL}/:subscriber_id`;

const CLOSED = ['resolved', 'completed', 'postmortem'];

const incidentIn = (context: Context): Incident => one(pageIn(context).incidents, context.params.incident_id);
const subscriberIn = (context: Context) => one(incidentIn(context).subscribers, context.params.subscriber_id);

export const incidentSubscriberRoutes: Route[] = [
	{
		methods: ['GET'],
		path: ALL,
		query: paging,
		handle: (context) => ok(paged(context, incidentIn(context).subscribers.values()).map(({ row }) => row)),
	},
	{
		methods: ['POST'],
		path: ALL,
		body: incidentSubscriberBody,
		handle(context) {
			const { row, subscribers } = incidentIn(context);
			if (CLOSED.includes(String(row.status))) throw new ApiError(400, 'Incident is resolved');
			return { status: 201, body: addSubscriber(context, subscribers, context.body.subscriber as Json) };
		},
	},
	{ methods: ['GET'], path: ONE, handle: (context) => ok(subscriberIn(context).row) },
	{
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { row } = subscriberIn(context);
			incidentIn(context).subscribers.delete(row.id);
			return ok(row);
		},
	},
	{
		methods: ['POST'],
		path: `${ONE}/resend_confirmation`,
		handle(context) {
			const subscriber = subscriberIn(context);
			subscriber.confirmations = (subscriber.confirmations ?? 0) + 1;
			return { status: 201 };
		},
	},
];
