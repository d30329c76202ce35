import type SCIMMY from 'scimmy';
import { knownGroup, type Call } from './call.mts';
import { setMembers, type Attributes, type DirectoryGroup } from './directory.mts';
import { badRequest, conflict } from './errors.mts';

/** Returns the attributes from which scimmy creates the response. */
export function groupData(
	{ directory: { users }, url }: Call,
	{ id, displayName, externalId, memberIds, created, lastModified }: DirectoryGroup,
): Attributes {
	const members = [...memberIds].map((value) => {
		const { displayName: display, userName } = users.get(value)?.attributes ?? {};
		return { value, display: display ?? userName };
	});
	return { id, displayName, externalId, members, meta: { created, lastModified, location: `${url}/Groups/${id}` } };
}

/** Returns the member IDs that exist. It isn't documented whether unknown IDs are rejected or ignored, so an option decides. */
function knownMembers({ directory, options }: Call, { members = [] }: SCIMMY.Schemas.Group): string[] {
	const known = members.map(({ value }) => value).filter((id) => directory.users.has(id));
	if (known.length < members.length && options.unknownIds === 'refuse')
		throw badRequest('invalidValue', 'Some members are not in the directory');
	return known;
}

/** @param id ID of the group to replace, or `undefined` for a new one */
export function saveGroup(call: Call, id: string | undefined, instance: SCIMMY.Schemas.Group): DirectoryGroup {
	const { groups, newId } = call.directory;
	const { displayName, externalId } = instance;
	const before = id === undefined ? undefined : knownGroup(call, id);
	if (displayName.trim() === '') throw badRequest('invalidValue', "Required attribute 'displayName' is empty");
	if (before && before.displayName !== displayName)
		throw badRequest('mutability', "Attribute 'displayName' cannot be changed");
	const isTaken = [...groups.values()].some(
		(other) => other !== before && other.displayName.toLowerCase() === displayName.toLowerCase(),
	);
	if (isTaken) throw conflict('GROUP', 'displayName', displayName);
	const memberIds = knownMembers(call, instance);
	const now = new Date().toISOString();
	const group: DirectoryGroup = before ?? {
		id: newId(),
		displayName,
		isDefault: false,
		memberIds: new Set(),
		created: now,
		lastModified: now,
	};
	Object.assign(group, { externalId, lastModified: now });
	groups.set(group.id, group);
	setMembers(call.directory, group, memberIds);
	return group;
}
