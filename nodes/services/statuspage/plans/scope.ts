import { emailKey } from '../../../shared/client/matching';
import type { Viewer } from '../endpoints';
import { memberships, type PageSnapshot } from './snapshot';

/** From whom a plan may take something away. Without a scope it only adds. */
export type Scope =
	| { kind: 'add' }
	/** Membership of these groups only. */
	| { kind: 'groups'; groupIds: string[] }
	/** People with an address at one of these domains, compared whole. */
	| { kind: 'domains'; domains: string[] }
	| { kind: 'everyone' };

function domainOf(email: string | null): string {
	return emailKey(email).replace(/^.*@/, '');
}

/** Whom a plan may take anything away from, apart from membership of the groups in scope. */
export function isInScope({ email }: Viewer, scope: Scope): boolean {
	if (scope.kind === 'everyone') return true;
	return scope.kind === 'domains' && scope.domains.includes(domainOf(email));
}

export function peopleInScope({ viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>, scope: Scope): Viewer[] {
	if (scope.kind !== 'groups') return viewers.filter((viewer) => isInScope(viewer, scope));
	const groupsOf = memberships({ viewers, groups });
	return viewers.filter(({ id }) => scope.groupIds.some((groupId) => groupsOf.get(id)?.has(groupId)));
}
