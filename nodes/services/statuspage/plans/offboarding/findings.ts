import type { Page, Subscriber, TeamMember, Viewer, ViewerGroup } from '../../endpoints';
import type { Permissions } from '../../permissionAnswer';
import type { Leaver } from './leavers';

/** What is looked at. */
export interface FindOptions {
	pages: Page[];
	/** Empty where team members are not looked at. */
	organizationId: string;
	includesSubscriptions: boolean;
	/** So many reads at a time. */
	concurrency: number;
}

/** A viewer of a page, with all access of its own. */
export interface FoundViewer {
	viewer: Viewer;
	/** Whom it belongs to: more than one where the email is one leaver's and the external login another's. */
	leavers: Leaver[];
	groupIds: Set<string>;
	componentIds: string[];
	metricIds: string[];
}

export interface FoundSubscriber {
	subscriber: Subscriber;
	leavers: Leaver[];
	/** Of the viewer that it is linked to. */
	viewer?: Viewer;
}

/** What was read of one page. */
export interface PageFindings {
	page: { id: string; name: string };
	/** All viewers of the page, or those whom a complete search found. */
	viewers: Viewer[];
	/** The list of viewers was not needed. */
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

/** All access of the leavers, and everything that was read to find it. */
export interface Findings {
	pages: PageFindings[];
	teamMembers: TeamMember[];
	members: FoundMember[];
}
