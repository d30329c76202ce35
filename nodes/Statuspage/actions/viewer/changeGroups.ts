import type { IDataObject } from 'n8n-workflow';
import { changeGroupsOfViewers } from '../../../services/statuspage/groupsOfViewers';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { GroupsOfViewer } from '../../../services/statuspage/writeToGroups';
import { isRejected, throwIfAnyFailed, type Change } from '../../../shared/client/changes';
import { runOptions } from '../../../shared/fields/options';
import { asError } from '../../../shared/http/failures';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { remarkOnGroups } from '../singleSignOn';
import { emailFields, identifyViewer } from '../itemViewer';

interface Request extends GroupsOfViewer {
	/** For the output: the original text of an email that had to be cleaned. */
	given: IDataObject;
}

/** Add to Groups and Remove From Groups. All items of a page share their requests. */
export function changeGroups(change: Change): BatchedOperation<StatuspageInput, string, Request> {
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const groupIds = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', {
				allowUnknownIds: change === 'remove',
			});
			const identified = await identifyViewer(input, pageId);
			const { emailGiven } = emailFields(input);
			const given = emailGiven === undefined ? {} : { emailGiven };
			return { key: pageId, target: pageId, request: { ...identified, groupIds, given } };
		},
		async run(input, pageId, requests) {
			const { concurrency } = runOptions(input.options);
			const results = await changeGroupsOfViewers(input.api, pageId, requests, change, concurrency);
			await remarkOnGroups(input, pageId, [...new Set(requests.flatMap(({ groupIds }) => groupIds))]);
			return results.map((settled, index) =>
				settle(() => {
					const { viewerId, groupIds, given } = requests[index];
					const target = `the groups of viewer ${viewerId}`;
					if (settled.status === 'rejected') {
						const { reason } = settled;
						if (isRejected(reason)) {
							const failed = groupIds.map((id) => ({ id, reason: reason.message }));
							throwIfAnyFailed({ done: [], unchanged: [], failed }, change, target);
						}
						throw asError(reason);
					}
					const { viewer, ...result } = settled.value;
					throwIfAnyFailed(result, change, target);
					const { done, unchanged } = result;
					const row = { ...viewer, ...given };
					return change === 'add'
						? { ...row, added: done, alreadyThere: unchanged }
						: { ...row, removed: done, notThere: unchanged };
				}),
			);
		},
	};
}
