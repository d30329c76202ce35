import type { IDataObject } from 'n8n-workflow';
import { removeEach, requireAll, writeInHalves, type Change, type ChangeResult } from '../../api/changes';
import type { StatuspageApi } from '../../api/client';
import { componentId } from '../fields/component';
import { pageId } from '../fields/page';
import { unknownViewers, viewers } from '../fields/viewer';
import type { Input } from '../input';

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

async function change(input: Input, holders: Holders, of: OfComponent, ids: string[], direction: Change): Promise<ChangeResult> {
	const { api } = input;
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

function answer(of: OfComponent, { done, unchanged, failed }: ChangeResult, direction: Change): IDataObject {
	requireAll({ done, unchanged, failed }, direction, `component ${of.componentId}`);
	return { componentId: of.componentId, ...(direction === 'add' ? { added: done } : { removed: done, notThere: unchanged }) };
}

/** Add Viewers and Remove Viewers. The result speaks of viewers as they were asked for: by ID or e-mail. */
export async function changeViewers(input: Input, direction: Change): Promise<IDataObject> {
	const entries = input.requiredIds('viewerIds');
	const page = await pageId(input);
	const of = { pageId: page, componentId: await componentId(input, page) };
	const { ids, unknown, asked } = await viewers(input, page, entries);
	const asAsked = (id: string) => asked.get(id) ?? id;
	const { done, unchanged, failed } = await change(input, viewersOfComponent, of, ids, direction);
	const result = {
		done: done.map(asAsked),
		unchanged: unchanged.map(asAsked),
		failed: [...failed.map(({ id, reason }) => ({ id: asAsked(id), reason })), ...unknownViewers(unknown)],
	};
	return answer(of, result, direction);
}

/** Add Viewer Groups and Remove Viewer Groups. */
export async function changeViewerGroups(input: Input, direction: Change): Promise<IDataObject> {
	const ids = input.requiredIds('viewerGroupIds');
	const page = await pageId(input);
	const of = { pageId: page, componentId: await componentId(input, page) };
	return answer(of, await change(input, viewerGroupsOfComponent, of, ids, direction), direction);
}
