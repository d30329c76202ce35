import type { IDataObject } from 'n8n-workflow';
import {
	changePermissions,
	type MemberOf,
	type PermissionChange,
	type PermissionWish,
} from '../../../services/statuspage/permissions';
import { Failure } from '../../../shared/http/failures';
import type { SharedWork } from '../../../shared/operations/together';
import type { Input } from '../input';
import { memberOf } from './fields';

/** What an item asks for, and what its result needs of that. */
interface Asked<Parameters> {
	parameters: Parameters;
	wish: PermissionWish;
}

/**
 * A change of permissions: one read and one write a member, however many items mean that member.
 *
 * @param wishIn what an item asks for
 * @param itemOf what an item answers with
 */
export function permissionChange<Parameters>(
	wishIn: (input: Input) => Promise<Asked<Parameters>>,
	itemOf: (member: MemberOf, parameters: Parameters, change: PermissionChange) => IDataObject,
): SharedWork<Input, MemberOf, Asked<Parameters>> {
	return {
		async ask(input) {
			const target = await memberOf(input);
			const wish = await wishIn(input);
			return { key: `${target.organizationId} ${target.teamMemberId}`, target, wish };
		},
		async work({ api }, member, wishes) {
			const changes = await changePermissions(
				api,
				member,
				wishes.map(({ wish }) => wish),
			);
			return changes.map((change, index) =>
				change instanceof Failure ? { error: change } : { value: itemOf(member, wishes[index].parameters, change) },
			);
		},
	};
}
