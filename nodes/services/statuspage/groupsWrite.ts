import type { Change } from '../../shared/client/changes';
import { contentsOf, stillWanted, type ConfirmedWrite } from '../../shared/client/writeVerdict';
import { ListWatch, noteChange } from './listWatch';
import { lockName } from './lockName';
import type { Viewer } from './endpoints';
import type { StatuspageApi } from './statuspageApi';
import { noteWriteTime } from './writeTimes';
import type { WantedViewer } from './viewerChange';

/** How a write changes the groups of a viewer. */
function groupChanges(viewer: Viewer, next: string[], { groups }: WantedViewer): Record<Change, string[]> {
	const current = viewer.page_access_group_ids;
	const requested = {
		add: groups?.mode === 'remove' ? [] : groups?.ids,
		remove: groups?.mode === 'remove' ? groups.ids : [],
	};
	return {
		add: [...new Set([...(requested.add ?? []), ...next.filter((id) => !current.includes(id))])],
		remove: [...new Set([...requested.remove, ...current.filter((id) => !next.includes(id))])],
	};
}

/** A write of a viewer's groups, for its check. */
export class GroupsWrite {
	writes: ConfirmedWrite[] = [];
	watch: ListWatch | undefined;

	constructor(
		private readonly api: StatuspageApi,
		private readonly pageId: string,
		private readonly wanted: WantedViewer,
	) {}

	/** Tells other changes of this process that still wait for their check. */
	note(viewer: Viewer, next: string[] = viewer.page_access_group_ids): void {
		const { api, pageId } = this;
		const viewerLock = lockName.viewer(api, pageId, viewer.id);
		const changes = groupChanges(viewer, next, this.wanted);
		for (const change of ['add', 'remove'] as const) {
			noteChange(viewerLock, changes[change], change, this.watch);
			for (const id of changes[change]) noteChange(lockName.group(api, pageId, id), [viewer.id], change);
		}
	}

	/**
	 * After a write. Only if other processes share the key, it is checked.
	 *
	 * @param readAt the start of the read that the write depends on
	 */
	confirm(viewer: Viewer, next: string[] | undefined, readAt: number): void {
		if (!next || !this.api.connection.isShared) return;
		noteWriteTime(this.api.connection, readAt);
		const before = new Set(viewer.page_access_group_ids);
		const added = next.filter((id) => !before.has(id));
		const removed = viewer.page_access_group_ids.filter((id) => !next.includes(id));
		this.watch ??= new ListWatch(lockName.viewer(this.api, this.pageId, viewer.id));
		this.writes = [
			{
				before: contentsOf(viewer.page_access_group_ids),
				changes: new Map([
					...added.map((id): [string, string] => [id, '']),
					...removed.map((id): [string, undefined] => [id, undefined]),
				]),
				isRemoval: removed.length > 0,
			},
		];
	}

	/** The wanted viewer without groups that this process changed again meanwhile. */
	get stillWanted(): WantedViewer {
		const { groups } = this.wanted;
		const open = new Set(
			stillWanted(this.writes, this.watch?.changes ?? []).flatMap(({ changes }) => [...changes.keys()]),
		);
		const given = new Set(this.writes.flatMap(({ changes }) => [...changes.keys()]));
		const ids = groups?.ids.filter((id) => open.has(id) || !given.has(id)) ?? [];
		return groups ? { ...this.wanted, groups: { ...groups, ids } } : this.wanted;
	}
}
