import { fields, flag, notFound, ok, one, paged, paging, type Context, type Route } from '../route.mts';
import { ROLE_NAMES, type Json, type Member } from '../state.mts';

const ORGANIZATION = '/organizations/:organization_id';
const PERMISSIONS = `${ORGANIZATION}/permissions/:user_id`;

const roles = fields(Object.fromEntries(ROLE_NAMES.map((role) => [role, flag])));

function requireOrganization({ state, params }: Context): void {
	if (params.organization_id !== state.organizationId) throw notFound();
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

export const teamRoutes: Route[] = [
	{
		methods: ['GET'],
		path: `${ORGANIZATION}/users`,
		query: paging,
		handle(context) {
			requireOrganization(context);
			return ok(paged(context, context.state.members.values()).map(({ row }) => row));
		},
	},
	{
		methods: ['DELETE'],
		path: `${ORGANIZATION}/users/:user_id`,
		handle(context) {
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
