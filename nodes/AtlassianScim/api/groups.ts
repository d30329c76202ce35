import { createOnce, type Created } from '../../shared/api/createOnce';
import { isSame, onlyOne } from '../../shared/api/matching';
import { Failure, hasStatus, passOn } from '../../shared/transport/failures';
import type { ScimApi } from './client';
import { equals } from './filter';
import { GROUP_SCHEMA, type Group } from './rows';

async function groupsNamed(api: ScimApi, name: string): Promise<Group[]> {
	const groups = await api.list<Group>('listGroups', { query: { filter: equals('displayName', name) } });
	return groups.filter(({ displayName }) => isSame(displayName, name));
}

/** The group with this name, looked up once a run. */
export async function groupByName(api: ScimApi, name: string): Promise<Group> {
	return await api.remember(`group ${name.toLowerCase()}`, async () => onlyOne(await groupsNamed(api, name), () => true, `group with the name "${name}" in the directory`));
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
			create: async () => await api.call<'createGroup', Group>('createGroup', {}, { body: { schemas: [GROUP_SCHEMA], displayName }, subject: `new group "${displayName}"` }),
			find,
			createdAt: ({ meta }) => meta?.created,
			taken,
		});
	} catch (error) {
		if (!hasStatus(error, 409)) throw passOn(error);
		const other = await find();
		throw passOn(other ? taken(other, error) : error);
	}
}
