import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import { withLocks } from '../../shared/client/locks';
import { isSameEmail } from '../../shared/client/matching';
import { lockName } from './lockName';
import type { Viewer } from './endpoints';

export type GroupsMode = 'add' | 'replace' | 'remove';

export interface WantedViewer {
	/** Named as in the API: email, external_login, subscribe_to_components. */
	fields: IDataObject;
	groups?: { ids: string[]; mode: GroupsMode };
}

function groupsAfter(viewer: Viewer, { groups }: WantedViewer): string[] | undefined {
	if (!groups) return undefined;
	const current = new Set(viewer.page_access_group_ids);
	const given = new Set(groups.ids);
	const next = {
		add: () => [...new Set([...current, ...given])],
		replace: () => [...given],
		remove: () => [...current].filter((id) => !given.has(id)),
	}[groups.mode]();
	return next.length === current.size && next.every((id) => current.has(id)) ? undefined : next;
}

/** The fields to write for the wanted viewer; `{}` if the viewer is already as wanted. */
export function difference(viewer: Viewer, wanted: WantedViewer): IDataObject {
	const fields = Object.entries(wanted.fields).filter(([name, value]) =>
		name === 'email' ? !isSameEmail(viewer.email, value) : (viewer[name] ?? '') !== value,
	);
	const page_access_group_ids = groupsAfter(viewer, wanted);
	return { ...Object.fromEntries(fields), ...(page_access_group_ids ? { page_access_group_ids } : {}) };
}

function requireGroups(viewer: Viewer, wanted: string[] | undefined): void {
	const current = new Set(viewer.page_access_group_ids);
	const missing = (wanted ?? []).filter((id) => !current.has(id));
	if (missing.length === 0) return;
	throw new Failure({
		kind: 'answer',
		message: `Statuspage saved viewer ${viewer.id} but didn't add it to ${missing.length === 1 ? 'viewer group' : 'viewer groups'} ${missing.join(', ')}`,
		advice: 'Check the viewer groups. All other changes of the viewer were saved',
	});
}

/** Updates a viewer, without a write if nothing changes. Groups are read, merged and written under a lock. */
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
			// A replacement also writes the viewer's current groups, which are not known before the read.
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
				// After a write with a lost answer, a viewer as wanted was changed by that write.
				if (Object.keys(body).length === 0) return { viewer, isChanged: unit.mayHaveWritten };
				const after = await api.call('updateViewer', ids, { body, unit });
				requireGroups(after, body.page_access_group_ids as string[] | undefined);
				return { viewer: after, isChanged: true };
			}),
	);
}
