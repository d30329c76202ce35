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

/** The request of an item, and the parameters that its result contains. */
interface RequestedChange<Parameters> {
	parameters: Parameters;
	request: PermissionRequest;
}

/**
 * An operation that changes permissions, with one read and one write per team member and batch.
 *
 * @param parse returns the request of an item
 * @param itemOf returns the output of an item
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
