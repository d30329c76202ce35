import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { lockName } from '../../../services/statuspage/lockName';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { PAGE_SIZE } from '../../../services/statuspage/paging';
import { withLocks } from '../../../shared/client/locks';
import { isSameName, nameKey } from '../../../shared/client/matching';
import type { Unit } from '../../../shared/http/unit';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import { emptyClearsOption } from '../../../shared/fields/options';
import { resolveEntry } from '../../../shared/operations/resolveNames';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { externalIdentifier, nameField, viewerGroupBody } from './viewerGroupFields';

/**
 * Reads the whole list, because the API has no filter by name. A list of several pages is read twice before a name counts as missing,
 * since a group can move between pages.
 */
async function findByName(
	input: StatuspageInput,
	pageId: string,
	name: string,
	unit: Unit,
): Promise<ViewerGroup | undefined> {
	for (let reading = 1; ; reading++) {
		const groups = await input.api.list('listViewerGroups', { pageId }, { unit });
		const named = groups.filter((group) => isSameName(group.name, name));
		if (named.length > 0) {
			const id = resolveEntry(
				{ label: input.values.label('name'), item: input.item, ...viewerGroup.namesIn(named) },
				{ text: name },
			);
			return named.find((group) => group.id === id);
		}
		if (groups.length < PAGE_SIZE || reading === 2) return undefined;
	}
}

export const upsert: StatuspageOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update viewer group',
	description: 'Create a new viewer group, or update the current one if it already exists (upsert)',
	effects:
		'An existing viewer group is found by its name, regardless of case. Only the fields you add are updated. The output contains a result: created, updated or unchanged. Viewers and components have their own operations. No notification is sent.',
	isReadOnly: false,
	uses: ['listViewerGroups', 'createViewerGroup', 'updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		{
			...nameField,
			description:
				"Name used to find an existing viewer group. In the output, 'result' is 'created', 'updated' or 'unchanged'.",
		},
		additionalFieldsField([externalIdentifier], { whenEmpty: 'clears' }),
		viewerOptionsField(emptyClearsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		const name = values.text('name');
		const pageId = await input.pageId();
		const fields = viewerGroupBody(values.collection('additionalFields'));
		await input.inOrder(`${pageId} ${nameKey(name)}`);
		// Statuspage allows duplicate names, so two executions at the same time would both create the group.
		return await withLocks(
			{ exclusive: [lockName.groupNames(api, pageId)] },
			api.connection.signal,
			async () =>
				await api.unit(2, async (unit) => {
					const found = await findByName(input, pageId, name, unit);
					if (!found)
						return {
							...(await api.call('createViewerGroup', { pageId }, { body: { name, ...fields }, unit })),
							result: 'created',
						};
					const isAsWanted = Object.entries(fields).every(([field, value]) => (found[field] ?? '') === value);
					// After an update with a lost answer, a group with the requested values was changed by that update.
					if (isAsWanted) return { ...found, result: unit.mayHaveWritten ? 'updated' : 'unchanged' };
					return {
						...(await api.call('updateViewerGroup', { pageId, viewerGroupId: found.id }, { body: fields, unit })),
						result: 'updated',
					};
				}),
		);
	},
};
