import { emailKey } from '../../../../shared/client/matching';
import type { Viewer } from '../../endpoints';
import { memberships, type PageSnapshot } from '../snapshot';

/** From whom a plan may take something away. Without a scope it only adds. */
export type Scope =
	| { kind: 'add' }
	/** Membership of these groups only. */
	| { kind: 'groups'; groupIds: string[] }
	/** People with an address at one of these domains, compared whole. */
	| { kind: 'domains'; domains: ReadonlySet<string> }
	| { kind: 'everyone' };

export function domainOf(email: string | null): string {
	return emailKey(email).replace(/^.*@/, '');
}

/**
 * Whether a plan may remove anything of a viewer, apart from membership of the groups in scope.
 *
 * @param listedEmail the address that the list gives to the viewer: the plan writes it, so it decides as well
 */
export function isInScope({ email }: Viewer, scope: Scope, listedEmail?: string): boolean {
	if (scope.kind === 'everyone') return true;
	if (scope.kind !== 'domains') return false;
	return scope.domains.has(domainOf(email)) || (listedEmail !== undefined && scope.domains.has(domainOf(listedEmail)));
}

/** @param listed the address that the list gives to a viewer, by viewer ID */
export function peopleInScope(
	{ viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>,
	scope: Scope,
	listed: ReadonlyMap<string, string> = new Map(),
): Viewer[] {
	if (scope.kind !== 'groups') return viewers.filter((viewer) => isInScope(viewer, scope, listed.get(viewer.id)));
	const groupsOf = memberships({ viewers, groups });
	return viewers.filter(({ id }) => scope.groupIds.some((groupId) => groupsOf.get(id)?.has(groupId)));
}
