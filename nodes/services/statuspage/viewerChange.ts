import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import { withLocks } from '../../shared/client/locks';
import { isSameEmail } from '../../shared/client/matching';
import { lockName } from './lockName';
import type { Viewer } from './endpoints';

export type GroupsMode = 'add' | 'replace' | 'remove';

export interface WantedViewer {
	/** As the API takes them: email, external_login, subscribe_to_components. */
	fields: IDataObject;
	groups?: { ids: string[]; mode: GroupsMode };
}

function groupsAfter(viewer: Viewer, { groups }: WantedViewer): string[] | undefined {
	if (!groups) return undefined;
	const current = viewer.page_access_group_ids;
	const next = {
		add: [...new Set([...current, ...groups.ids])],
		replace: groups.ids,
		remove: current.filter((id) => !groups.ids.includes(id)),
	}[groups.mode];
	return next.length === current.length && next.every((id) => current.includes(id)) ? undefined : next;
}

/** What has to be written to make the viewer as wanted; `{}` when nothing has. */
export function difference(viewer: Viewer, wanted: WantedViewer): IDataObject {
	const fields = Object.entries(wanted.fields).filter(([name, value]) =>
		name === 'email' ? !isSameEmail(viewer.email, value) : (viewer[name] ?? '') !== value,
	);
	const page_access_group_ids = groupsAfter(viewer, wanted);
	return { ...Object.fromEntries(fields), ...(page_access_group_ids ? { page_access_group_ids } : {}) };
}

function requireGroups(viewer: Viewer, wanted: string[] | undefined): void {
	const missing = (wanted ?? []).filter((id) => !viewer.page_access_group_ids.includes(id));
	if (missing.length === 0) return;
	throw new Failure({
		kind: 'answer',
		message: `Statuspage saved viewer ${viewer.id} but left out ${missing.length === 1 ? 'a group' : 'groups'}: ${missing.join(', ')}`,
		advice: 'Check the group IDs. Everything else about the viewer is saved',
	});
}

/** Makes a viewer as wanted, and writes nothing when the viewer is so already. Groups are read, merged and written under a lock. */
export async function changeViewer(
	api: StatuspageApi,
	pageId: string,
	viewerId: string,
	wanted: WantedViewer,
): Promise<{ viewer: Viewer; isChanged: boolean }> {
	const ids = { pageId, viewerId };
	const { groups } = wanted;
	const locks = {
		exclusive: [
			lockName.viewer(api, pageId, viewerId),
			// The groups that a replacement takes the viewer out of are not known before it is read.
			...(groups?.mode === 'replace' ? [lockName.allGroups(api, pageId)] : []),
		],
		shared: (groups?.ids ?? []).map((id) => lockName.group(api, pageId, id)),
	};
	return await withLocks(
		locks,
		api.connection.signal,
		async () =>
			await api.unit(2, async (unit) => {
				const viewer = await api.call('getViewer', ids, { unit });
				const body = difference(viewer, wanted);
				// After a write whose answer was lost, a viewer as wanted is that write's work.
				if (Object.keys(body).length === 0) return { viewer, isChanged: unit.mayHaveWritten };
				const after = await api.call('updateViewer', ids, { body, unit });
				requireGroups(after, body.page_access_group_ids as string[] | undefined);
				return { viewer: after, isChanged: true };
			}),
	);
}
