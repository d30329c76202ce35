import type { IDataObject } from 'n8n-workflow';
import {
	changePermissions,
	type MemberOf,
	type PermissionChange,
	type PermissionRequest,
} from '../../../services/statuspage/permissions';
import { Failure } from '../../../shared/http/failures';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import type { StatuspageInput } from '../statuspageInput';
import { memberOf } from './permissionFields';

/** What an item asks for, and what its result needs of that. */
interface RequestedChange<Parameters> {
	parameters: Parameters;
	request: PermissionRequest;
}

/**
 * A change of permissions: one read and one write a member, however many items mean that member.
 *
 * @param parse returns what an item asks for
 * @param itemOf what an item answers with
 */
export function permissionChange<Parameters>(
	parse: (input: StatuspageInput) => Promise<RequestedChange<Parameters>>,
	itemOf: (member: MemberOf, parameters: Parameters, change: PermissionChange) => IDataObject,
): BatchedOperation<StatuspageInput, MemberOf, RequestedChange<Parameters>> {
	return {
		async parse(input) {
			const target = await memberOf(input);
			const request = await parse(input);
			return { key: `${target.organizationId} ${target.teamMemberId}`, target, request };
		},
		async run({ api }, member, requests) {
			const changes = await changePermissions(
				api,
				member,
				requests.map(({ request }) => request),
			);
			return changes.map((change, index) =>
				settle(() => {
					if (change instanceof Failure) throw change;
					return itemOf(member, requests[index].parameters, change);
				}),
			);
		},
	};
}
