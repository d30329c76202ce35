import { resolveGroup } from '../../services/scim/groups';
import { groupKind, isDirectoryId } from '../../services/scim/kinds';
import type { ScimInput } from './scimOperation';

/** The ID of the item's group. A name is looked up. */
export async function groupId(input: ScimInput): Promise<string> {
	const { mode, text, isPicked } = input.values.locator(groupKind.parameter);
	const isById = isPicked || (mode !== 'name' && isDirectoryId(text));
	const id = isById
		? text
		: await resolveGroup(input.api, text, { label: input.values.label(groupKind.parameter), item: input.item });
	await input.inOrder(groupKind.orderKey(id));
	return id;
}
