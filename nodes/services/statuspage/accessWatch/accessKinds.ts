/** Lists that are read to find events. In this order, because names of groups are used for viewers. */
export const SOURCES = ['viewerGroups', 'viewers', 'teamMembers', 'permissions'] as const;
export type Source = (typeof SOURCES)[number];

/** An event that one of the lists shows. */
export type ListEvent =
	| 'viewerAdded'
	| 'viewerChanged'
	| 'viewerRemoved'
	| 'viewerGroupAdded'
	| 'viewerGroupChanged'
	| 'viewerGroupRemoved'
	| 'teamMemberAdded'
	| 'teamMemberRemoved'
	| 'permissionChanged';

export type AccessKind = ListEvent | 'keyExpires';

/** The events of each list. */
export const EVENTS_OF: Record<Source, { added?: ListEvent; changed?: ListEvent; removed?: ListEvent }> = {
	viewerGroups: { added: 'viewerGroupAdded', changed: 'viewerGroupChanged', removed: 'viewerGroupRemoved' },
	viewers: { added: 'viewerAdded', changed: 'viewerChanged', removed: 'viewerRemoved' },
	teamMembers: { added: 'teamMemberAdded', removed: 'teamMemberRemoved' },
	permissions: { changed: 'permissionChanged' },
};

/** The chosen events that a list shows. */
export function eventsIn(source: Source, kinds: readonly AccessKind[]): ListEvent[] {
	return Object.values(EVENTS_OF[source]).filter((kind) => kinds.includes(kind));
}

/** The lists that must be read for these events. */
export function sourcesFor(kinds: readonly AccessKind[]): Source[] {
	return SOURCES.filter((source) => eventsIn(source, kinds).length > 0);
}

/** The list belongs to an organization, not to a page. */
export function isOfOrganization(source: Source): boolean {
	return source === 'teamMembers' || source === 'permissions';
}
