import type { IDataObject } from 'n8n-workflow';
import { changeGroupsOfViewers } from '../../../services/statuspage/groupsOfViewers';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { GroupsOfViewer, SettledGroups } from '../../../services/statuspage/writeToGroups';
import { isRejected, throwIfAnyFailed, type Change } from '../../../shared/client/changes';
import { runOptions } from '../../../shared/fields/options';
import { Breather } from '../../../shared/http/breather';
import { asError } from '../../../shared/http/failures';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { remarkOnGroups } from '../singleSignOn';
import { emailOfLocator } from '../emailOfLocator';
import { identifyViewer } from '../itemViewer';

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
			const { emailGiven } = emailOfLocator(input, viewer);
			const given = emailGiven === undefined ? {} : { emailGiven };
			return { key: pageId, target: pageId, request: { ...identified, groupIds, given } };
		},
		async run(input, pageId, requests) {
			const { concurrency } = runOptions(input.options);
			const results = await changeGroupsOfViewers(input.api, pageId, requests, change, concurrency);
			await remarkOnGroups(input, pageId, [...new Set(requests.flatMap(({ groupIds }) => groupIds))]);
			const breather = new Breather(input.api.connection.clock);
			const outputs: Array<PromiseSettledResult<IDataObject>> = [];
			for (const [index, result] of results.entries()) {
				await breather.breathe();
				outputs.push(settle(() => outputOf(result, requests[index], change)));
			}
			return outputs;
		},
	};
}

/** Throws Failure or Cancelled if a group could not be changed. */
function outputOf(settled: SettledGroups, { viewerId, groupIds, given }: Request, change: Change): IDataObject {
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
}
