import {
	ApiError,
	fields,
	flag,
	idList,
	knownIds,
	ok,
	one,
	optionalFields,
	optionalText,
	paged,
	pageIn,
	paging,
	text,
	type Context,
	type Route,
} from '../route.mts';
import { setGroupsOfViewer, type Json, type Page, type Viewer } from '../state.mts';
import { componentRow } from './components.mts';

const PATH = '/pages/:page_id/page_access_users';
const ONE = `${PATH}/:page_access_user_id`;

const viewerFields = {
	email: text,
	external_login: optionalText,
	page_access_group_ids: idList,
	subscribe_to_components: flag,
};

function viewerRow(page: Page, viewer: Viewer): Json {
	const groupIds = [...viewer.groupIds];
	return {
		id: viewer.id,
		page_id: page.row.id,
		email: viewer.email,
		external_login: viewer.external_login,
		page_access_group_id: groupIds[0] ?? null,
		page_access_group_ids: groupIds,
		created_at: viewer.created_at,
		updated_at: viewer.updated_at,
	};
}

function viewerIn(context: Context): { page: Page; viewer: Viewer } {
	const page = pageIn(context);
	return { page, viewer: one(page.viewers, context.params.page_access_user_id) };
}

/** Seeded emails never differ only in case, so they are the same with every option. */
function emailKey({ options }: Context, email: string): string {
	return options.takenEmails === 'any-case' ? email.toLowerCase() : email;
}

function requireUnused(context: Context, page: Page, email: string, owner: string | undefined, status: number): void {
	const holder = page.emails.get(emailKey(context, email));
	if (holder !== undefined && holder !== owner) throw new ApiError(status, 'Email has already been taken');
}

function matches({ options }: Context, viewer: Viewer, email: string): boolean {
	if (options.emailSearch === 'case') return viewer.email === email;
	const [actual, searched] = [viewer.email.toLowerCase(), email.toLowerCase()];
	return options.emailSearch === 'exact' ? actual === searched : actual.includes(searched);
}

function list(context: Context): Iterable<Viewer> {
	const { viewers } = pageIn(context);
	const { email } = context.query;
	return email === undefined
		? viewers.values()
		: [...viewers.values()].filter((viewer) => matches(context, viewer, email));
}

function create(context: Context) {
	const page = pageIn(context);
	const wanted = context.body.page_access_user as Json;
	const email = String(wanted.email);
	requireUnused(context, page, email, undefined, 409);
	const groupIds = knownIds(context, page.groups, (wanted.page_access_group_ids ?? []) as string[], 422);
	const now = context.state.now();
	const viewer: Viewer = {
		id: context.state.newId(),
		email,
		external_login: (wanted.external_login ?? null) as string | null,
		subscribe_to_components: wanted.subscribe_to_components === true,
		groupIds: new Set(),
		componentIds: new Set(),
		metricIds: new Set(),
		created_at: now,
		updated_at: now,
	};
	page.viewers.set(viewer.id, viewer);
	page.emails.set(emailKey(context, email), viewer.id);
	setGroupsOfViewer(page, viewer, groupIds);
	// The documented status code is 200, not 201.
	return ok(viewerRow(page, viewer));
}

function update(context: Context) {
	const { page, viewer } = viewerIn(context);
	const wanted = context.body.page_access_user as Json;
	const { page_access_group_ids } = wanted as { page_access_group_ids?: string[] };
	const groupIds = page_access_group_ids && knownIds(context, page.groups, page_access_group_ids, 404);
	if (wanted.email !== undefined)
		requireUnused(context, page, String(wanted.email), viewer.id, context.options.takenOnUpdate);
	if (groupIds) setGroupsOfViewer(page, viewer, groupIds);
	if (wanted.email !== undefined) {
		page.emails.delete(emailKey(context, viewer.email));
		viewer.email = String(wanted.email);
		page.emails.set(emailKey(context, viewer.email), viewer.id);
	}
	if (wanted.external_login !== undefined) viewer.external_login = wanted.external_login as string | null;
	viewer.updated_at = context.state.now();
	return ok(viewerRow(page, viewer));
}

function remove(context: Context) {
	const { page, viewer } = viewerIn(context);
	setGroupsOfViewer(page, viewer, []);
	page.viewers.delete(viewer.id);
	page.emails.delete(emailKey(context, viewer.email));
	return { status: 204 };
}

/** PATCH and PUT add, POST replaces, and DELETE removes. DELETE of components without a body removes all. */
function collection(
	name: 'components' | 'metrics',
	ids: 'componentIds' | 'metricIds',
	field: string,
	rows: (page: Page) => Map<string, Json>,
): Route[] {
	const path = `${ONE}/${name}`;
	const single = name === 'components' ? 'component_id' : 'metric_id';
	const body = fields({ [field]: idList }, [field]);
	const requestedIds = (context: Context, page: Page) =>
		knownIds(context, rows(page), (context.body[field] ?? []) as string[], 404);
	return [
		{
			methods: ['GET'],
			path,
			query: paging,
			handle(context) {
				const { page, viewer } = viewerIn(context);
				const own = [...viewer[ids]].map((id) => rows(page).get(id)).filter((row) => row !== undefined);
				return ok(
					paged(
						context,
						own.map((row) => (name === 'components' ? componentRow(page, row) : row)),
					),
				);
			},
		},
		{
			methods: ['PATCH', 'PUT'],
			path,
			body,
			writesViewers: true,
			handle(context) {
				const { page, viewer } = viewerIn(context);
				for (const id of requestedIds(context, page)) viewer[ids].add(id);
				return ok(viewerRow(page, viewer));
			},
		},
		{
			methods: ['POST'],
			path,
			body,
			writesViewers: true,
			handle(context) {
				const { page, viewer } = viewerIn(context);
				viewer[ids] = new Set(requestedIds(context, page));
				return { status: 201, body: viewerRow(page, viewer) };
			},
		},
		{
			methods: ['DELETE'],
			path,
			body: optionalFields({ [field]: idList }),
			writesViewers: true,
			handle(context) {
				const { page, viewer } = viewerIn(context);
				if (context.body[field] === undefined) viewer[ids].clear();
				for (const id of requestedIds(context, page)) viewer[ids].delete(id);
				return ok(viewerRow(page, viewer));
			},
		},
		{
			methods: ['DELETE'],
			path: `${path}/:${single}`,
			writesViewers: true,
			handle(context) {
				const { page, viewer } = viewerIn(context);
				if (!viewer[ids].delete(context.params[single] ?? ''))
					throw new ApiError(404, 'The requested resource could not be found.');
				return ok(viewerRow(page, viewer));
			},
		},
	];
}

export const viewerRoutes: Route[] = [
	{
		methods: ['GET'],
		path: PATH,
		query: { ...paging, email: text },
		isSlowUnpaginated: true,
		handle: (context) => ok(paged(context, list(context)).map((viewer) => viewerRow(pageIn(context), viewer))),
	},
	{
		methods: ['POST'],
		path: PATH,
		body: fields({ page_access_user: fields(viewerFields, ['email']) }, ['page_access_user']),
		writesViewers: true,
		handle: create,
	},
	{
		methods: ['GET'],
		path: ONE,
		handle(context) {
			const { page, viewer } = viewerIn(context);
			return ok(viewerRow(page, viewer));
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body: fields({ page_access_user: fields(viewerFields) }, ['page_access_user']),
		writesViewers: true,
		handle: update,
	},
	{ methods: ['DELETE'], path: ONE, writesViewers: true, handle: remove },
	...collection('components', 'componentIds', 'component_ids', (page) => page.components),
	...collection('metrics', 'metricIds', 'metric_ids', (page) => page.metrics),
];
