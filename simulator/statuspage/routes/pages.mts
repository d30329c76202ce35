import { ok, pageIn, type Route } from '../route.mts';

/** Routes for pages. */
export const pageRoutes: Route[] = [
	// Has no paging parameters.
	{ methods: ['GET'], path: '/pages', handle: ({ state }) => ok([...state.pages.values()].map(({ row }) => row)) },
	{ methods: ['GET'], path: '/pages/:page_id', handle: (context) => ok(pageIn(context).row) },
];
