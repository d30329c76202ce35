import { ApiError, fields, flag, notFound, ok, one, paged, paging, text, type Context, type Route } from '../route.mts';
import { ROLE_NAMES, type Json, type Member } from '../state.mts';

const ORGANIZATION = '/organizations/:organization_id';
const PERMISSIONS = `${ORGANIZATION}/permissions/:user_id`;

const roles = fields(Object.fromEntries(ROLE_NAMES.map((role) => [role, flag])));

function requireOrganization({ state, params }: Context): void {
	if (params.organization_id !== state.organizationId) throw notFound();
}

/** User operations are not available with Atlassian accounts. The status code is not documented. */
function requireUsers(context: Context): void {
	requireOrganization(context);
	const { atlassianAccounts: status } = context.options;
	if (status === 404) throw notFound();
	if (status !== 0) throw new ApiError(status, 'User management is not available for this organization.');
}

function memberIn(context: Context): Member {
	requireOrganization(context);
	return one(context.state.members, context.params.user_id);
}

/** The API documentation contains different formats, and clients expect different ones too. */
function permissionsBody({ options }: Context, { row, permissions }: Member): Json {
	const map = Object.fromEntries(permissions);
	const list = [...permissions].map(([page_id, held]) => ({ page_id, ...held }));
	const names = Object.fromEntries([...permissions].map(([id, held]) => [id, ROLE_NAMES.filter((role) => held[role])]));
	switch (options.permissionShape) {
		case 'data-map':
			return { data: { user_id: row.id, pages: map } };
		case 'data-list':
			return { data: { user_id: row.id, pages: list } };
		case 'map':
			return { user_id: row.id, pages: map };
		case 'list':
			return { user_id: row.id, pages: list };
		case 'roles':
			return { user_id: row.id, pages: names };
	}
}

/** Replaces all permissions. Permissions on omitted pages are removed. */
function replace(context: Context) {
	const member = memberIn(context);
	const wanted = Object.entries(context.body.pages as Record<string, Partial<Record<string, boolean>>>);
	const next: Member['permissions'] = new Map();
	for (const [pageId, held] of wanted) {
		const page = one(context.state.pages, pageId);
		next.set(pageId, page.hasRoles ? Object.fromEntries(ROLE_NAMES.map((role) => [role, held[role] === true])) : {});
	}
	member.permissions = next;
	return ok(permissionsBody(context, member));
}

/** The password is not stored. */
function create(context: Context) {
	requireUsers(context);
	const { state } = context;
	const { email = '', first_name = null, last_name = null } = context.body.user as Record<string, string>;
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new ApiError(422, 'Email is invalid');
	const isTaken = [...state.members.values()].some(({ row }) => row.email.toLowerCase() === email.toLowerCase());
	if (isTaken) throw new ApiError(422, 'Email has already been taken');
	const now = state.now();
	const row: Member['row'] = {
		id: state.newId(),
		organization_id: state.organizationId,
		email,
		first_name,
		last_name,
		created_at: now,
		updated_at: now,
	};
	state.members.set(row.id, { row, permissions: new Map() });
	return { status: 201, body: row };
}

export const teamRoutes: Route[] = [
	{
		methods: ['GET'],
		path: `${ORGANIZATION}/users`,
		query: paging,
		handle(context) {
			requireUsers(context);
			return ok(paged(context, context.state.members.values()).map(({ row }) => row));
		},
	},
	{
		methods: ['POST'],
		path: `${ORGANIZATION}/users`,
		body: fields({ user: fields({ email: text, password: text, first_name: text, last_name: text }) }, ['user']),
		handle: create,
	},
	{
		methods: ['DELETE'],
		path: `${ORGANIZATION}/users/:user_id`,
		handle(context) {
			requireUsers(context);
			const { row } = memberIn(context);
			context.state.members.delete(row.id);
			return ok(row);
		},
	},
	{ methods: ['GET'], path: PERMISSIONS, handle: (context) => ok(permissionsBody(context, memberIn(context))) },
	{
		methods: ['PUT'],
		path: PERMISSIONS,
		body: fields({ pages: { type: 'object', additionalProperties: roles } }, ['pages']),
		handle: replace,
	},
];
