import { ROLE_NAMES, ROLES, type Role } from '../permissionAnswer';

/** The names of the roles that are set, in the order of Statuspage's screens. Empty for a page without roles. */
export function roleNames(roles: unknown): string[] {
	return ROLES.filter((role) => (roles as Partial<Record<Role, boolean>> | null)?.[role]).map(
		(role) => ROLE_NAMES[role],
	);
}
