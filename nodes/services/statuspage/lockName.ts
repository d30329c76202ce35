import type { StatuspageApi } from './statuspageApi';
import { viewer } from './objects/viewer';
import { viewerGroup } from './objects/viewerGroup';

/** Locks of the objects that membership is written on. */
export const lockName = {
	viewer: (api: StatuspageApi, pageId: string, id: string) => viewer.lockName(api, { pageId }, id),
	group: (api: StatuspageApi, pageId: string, id: string) => viewerGroup.lockName(api, { pageId }, id),
	/** What a viewer has besides the viewer groups. */
	viewerAccess: (api: StatuspageApi, pageId: string, id: string) =>
		`${viewer.lockName(api, { pageId }, id)} components`,
	/** Statuspage accepts a name twice: two executions that look at the same time would both create the group. */
	groupNames: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} viewer group names`,
	/** Held alone by a write to groups that are not known beforehand. */
	allGroups: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} all viewer groups`,
};
