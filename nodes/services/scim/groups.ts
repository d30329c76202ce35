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
 * The group that a name or an ID means, looked up once per run: by the filter, and in all groups where that shows none, since it may
 * mind case and blanks.
 *
 * @throws Failure when it means none, or several
 */
export async function groupNamed(
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
 * Creates a group, exactly once: a name is there only once.
 *
 * @throws Failure; with status 409 and the group that has the name
 */
export async function createGroup(api: ScimApi, displayName: string): Promise<Created<Group>> {
	const find = async () => (await groupsNamed(api, displayName))[0] as Group | undefined;
	const taken = ({ id }: Group, conflict?: Failure) =>
		new Failure({
			kind: 'answer',
			status: 409,
			message: `There is a group with the name "${displayName}" in the directory already`,
			...conflict?.facts,
			advice: `It is group ${id}: use Add Members`,
		});
	try {
		return await createOnce<Group>({
			clock: api.connection.clock,
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
		const other = await find();
		throw asError(other ? taken(other, error) : error);
	}
}
