import type { IDataObject } from 'n8n-workflow';
import { createAndFind } from '../../shared/client/createAndFind';
import { withLocks } from '../../shared/client/locks';
import { isSameName } from '../../shared/client/matching';
import { Failure } from '../../shared/http/failures';
import { noteOf } from '../../shared/operations/noteOf';
import type { ComponentGroup } from './endpoints';
import { lockName } from './lockName';
import type { StatuspageApi } from './statuspageApi';

/** The IDs of the components of a group, in any order; undefined if the answer does not contain them. */
export function membersOf({ components }: ComponentGroup): string[] | undefined {
	if (!Array.isArray(components)) return undefined;
	const isId = (id: unknown): id is string => typeof id === 'string' && id !== '';
	return (components as unknown[]).every(isId) ? (components as string[]) : undefined;
}

/** Statuspage returns the components in another order than it got them. */
function isSameSet(ids: string[], others: string[]): boolean {
	return new Set(ids).size === new Set(others).size && ids.every((id) => others.includes(id));
}

/** Fields of a component group, named as in the API. */
export interface GroupFields {
	name: string;
	components: string[];
	description?: string;
}

/**
 * The note about fields that the answer does not confirm.
 *
 * @throws Failure if the group has other components than requested
 */
function noteAbout(group: ComponentGroup, wanted: GroupFields, verb: string): string | undefined {
	const members = membersOf(group);
	if (members && !isSameSet(members, wanted.components)) {
		const missing = wanted.components.filter((id) => !members.includes(id));
		const others = members.filter((id) => !wanted.components.includes(id));
		const parts = [
			...(missing.length > 0 ? [`it does not contain ${missing.join(', ')}`] : []),
			...(others.length > 0 ? [`it also contains ${others.join(', ')}`] : []),
		];
		throw new Failure({
			kind: 'answer',
			message: `Component group ${group.id} was ${verb}, but ${parts.join(', and ')}`,
			advice: "Check these components, then use 'Update' with all components of the group",
			body: group,
		});
	}
	const unconfirmed = [
		...(members ? [] : ['the components']),
		...(wanted.description && !group.description ? ['the description'] : []),
	];
	return unconfirmed.length > 0 ? `The answer of Statuspage does not contain ${unconfirmed.join(' and ')}.` : undefined;
}

function withNotes(group: ComponentGroup, ...notes: Array<string | undefined>): ComponentGroup {
	return { ...group, ...noteOf(...notes) };
}

/**
 * Runs a write that changes the component group of a component. It waits for changes of component groups, which read all components of a
 * group and write them back.
 */
export async function withComponentGroups<T>(api: StatuspageApi, pageId: string, work: () => Promise<T>): Promise<T> {
	return await withLocks({ shared: [lockName.componentGroups(api, pageId)] }, api.connection.signal, work);
}

/**
 * Creates a component group. If the answer is lost, it is looked up by name and components, and not created again.
 *
 * @throws Failure, also if the new group has other components
 */
export async function createComponentGroup(
	api: StatuspageApi,
	pageId: string,
	fields: GroupFields,
): Promise<ComponentGroup> {
	const isEqual = (group: ComponentGroup) => {
		const members = membersOf(group);
		return isSameName(group.name, fields.name) && members !== undefined && isSameSet(members, fields.components);
	};
	const { row, wasLost } = await createAndFind<ComponentGroup>(api, {
		key: `component group ${pageId} ${fields.name}`,
		create: async () =>
			await withComponentGroups(
				api,
				pageId,
				async () => await api.call('createComponentGroup', { pageId }, { body: fields }),
			),
		findEqual: async () => await api.list('listComponentGroups', { pageId }, { keep: isEqual }),
		createdAt: ({ created_at }) => created_at,
	});
	const lost = 'The answer was lost, but the component group was found by name and components. It was created once.';
	return withNotes(row, wasLost ? lost : undefined, noteAbout(row, fields, 'created'));
}

/** The components that are sent with a change of other fields. */
function currentMembers(group: ComponentGroup): string[] {
	const members = membersOf(group);
	if (members && members.length > 0) return members;
	throw new Failure({
		kind: 'answer',
		message: `Statuspage returned component group ${group.id} without its components, which a change must contain`,
		advice: "Nothing was changed. Add the field 'Component Names or IDs' with all components of the group",
		body: group,
	});
}

/**
 * Changes the given fields of a component group. The API requires name and components in each change, so they are read and sent again.
 * A group that already has the values is not written.
 *
 * @throws Failure, also if the group has other components afterwards
 */
export async function updateComponentGroup(
	api: StatuspageApi,
	{ pageId, componentGroupId }: { pageId: string; componentGroupId: string },
	changes: Partial<GroupFields>,
): Promise<IDataObject> {
	const ids = { pageId, componentGroupId };
	return await withLocks(
		{ exclusive: [lockName.componentGroups(api, pageId)] },
		api.connection.signal,
		async () =>
			await api.unit(2, async (unit) => {
				const group = await api.call('getComponentGroup', ids, { unit });
				const { name = group.name, components = currentMembers(group), description } = changes;
				const isAsWanted =
					name === group.name &&
					isSameSet(components, membersOf(group) ?? []) &&
					(description === undefined || description === (group.description ?? ''));
				// After an update with a lost answer, a group with the requested values was changed by that update.
				if (isAsWanted) return { ...group, result: unit.mayHaveWritten ? 'updated' : 'unchanged' };
				const body: GroupFields = { name, components, ...(description === undefined ? {} : { description }) };
				const updated = await api.call('updateComponentGroup', ids, { body, unit });
				return { ...withNotes(updated, noteAbout(updated, body, 'updated')), result: 'updated' };
			}),
	);
}
