import { emailKey } from '../../../../shared/client/matching';
import type { Viewer } from '../../endpoints';
import { groupIdsByViewer, type PageSnapshot } from '../snapshot';

/** The viewers who may lose access. Without a scope, a plan only adds access. */
export type Scope =
	| { kind: 'add' }
	/** Only membership of these groups. */
	| { kind: 'groups'; groupIds: string[] }
	/** Viewers with an email at one of these domains. Subdomains do not match. */
	| { kind: 'domains'; domains: ReadonlySet<string> }
	| { kind: 'everyone' };

export function domainOf(email: string | null): string {
	return emailKey(email).replace(/^.*@/, '');
}

/**
 * True if a plan may remove access of a viewer, apart from membership of the groups in scope.
 *
 * @param listedEmail the email in the list. The plan will write it, so it also puts the viewer in scope
 */
export function isInScope({ email }: Viewer, scope: Scope, listedEmail?: string): boolean {
	if (scope.kind === 'everyone') return true;
	if (scope.kind !== 'domains') return false;
	return scope.domains.has(domainOf(email)) || (listedEmail !== undefined && scope.domains.has(domainOf(listedEmail)));
}

/** @param listed emails in the list, by viewer ID */
export function peopleInScope(
	{ viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>,
	scope: Scope,
	listed: ReadonlyMap<string, string> = new Map(),
): Viewer[] {
	if (scope.kind !== 'groups') return viewers.filter((viewer) => isInScope(viewer, scope, listed.get(viewer.id)));
	const wanted = new Set(scope.groupIds);
	const groupsOf = groupIdsByViewer({ viewers, groups });
	return viewers.filter(({ id }) => [...(groupsOf.get(id) ?? [])].some((groupId) => wanted.has(groupId)));
}
