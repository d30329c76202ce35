import { ok, one, paged, pageIn, paging, type Route } from '../route.mts';

/** Routes for pages and their read-only lists. */
export const pageRoutes: Route[] = [
	// Has no paging parameters.
	{ methods: ['GET'], path: '/pages', handle: ({ state }) => ok([...state.pages.values()].map(({ row }) => row)) },
	{ methods: ['GET'], path: '/pages/:page_id', handle: (context) => ok(pageIn(context).row) },
	{
		methods: ['GET'],
		path: '/pages/:page_id/metrics',
		query: paging,
		handle: (context) => ok(paged(context, pageIn(context).metrics.values())),
	},
	{
		methods: ['GET'],
		path: '/pages/:page_id/metrics/:metric_id',
		handle: (context) => ok(one(pageIn(context).metrics, context.params.metric_id)),
	},
];
