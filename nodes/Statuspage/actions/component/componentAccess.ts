import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import {
	requestedIds,
	removeEach,
	throwIfAnyFailed,
	splitByRequester,
	type RequestedId,
	type Change,
	type ChangeResult,
} from '../../../shared/client/changes';
import { writeInHalves } from '../../../shared/client/writeInHalves';
import { runOptions } from '../../../shared/fields/options';
import { cleanedEmails } from '../../../shared/operations/people';
import type { Person } from '../../../shared/operations/entryList';
import { settleEach, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { requestedViewers, UNKNOWN_VIEWER, viewers } from '../itemViewer';

interface Target extends Record<string, string> {
	pageId: string;
	componentId: string;
}

/** What can have access to a component: viewers or viewer groups. `Request` is what an item requests. */
interface AccessKind<Request> {
	/** The request of an item, checked before any write. */
	parse: (input: StatuspageInput, pageId: string, direction: Change) => Promise<Request> | Request;
	/** Resolves requests to IDs. */
	resolve: (api: StatuspageApi, pageId: string, requests: Request[]) => Promise<RequestedId[][]>;
	/** For the output: emails that had to be cleaned. */
	cleaned?: (request: Request) => object;
	add: (api: StatuspageApi, target: Target, ids: string[]) => Promise<unknown>;
	remove: (api: StatuspageApi, target: Target, id: string) => Promise<unknown>;
	/** IDs of the components of one viewer or viewer group. Throws Failure if it doesn't exist. */
	componentsOf: (api: StatuspageApi, target: Target, id: string) => Promise<string[]>;
}

const viewerAccess: AccessKind<Person[]> = {
	parse: requestedViewers,
	resolve: viewers,
	cleaned: cleanedEmails,
	add: async (api, target, page_access_user_ids) =>
		await api.call('addComponentViewers', target, { body: { page_access_user_ids } }),
	remove: async (api, target, viewerId) => await api.remove('removeViewerComponent', { ...target, viewerId }),
	componentsOf: async (api, target, viewerId) =>
		(await api.list('listViewerComponents', { ...target, viewerId })).map(({ id }) => id),
};

const viewerGroupAccess: AccessKind<string[]> = {
	parse: async (input, pageId, direction) =>
		await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', { allowUnknownIds: direction === 'remove' }),
	resolve: async (_, __, requests) => requests.map((ids) => ids.map((id) => ({ requested: id, id }))),
	add: async (api, target, page_access_group_ids) =>
		await api.call('addComponentViewerGroups', target, { body: { page_access_group_ids } }),
	remove: async (api, target, viewerGroupId) =>
		await api.remove('removeViewerGroupComponent', { ...target, viewerGroupId }),
	componentsOf: async (api, target, viewerGroupId) =>
		(await api.list('listViewerGroupComponents', { ...target, viewerGroupId })).map(({ id }) => id),
};

async function changeIds<Request>(
	api: StatuspageApi,
	kind: AccessKind<Request>,
	target: Target,
	ids: string[],
	{ direction, concurrency }: { direction: Change; concurrency: number },
): Promise<ChangeResult> {
	if (direction === 'add') {
		return await writeInHalves(ids, async (part) => {
			await kind.add(api, target, part);
			// The answer is the component, which doesn't contain its viewers.
			return [];
		});
	}
	return await removeEach(
		ids,
		async (id) => await kind.remove(api, target, id),
		async (id) => ((await kind.componentsOf(api, target, id)).includes(target.componentId) ? [id] : []),
		{ api, concurrency },
	);
}

/** Adds all IDs with one request, and removes each ID with its own request. */
function changeAccess<Request>(
	direction: Change,
	kind: AccessKind<Request>,
): BatchedOperation<StatuspageInput, Target, Request> {
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const request = await kind.parse(input, pageId, direction);
			const target = { pageId, componentId: await input.idOf(component, { pageId }) };
			return { key: `${pageId} ${target.componentId}`, target, request };
		},
		async run({ api, options }, target, requests) {
			const resolved = await kind.resolve(api, target.pageId, requests);
			const result = await changeIds(api, kind, target, requestedIds(resolved), {
				direction,
				concurrency: runOptions(options).concurrency,
			});
			return await settleEach(
				splitByRequester(result, resolved, UNKNOWN_VIEWER),
				api.connection.clock,
				(part, index) => {
					throwIfAnyFailed(part, direction, `component ${target.componentId}`);
					const { done, unchanged } = part;
					// Statuspage doesn't report which IDs already had access.
					const changed =
						direction === 'add' ? { added: [...done, ...unchanged] } : { removed: done, notThere: unchanged };
					return { componentId: target.componentId, ...changed, ...kind.cleaned?.(requests[index]) };
				},
			);
		},
	};
}

/** Add Viewers and Remove Viewers. Results name viewers as requested, by ID or email. */
export function changeViewers(direction: Change): BatchedOperation<StatuspageInput, Target, Person[]> {
	return changeAccess(direction, viewerAccess);
}

/** Add Viewer Groups and Remove Viewer Groups. */
export function changeViewerGroups(direction: Change): BatchedOperation<StatuspageInput, Target, string[]> {
	return changeAccess(direction, viewerGroupAccess);
}
