import type { IDataObject } from 'n8n-workflow';
import { changeMetricsOfGroup } from '../../../services/statuspage/changeMetricsOfGroup';
import { metric } from '../../../services/statuspage/objects/metric';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { replaceMetricsOfGroup } from '../../../services/statuspage/replaceMetricsOfGroup';
import {
	requestedIds,
	splitByRequester,
	throwIfAnyFailed,
	type Change,
	type RequestedId,
} from '../../../shared/client/changes';
import { simplified } from '../../../shared/fields/simplify';
import { batched, settleEach, type BatchedOperation } from '../../../shared/operations/batched';
import { METRIC_FIELDS } from '../metric/metricFields';
import type { StatuspageInput } from '../statuspageInput';
import type { SubCollectionWork } from '../subCollectionOperations';

interface Owner extends Record<string, string> {
	pageId: string;
	viewerGroupId: string;
}

async function ownerOf(input: StatuspageInput, pageId: string): Promise<Owner> {
	return { pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) };
}

/** The group only has the IDs of its metrics. A metric that the list of the page doesn't contain is returned with its ID only. */
async function metricsOf(input: StatuspageInput): Promise<IDataObject[]> {
	const { api, limit } = input;
	const owner = await ownerOf(input, await input.pageId());
	const { metric_ids } = await api.call('getViewerGroup', owner);
	if (metric_ids.length === 0) return [];
	const metrics = new Map((await metric.all(api, { pageId: owner.pageId })).map((row) => [row.id, row]));
	return metric_ids.slice(0, limit).map((id) => simplified(input.values, metrics.get(id) ?? { id }, METRIC_FIELDS));
}

/** All items of a group share one read, one write and one check. */
function changeMetrics(change: Change): BatchedOperation<StatuspageInput, Owner, RequestedId[]> {
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const allowUnknownIds = change === 'remove';
			const ids = await input.idsOf(metric, { pageId }, 'metricIds', { allowUnknownIds });
			const owner = await ownerOf(input, pageId);
			return {
				key: `${pageId} ${owner.viewerGroupId}`,
				target: owner,
				request: ids.map((id) => ({ requested: id, id })),
			};
		},
		async run({ api }, owner, requests) {
			const { pageId, viewerGroupId } = owner;
			const result = await changeMetricsOfGroup(api, pageId, viewerGroupId, requestedIds(requests), change);
			return await settleEach(splitByRequester(result, requests, 'Unknown metric'), api.connection.clock, (part) => {
				throwIfAnyFailed(part, change, `the metrics of viewer group ${viewerGroupId}`);
				const { done, unchanged } = part;
				return {
					...owner,
					...(change === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged }),
				};
			});
		},
	};
}

/** Answers with the group as it is afterwards. */
async function replaceMetrics(input: StatuspageInput): Promise<IDataObject> {
	const pageId = await input.pageId();
	const ids = await input.idsOf(metric, { pageId }, 'metricIds');
	const all = (await metric.all(input.api, { pageId })).map(({ id }) => id);
	return await replaceMetricsOfGroup(input.api, await ownerOf(input, pageId), ids, all);
}

/**
 * The metrics that the viewers in a group may see. The API has no calls for them: the group has a list of their IDs, which is read,
 * changed and written as a whole.
 */
export const metricsOfViewerGroup: SubCollectionWork<'listMetrics'> = {
	kind: metric,
	ownerKind: viewerGroup,
	uses: {
		get: ['getViewerGroup', 'listMetrics'],
		add: ['getViewerGroup', 'updateViewerGroup', 'listViewerGroups'],
		replace: ['getViewerGroup', 'updateViewerGroup', 'listViewerGroups'],
		remove: ['getViewerGroup', 'updateViewerGroup', 'listViewerGroups'],
	},
	get: metricsOf,
	add: batched(changeMetrics('add')),
	replace: replaceMetrics,
	remove: batched(changeMetrics('remove')),
	removalCost: 'Items are combined into fewer requests.',
};
