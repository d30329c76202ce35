import { ok, one, paged, pageIn, pageOf, PAGE_SIZE, paging, text, type Route } from '../route.mts';

/** Pages, and those lists on them that nothing here writes. */
export const pageRoutes: Route[] = [
	// Takes no paging parameters.
	{ methods: ['GET'], path: '/pages', handle: ({ state }) => ok([...state.pages.values()].map(({ row }) => row)) },
	{ methods: ['GET'], path: '/pages/:page_id', handle: (context) => ok(pageIn(context).row) },
	{ methods: ['GET'], path: '/pages/:page_id/metrics', query: paging, handle: (context) => ok(paged(context, pageIn(context).metrics.values())) },
	{ methods: ['GET'], path: '/pages/:page_id/metrics/:metric_id', handle: (context) => ok(one(pageIn(context).metrics, context.params.metric_id)) },
	{
		// Pages count from 0 here, and their size is `limit`.
		methods: ['GET'],
		path: '/pages/:page_id/subscribers',
		query: {
			q: text,
			type: text,
			state: text,
			limit: { type: 'string', pattern: '^[1-9]\\d*$' },
			page: { type: 'string', pattern: '^\\d+$' },
			sort_field: text,
			sort_direction: text,
		},
		handle(context) {
			const { q, limit, page } = context.query;
			const rows = [...pageIn(context).subscribers.values()].filter((row) => q === undefined || String(row.email).includes(q));
			return ok(pageOf(rows, Number(page ?? 0), Math.min(PAGE_SIZE, Number(limit ?? PAGE_SIZE))));
		},
	},
];
