import type { IDataObject } from 'n8n-workflow';
import { Cancelled, Failure, asError } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import { withLocks } from '../../shared/client/locks';
import { isSameEmail } from '../../shared/client/matching';
import { contentsOf, verdictOf, type Verdict } from '../../shared/client/writeVerdict';
import { checkAfterMs, MOST_REPEATS, readIfPossible, repeatWaitMs } from './checkedChange';
import { GroupsWrite } from './groupsWrite';
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

/** @param error of the repetition */
function overwrittenGroups(viewerId: string, ids: string[], isUndone: boolean, error?: unknown): Failure {
	const unrepeated = error === undefined ? '' : `. The change could not be repeated: ${asError(error).message}`;
	const groups = `${ids.length === 1 ? 'viewer group' : 'viewer groups'} ${ids.join(', ')}`;
	return new Failure({
		kind: 'answer',
		message: `Viewer ${viewerId} was saved, but another user or process changed ${groups} of the viewer at the same time${unrepeated}`,
		advice: isUndone
			? 'Check the viewer groups. The change was not repeated'
			: 'Check the viewer groups, and run it again',
	});
}

/**
 * Updates a viewer, without a write if nothing changes. Groups are read, merged and written under a lock. If other processes share the
 * key, the groups are read once more.
 *
 * @throws Failure if another process overwrote the groups
 */
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
	const groupsWrite = new GroupsWrite(api, pageId, wanted);
	const write = async (requested: WantedViewer) =>
		await api.unit(2, async (unit) => {
			const readAt = api.connection.clock.now();
			const viewer = await api.call('getViewer', ids, { unit });
			const body = difference(viewer, requested);
			const next = body.page_access_group_ids as string[] | undefined;
			if (groups) groupsWrite.note(viewer, next);
			// After a write with a lost answer, a viewer as wanted was changed by that write.
			if (Object.keys(body).length === 0) return { viewer, isChanged: unit.mayHaveWritten };
			const after = await api.call('updateViewer', ids, { body, unit });
			requireGroups(after, next);
			groupsWrite.confirm(viewer, next, readAt);
			return { viewer: after, isChanged: true };
		});
	let result = await withLocks(locks, api.connection.signal, async () => await write(wanted));
	try {
		for (let repeats = 0; groupsWrite.writes.length > 0; repeats++) {
			const { verdict, viewer } = await checkGroups(api, ids, groupsWrite);
			result = { ...result, viewer: viewer ?? result.viewer };
			if (verdict.undone.length > 0) throw overwrittenGroups(viewerId, verdict.undone, true);
			if (verdict.overwritten.length === 0) break;
			if (repeats === MOST_REPEATS) throw overwrittenGroups(viewerId, verdict.overwritten, false);
			const { clock } = api.connection;
			await clock.sleep(repeatWaitMs(repeats, clock.random()));
			try {
				result = await withLocks(locks, api.connection.signal, async () => {
					const requested = groupsWrite.stillWanted;
					groupsWrite.writes = [];
					return { viewer: (await write(requested)).viewer, isChanged: true };
				});
			} catch (error) {
				if (error instanceof Cancelled) throw asError(new Cancelled(true));
				throw overwrittenGroups(viewerId, verdict.overwritten, false, error);
			}
		}
	} finally {
		groupsWrite.watch?.end();
	}
	return result;
}

/** Reads the viewer once more. Without an answer, the confirmed write counts. */
async function checkGroups(
	api: StatuspageApi,
	ids: { pageId: string; viewerId: string },
	{ writes, watch }: GroupsWrite,
): Promise<{ verdict: Verdict; viewer?: Viewer }> {
	await api.connection.clock.sleep(checkAfterMs(api.connection, writes[0].isRemoval));
	const viewer = await readIfPossible(api, api.call('getViewer', ids));
	if (!viewer) return { verdict: { overwritten: [], undone: [] } };
	return { viewer, verdict: verdictOf(writes, contentsOf(viewer.page_access_group_ids), watch?.changes) };
}
