import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import {
	requestedIds,
	removeEach,
	throwIfAnyFailed,
	splitByRequester,
	writeInHalves,
	type RequestedId,
	type Change,
	type ChangeResult,
} from '../../../shared/client/changes';
import { cleanedEmails } from '../../../shared/operations/people';
import type { Person } from '../../../shared/operations/entryList';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { UNKNOWN_VIEWER, viewers } from '../itemViewer';

interface OfComponent extends Record<string, string> {
	pageId: string;
	componentId: string;
}

/** Who gets or loses a component: viewers, or viewer groups. */
interface Holders<Wish> {
	/** What an item asks for; judged before anything is written. */
	wishIn: (input: StatuspageInput, pageId: string, direction: Change) => Promise<Wish> | Wish;
	/** Whom the requests mean. */
	meant: (api: StatuspageApi, pageId: string, requests: Wish[]) => Promise<RequestedId[][]>;
	cleaned?: (request: Wish) => object;
	add: (api: StatuspageApi, of: OfComponent, ids: string[]) => Promise<unknown>;
	remove: (api: StatuspageApi, of: OfComponent, id: string) => Promise<void>;
	/** The components that one holder has; throws when there is no such holder. */
	componentsOf: (api: StatuspageApi, of: OfComponent, id: string) => Promise<string[]>;
}

const viewersOfComponent: Holders<Person[]> = {
	wishIn: ({ values }) => values.people('viewerIds'),
	meant: viewers,
	cleaned: cleanedEmails,
	add: async (api, of, page_access_user_ids) =>
		await api.call('addComponentViewers', of, { body: { page_access_user_ids } }),
	remove: async (api, of, viewerId) => await api.remove('removeViewerComponent', { ...of, viewerId }),
	componentsOf: async (api, of, viewerId) =>
		(await api.list('listViewerComponents', { ...of, viewerId })).map(({ id }) => id),
};

const viewerGroupsOfComponent: Holders<string[]> = {
	wishIn: async (input, pageId, direction) =>
		await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', { allowUnknownIds: direction === 'remove' }),
	meant: async (_, __, requests) => requests.map((ids) => ids.map((id) => ({ requested: id, id }))),
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
function shared<Wish>(direction: Change, holders: Holders<Wish>): BatchedOperation<StatuspageInput, OfComponent, Wish> {
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const request = await holders.wishIn(input, pageId, direction);
			const target = { pageId, componentId: await input.idOf(component, { pageId }) };
			return { key: `${pageId} ${target.componentId}`, target, request: request };
		},
		async run({ api }, of, requests) {
			const meant = await holders.meant(api, of.pageId, requests);
			const result = await change(api, holders, of, requestedIds(meant), direction);
			return splitByRequester(result, meant, UNKNOWN_VIEWER).map((part, index) =>
				settle(() => {
					throwIfAnyFailed(part, direction, `component ${of.componentId}`);
					const { done, unchanged } = part;
					// Statuspage does not say who saw the component already.
					const changed =
						direction === 'add' ? { added: [...done, ...unchanged] } : { removed: done, notThere: unchanged };
					return { componentId: of.componentId, ...changed, ...holders.cleaned?.(requests[index]) };
				}),
			);
		},
	};
}

/** Add Viewers and Remove Viewers. Results speak of viewers as they were asked for, by ID or email. */
export function changeViewers(direction: Change): BatchedOperation<StatuspageInput, OfComponent, Person[]> {
	return shared(direction, viewersOfComponent);
}

/** Add Viewer Groups and Remove Viewer Groups. */
export function changeViewerGroups(direction: Change): BatchedOperation<StatuspageInput, OfComponent, string[]> {
	return shared(direction, viewerGroupsOfComponent);
}
