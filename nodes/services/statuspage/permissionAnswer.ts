import { NotUnderstood } from '../../shared/http/outcome';

/** The API's names of the roles, in the order of Statuspage's screens. */
export const ROLES = ['page_configuration', 'incident_manager', 'maintenance_manager'] as const;
export type Role = (typeof ROLES)[number];

/** The names of the roles on Statuspage's screens. */
export const ROLE_NAMES: Record<Role, string> = {
	page_configuration: 'Page Configuration',
	incident_manager: 'Incident Manager',
	maintenance_manager: 'Maintenance Manager',
};

/** Roles of a page, each true or false. `{}` for a page without role-based access control. */
export type Roles = Partial<Record<Role, boolean>>;
export type Permissions = Map<string, Roles>;

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRole(name: unknown): name is Role {
	return ROLES.includes(name as Role);
}

function notUnderstood(part: string): NotUnderstood {
	return new NotUnderstood(`its permissions have an unknown shape: ${part}`);
}

/** Roles from a list of names; roles that are not in the list are false. */
function rolesFromNames(names: unknown[], pageId: string): Roles {
	const unknown = names.find((name) => !isRole(name));
	if (unknown !== undefined) throw notUnderstood(`role "${String(unknown)}" of page ${pageId}`);
	return Object.fromEntries(ROLES.map((role) => [role, names.includes(role)]));
}

function rolesOf(entry: unknown, pageId: string): Roles {
	if (Array.isArray(entry)) return rolesFromNames(entry, pageId);
	if (!isObject(entry)) throw notUnderstood(`page ${pageId}`);
	if (Array.isArray(entry.roles)) return rolesFromNames(entry.roles, pageId);
	const roles: Roles = {};
	for (const [name, value] of Object.entries(entry)) {
		if (isRole(name) && typeof value === 'boolean') roles[name] = value;
		// Texts and numbers describe the page. Anything else could be a permission that a write would remove.
		else if (isRole(name) || typeof value === 'boolean' || (typeof value === 'object' && value !== null)) {
			throw notUnderstood(`"${name}" of page ${pageId}`);
		}
	}
	// A page has all roles or none. If only some are in the answer, a write would remove the others.
	const missing = ROLES.filter((role) => !(role in roles));
	if (missing.length > 0 && missing.length < ROLES.length)
		throw notUnderstood(`page ${pageId} without ${missing.join(' and ')}`);
	return roles;
}

/**
 * The pages and roles in an answer of GET or PUT permissions, in any documented shape: with or without `data`; pages as a map or a
 * list, or the fields of a single page; roles as booleans or as a list of names.
 *
 * @throws NotUnderstood when any part of it is not understood, because a write without that part would remove access
 */
export function readPermissions(answer: unknown, { teamMemberId }: Record<string, string>): Permissions {
	const outer = isObject(answer) && isObject(answer.data) ? answer.data : answer;
	if (isObject(outer) && outer.user_id !== undefined && outer.user_id !== teamMemberId)
		throw new NotUnderstood('its permissions belong to another team member');
	const pages = isObject(outer) ? outer.pages : undefined;
	const permissions: Permissions = new Map();
	if (Array.isArray(pages)) {
		for (const entry of pages) {
			const pageId = isObject(entry) ? entry.page_id : undefined;
			if (typeof pageId !== 'string' || pageId === '') throw notUnderstood('a page without an ID');
			permissions.set(pageId, rolesOf(entry, pageId));
		}
	} else if (isObject(pages) && typeof pages.page_id === 'string') {
		// Taken literally, the vendor's schema is the fields of one page.
		permissions.set(pages.page_id, rolesOf(pages, pages.page_id));
	} else if (isObject(pages)) {
		for (const [pageId, entry] of Object.entries(pages)) permissions.set(pageId, rolesOf(entry, pageId));
	} else {
		throw notUnderstood('no pages');
	}
	return permissions;
}
