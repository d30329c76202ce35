import type { StatuspageApi } from './statuspageApi';
import { viewer } from './objects/viewer';
import { viewerGroup } from './objects/viewerGroup';

/** Names of the locks for changes of viewers and viewer groups. */
export const lockName = {
	viewer: (api: StatuspageApi, pageId: string, id: string) => viewer.lockName(api, { pageId }, id),
	/** Returns lock names by ID. */
	viewers: (api: StatuspageApi, pageId: string) => viewer.lockNames(api, { pageId }),
	group: (api: StatuspageApi, pageId: string, id: string) => viewerGroup.lockName(api, { pageId }, id),
	/** The metrics of a group, which is locked while they are written. Names the list only, to watch its changes. */
	groupMetrics: (api: StatuspageApi, pageId: string, id: string) =>
		`${viewerGroup.lockName(api, { pageId }, id)} metrics`,
	/** The viewer's own components and metrics. */
	viewerAccess: (api: StatuspageApi, pageId: string, id: string) =>
		`${viewer.lockName(api, { pageId }, id)} components`,
	/** Statuspage allows duplicate names, so two executions at the same time would both create the group. */
	groupNames: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} viewer group names`,
	/** A component belongs to one component group, so a list that is written back may contain a component of another group. */
	componentGroups: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} component groups`,
	/** Exclusive for writes whose groups are only known after reading. */
	allGroups: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} all viewer groups`,
};
