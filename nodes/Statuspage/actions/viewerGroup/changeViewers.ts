import { changeViewersOfGroup } from '../../../services/statuspage/membership';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import {
	requestedIds,
	throwIfAnyFailed,
	splitByRequester,
	type Change,
	type ChangeResult,
} from '../../../shared/client/changes';
import { Breather } from '../../../shared/http/breather';
import type { Person } from '../../../shared/operations/entryList';
import { cleanedEmails } from '../../../shared/operations/people';
import { settleEach, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { remarkOnGroups, remarkOnSingleSignOn } from '../singleSignOn';
import { requestedViewers, UNKNOWN_VIEWER, viewers } from '../itemViewer';

interface Target {
	pageId: string;
	groupId: string;
}

const NO_CHANGES: ChangeResult = { done: [], unchanged: [], failed: [] };

/** Add Viewers and Remove Viewers, with one read, one write and one check per group. Results name viewers as requested, by ID or email. */
export function changeViewers(change: Change): BatchedOperation<StatuspageInput, Target, Person[]> {
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const request = requestedViewers(input, pageId);
			const groupId = await input.idOf(viewerGroup, { pageId });
			return { key: `${pageId} ${groupId}`, target: { pageId, groupId }, request };
		},
		async run(input, { pageId, groupId }, lists) {
			const { api } = input;
			// Each step goes through all viewers, so other executions may run after each step.
			const breather = new Breather(api.connection.clock);
			const requests = await viewers(api, pageId, lists);
			await breather.breathe();
			const ids = requestedIds(requests);
			await breather.breathe();
			const { group, ...result } =
				ids.length > 0
					? await changeViewersOfGroup(api, pageId, groupId, ids, change)
					: { ...NO_CHANGES, group: undefined };
			if (group) remarkOnSingleSignOn(input, [group]);
			else await remarkOnGroups(input, pageId, [groupId]);
			await breather.breathe();
			return await settleEach(
				splitByRequester(result, requests, UNKNOWN_VIEWER),
				api.connection.clock,
				(part, index) => {
					throwIfAnyFailed(part, change, `viewer group ${groupId}`);
					const { done, unchanged } = part;
					const changed =
						change === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged };
					return { viewerGroupId: groupId, ...changed, ...cleanedEmails(lists[index]) };
				},
			);
		},
	};
}
