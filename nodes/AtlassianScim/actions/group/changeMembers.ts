import type { ScimApi } from '../../../services/scim/scimApi';
import { changeGroupMembers } from '../../../services/scim/changeGroupMembers';
import { findUsers } from '../../../services/scim/users';
import {
	requestedIds,
	throwIfAnyFailed,
	splitByRequester,
	type RequestedId,
	type Change,
} from '../../../shared/client/changes';
import { runOptions } from '../../../shared/fields/options';
import { emailKey } from '../../../shared/client/matching';
import type { Person } from '../../../shared/operations/entryList';
import { cleanedEmails, emailsIn, resolvePeople } from '../../../shared/operations/people';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import { groupId } from '../groupId';
import type { ScimInput } from '../scimOperation';

/** The reason for an email that no user has. */
const UNKNOWN_USER = 'no user in the directory has this email';

/** Resolves the emails in the lists to user IDs. */
async function resolveUsers(api: ScimApi, lists: Person[][]): Promise<RequestedId[][]> {
	const found = await findUsers(api, 'email', emailsIn(lists));
	return resolvePeople(lists, (email) => found.get(emailKey(email))?.id);
}

/** Add Members and Remove Members. Items are batched per group: one read per group, and one write per 100 members. */
export function changeMembers(direction: Change): BatchedOperation<ScimInput, string, Person[]> {
	return {
		async parse(input) {
			const request = input.values.people('userIds');
			const group = await groupId(input);
			return { key: group, target: group, request };
		},
		async run({ api, values }, group, lists) {
			const requests = await resolveUsers(api, lists);
			const { concurrency } = runOptions(values.collection('options'));
			const result = await changeGroupMembers(api, group, requestedIds(requests), direction, concurrency);
			return splitByRequester(result, requests, UNKNOWN_USER).map((part, index) =>
				settle(() => {
					throwIfAnyFailed(part, direction, `group ${group}`);
					const { done, unchanged } = part;
					const changed =
						direction === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged };
					return { groupId: group, ...changed, ...cleanedEmails(lists[index]) };
				}),
			);
		},
	};
}
