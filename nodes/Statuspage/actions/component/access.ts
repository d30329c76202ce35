import { idsIn, removeEach, requireAll, shareOut, writeInHalves, type AskedFor, type Change, type ChangeResult } from '../../../shared/api/changes';
import type { StatuspageApi } from '../../api/client';
import { componentId } from '../fields/component';
import { pageId } from '../fields/page';
import { UNKNOWN_VIEWER, viewers, viewersIn } from '../fields/viewer';
import type { Input } from '../input';
import { endedWith, type SharedWork } from '../../../shared/actions/together';

interface OfComponent extends Record<string, string> {
	pageId: string;
	componentId: string;
}

/** Who gets or loses a component: viewers, or viewer groups. */
interface Holders {
	add: (api: StatuspageApi, of: OfComponent, ids: string[]) => Promise<unknown>;
	remove: (api: StatuspageApi, of: OfComponent, id: string) => Promise<unknown>;
	/** The components that one holder has; throws when there is no such holder. */
	componentsOf: (api: StatuspageApi, of: OfComponent, id: string) => Promise<string[]>;
}

const viewersOfComponent: Holders = {
	add: async (api, of, page_access_user_ids) => await api.call('addComponentViewers', of, { body: { page_access_user_ids } }),
	remove: async (api, of, viewerId) => await api.call('removeViewerComponent', { ...of, viewerId }),
	componentsOf: async (api, of, viewerId) => (await api.list('listViewerComponents', { ...of, viewerId })).map(({ id }) => id),
};

const viewerGroupsOfComponent: Holders = {
	add: async (api, of, page_access_group_ids) => await api.call('addComponentViewerGroups', of, { body: { page_access_group_ids } }),
	remove: async (api, of, viewerGroupId) => await api.call('removeViewerGroupComponent', { ...of, viewerGroupId }),
	componentsOf: async (api, of, viewerGroupId) => (await api.list('listViewerGroupComponents', { ...of, viewerGroupId })).map(({ id }) => id),
};

async function change(api: StatuspageApi, holders: Holders, of: OfComponent, ids: string[], direction: Change): Promise<ChangeResult> {
	if (direction === 'add') {
		return await writeInHalves(ids, async (part) => {
			await holders.add(api, of, part);
			// The answer is the component, which does not name its viewers.
			return [];
		});
	}
	return await removeEach(
		ids,
		async (id) => await holders.remove(api, of, id),
		// The question is whether this holder still has this component.
		async (id) => ((await holders.componentsOf(api, of, id)).includes(of.componentId) ? [id] : []),
	);
}

/** One request for all who get the component; one for each who loses it. */
function shared(direction: Change, holders: Holders, wishIn: (input: Input) => string[], meant: (api: StatuspageApi, pageId: string, lists: string[][]) => Promise<AskedFor[][]>): SharedWork<Input, OfComponent, string[]> {
	return {
		async ask(input) {
			const wish = wishIn(input);
			const page = await pageId(input);
			const target = { pageId: page, componentId: await componentId(input, page) };
			return { key: `${page} ${target.componentId}`, target, wish };
		},
		async work({ api }, of, lists) {
			const wishes = await meant(api, of.pageId, lists);
			const result = await change(api, holders, of, idsIn(wishes), direction);
			return shareOut(result, wishes, UNKNOWN_VIEWER).map((part) =>
				endedWith(() => {
					requireAll(part, direction, `component ${of.componentId}`);
					const { done, unchanged } = part;
					// Statuspage does not say who saw the component already.
					return { componentId: of.componentId, ...(direction === 'add' ? { added: [...done, ...unchanged] } : { removed: done, notThere: unchanged }) };
				}),
			);
		},
	};
}

/** Add Viewers and Remove Viewers. Results speak of viewers as they were asked for, by ID or e-mail. */
export function changeViewers(direction: Change): SharedWork<Input, OfComponent, string[]> {
	return shared(direction, viewersOfComponent, viewersIn, viewers);
}

/** Add Viewer Groups and Remove Viewer Groups. */
export function changeViewerGroups(direction: Change): SharedWork<Input, OfComponent, string[]> {
	const asIds = async (_: StatuspageApi, __: string, lists: string[][]) => lists.map((ids) => ids.map((id) => ({ asked: id, id })));
	return shared(direction, viewerGroupsOfComponent, (input) => input.requiredIds('viewerGroupIds'), asIds);
}
