import type { Page, Subscriber, TeamMember, Viewer, ViewerGroup } from '../../endpoints';
import type { Permissions } from '../../permissionAnswer';
import type { Leaver } from './leavers';

/** The pages and lists to check. */
export interface FindOptions {
	pages: Page[];
	/** Empty if team members are not checked. */
	organizationId: string;
	includesSubscriptions: boolean;
	/** Number of reads that run at the same time. */
	concurrency: number;
}

/** A viewer of a page with all its access. */
export interface FoundViewer {
	viewer: Viewer;
	/** The leavers it belongs to. There are several if the email matches one leaver and the external login another. */
	leavers: Leaver[];
	groupIds: Set<string>;
	componentIds: string[];
	metricIds: string[];
}

export interface FoundSubscriber {
	subscriber: Subscriber;
	leavers: Leaver[];
	/** The viewer that it is linked to. */
	viewer?: Viewer;
}

/** The data that was read of one page. */
export interface PageFindings {
	page: { id: string; name: string };
	/** All viewers of the page, or the viewers that a complete search found. */
	viewers: Viewer[];
	/** True if viewers were searched and the list of viewers was not read. */
	isSearched: boolean;
	groups: ViewerGroup[];
	subscribers: Subscriber[];
	found: Map<string, FoundViewer>;
	subscriptions: FoundSubscriber[];
	/** Names of groups, components and metrics, by ID. */
	names: Map<string, string>;
}

export interface FoundMember {
	member: TeamMember;
	leavers: Leaver[];
	permissions: Permissions;
}

/** All access of the leavers, and the lists that were read to find it. */
export interface Findings {
	pages: PageFindings[];
	teamMembers: TeamMember[];
	members: FoundMember[];
}
