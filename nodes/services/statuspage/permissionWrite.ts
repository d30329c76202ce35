import type { ConfirmedWrite, Contents } from '../../shared/client/writeVerdict';
import { ROLES, type Permissions } from './permissionAnswer';

/** The roles of each page as text. */
export function pageContents(permissions: Permissions): Contents {
	return new Map([...permissions].map(([pageId, roles]) => [pageId, ROLES.filter((role) => roles[role]).join()]));
}

function hasFewerRoles(before: string, after: string | undefined): boolean {
	const kept = new Set(after?.split(','));
	return after === undefined || before.split(',').some((role) => role !== '' && !kept.has(role));
}

/** A write of permissions, for its check: the pages that it changed. */
export function permissionWrite(before: Permissions, after: Permissions): ConfirmedWrite {
	const [from, to] = [pageContents(before), pageContents(after)];
	const changed = [...new Set([...from.keys(), ...to.keys()])].filter((pageId) => from.get(pageId) !== to.get(pageId));
	return {
		before: from,
		changes: new Map(changed.map((pageId) => [pageId, to.get(pageId)])),
		isRemoval: changed.some((pageId) => {
			const roles = from.get(pageId);
			return roles !== undefined && hasFewerRoles(roles, to.get(pageId));
		}),
	};
}
