import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/transport/failures';
import { changePermissions, type MemberOf, type PermissionChange, type PermissionWish } from '../../api/permissions';
import type { Input } from '../input';
import type { SharedWork } from '../../../shared/actions/together';
import { memberOf } from './fields';

/**
 * A change of permissions: one read and one write a member, however many items mean that member.
 *
 * @param wishIn what an item asks for
 * @param itemOf what an item answers with
 */
export function permissionChange<Parameters>(
	wishIn: (input: Input) => { parameters: Parameters; wish: PermissionWish },
	itemOf: (member: MemberOf, parameters: Parameters, change: PermissionChange) => IDataObject,
): SharedWork<Input, MemberOf, { parameters: Parameters; wish: PermissionWish }> {
	return {
		async ask(input) {
			const wish = wishIn(input);
			const target = await memberOf(input);
			return { key: `${target.organizationId} ${target.teamMemberId}`, target, wish };
		},
		async work({ api }, member, wishes) {
			const changes = await changePermissions(api, member, wishes.map(({ wish }) => wish));
			return changes.map((change, index) =>
				change instanceof Failure ? { error: change } : { value: itemOf(member, wishes[index].parameters, change) },
			);
		},
	};
}
