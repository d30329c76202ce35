import { createOnce, type Created } from '../../shared/client/createOnce';
import { isSameName, nameKey } from '../../shared/client/matching';
import { Failure, hasStatus, asError } from '../../shared/http/failures';
import { resolveEntry } from '../../shared/operations/resolveNames';
import type { ScimApi } from './scimApi';
import { equals } from './filter';
import { groupKind, isDirectoryId } from './kinds';
import { GROUP_SCHEMA, type Group } from './directoryObjects';

async function groupsNamed(api: ScimApi, name: string): Promise<Group[]> {
	const groups = await api.list('listGroups', { query: { filter: equals('displayName', name) } });
	return groups.filter(({ displayName }) => isSameName(displayName, name));
}

/**
 * The ID of the group with a name, looked up once per run. If the filter finds none, all groups are read, because the filter may be
 * sensitive to case and whitespace.
 *
 * @throws Failure if no group or several groups have the name
 */
export async function resolveGroup(
	api: ScimApi,
	text: string,
	{ label, item }: { label: string; item: number },
): Promise<string> {
	return await api.cache.read(`group ${nameKey(text)}`, async () => {
		const named = await groupsNamed(api, text);
		const groups =
			named.length > 0 ? named : await api.cache.read('all groups', async () => await api.list('listGroups'));
		const candidates = groups.map(({ id, displayName }) => ({ id, name: displayName }));
		return resolveEntry(
			{ label, item, noun: groupKind.noun, place: 'in the directory', candidates, isId: isDirectoryId },
			{ text },
		);
	});
}

/**
 * Creates a group exactly once. Group names are unique, so a lost answer is settled by looking up the name.
 *
 * @throws Failure; a 409 names the existing group if it can be found
 */
export async function createGroup(api: ScimApi, displayName: string): Promise<Created<Group>> {
	const find = async () => (await groupsNamed(api, displayName))[0] as Group | undefined;
	const taken = ({ id }: Group, conflict?: Failure) =>
		new Failure({
			kind: 'answer',
			status: 409,
			message: `A group with the name "${displayName}" already exists in the directory`,
			...conflict?.facts,
			advice: `The existing group is ${id}. Use 'Add Members'`,
		});
	try {
		return await createOnce<Group>({
			connection: api.connection,
			create: async () =>
				await api.call(
					'createGroup',
					{},
					{ body: { schemas: [GROUP_SCHEMA], displayName }, subject: `group "${displayName}"` },
				),
			find,
			createdAt: ({ meta }) => meta?.created,
			taken,
		});
	} catch (error) {
		if (!hasStatus(error, 409)) throw asError(error);
		const existing = await find();
		throw asError(existing ? taken(existing, error) : error);
	}
}
