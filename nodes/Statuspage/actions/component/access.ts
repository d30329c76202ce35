import type { StatuspageApi } from '../../../services/statuspage/client';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import {
	idsIn,
	removeEach,
	requireAll,
	shareOut,
	writeInHalves,
	type AskedFor,
	type Change,
	type ChangeResult,
} from '../../../shared/client/changes';
import { cleanedIn } from '../../../shared/operations/people';
import type { Person } from '../../../shared/operations/entryList';
import { endedWith, type SharedWork } from '../../../shared/operations/together';
import type { Input } from '../input';
import { UNKNOWN_VIEWER, viewers } from '../viewerField';

interface OfComponent extends Record<string, string> {
	pageId: string;
	componentId: string;
}

/** Who gets or loses a component: viewers, or viewer groups. */
interface Holders<Wish> {
	/** What an item asks for; judged before anything is written. */
	wishIn: (input: Input, pageId: string, direction: Change) => Promise<Wish> | Wish;
	/** Whom the wishes mean. */
	meant: (api: StatuspageApi, pageId: string, wishes: Wish[]) => Promise<AskedFor[][]>;
	cleaned?: (wish: Wish) => object;
	add: (api: StatuspageApi, of: OfComponent, ids: string[]) => Promise<unknown>;
	remove: (api: StatuspageApi, of: OfComponent, id: string) => Promise<void>;
	/** The components that one holder has; throws when there is no such holder. */
	componentsOf: (api: StatuspageApi, of: OfComponent, id: string) => Promise<string[]>;
}

const viewersOfComponent: Holders<Person[]> = {
	wishIn: ({ values }) => values.people('viewerIds'),
	meant: viewers,
	cleaned: cleanedIn,
	add: async (api, of, page_access_user_ids) =>
		await api.call('addComponentViewers', of, { body: { page_access_user_ids } }),
	remove: async (api, of, viewerId) => await api.remove('removeViewerComponent', { ...of, viewerId }),
	componentsOf: async (api, of, viewerId) =>
		(await api.list('listViewerComponents', { ...of, viewerId })).map(({ id }) => id),
};

const viewerGroupsOfComponent: Holders<string[]> = {
	wishIn: async (input, pageId, direction) =>
		await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', { passesUnknownIds: direction === 'remove' }),
	meant: async (_, __, wishes) => wishes.map((ids) => ids.map((id) => ({ asked: id, id }))),
	add: async (api, of, page_access_group_ids) =>
		await api.call('addComponentViewerGroups', of, { body: { page_access_group_ids } }),
	remove: async (api, of, viewerGroupId) => await api.remove('removeViewerGroupComponent', { ...of, viewerGroupId }),
	componentsOf: async (api, of, viewerGroupId) =>
		(await api.list('listViewerGroupComponents', { ...of, viewerGroupId })).map(({ id }) => id),
};

async function change<Wish>(
	api: StatuspageApi,
	holders: Holders<Wish>,
	of: OfComponent,
	ids: string[],
	direction: Change,
): Promise<ChangeResult> {
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
function shared<Wish>(direction: Change, holders: Holders<Wish>): SharedWork<Input, OfComponent, Wish> {
	return {
		async ask(input) {
			const pageId = await input.pageId();
			const wish = await holders.wishIn(input, pageId, direction);
			const target = { pageId, componentId: await input.idOf(component, { pageId }) };
			return { key: `${pageId} ${target.componentId}`, target, wish };
		},
		async work({ api }, of, wishes) {
			const meant = await holders.meant(api, of.pageId, wishes);
			const result = await change(api, holders, of, idsIn(meant), direction);
			return shareOut(result, meant, UNKNOWN_VIEWER).map((part, index) =>
				endedWith(() => {
					requireAll(part, direction, `component ${of.componentId}`);
					const { done, unchanged } = part;
					// Statuspage does not say who saw the component already.
					const changed =
						direction === 'add' ? { added: [...done, ...unchanged] } : { removed: done, notThere: unchanged };
					return { componentId: of.componentId, ...changed, ...holders.cleaned?.(wishes[index]) };
				}),
			);
		},
	};
}

/** Add Viewers and Remove Viewers. Results speak of viewers as they were asked for, by ID or email. */
export function changeViewers(direction: Change): SharedWork<Input, OfComponent, Person[]> {
	return shared(direction, viewersOfComponent);
}

/** Add Viewer Groups and Remove Viewer Groups. */
export function changeViewerGroups(direction: Change): SharedWork<Input, OfComponent, string[]> {
	return shared(direction, viewerGroupsOfComponent);
}
