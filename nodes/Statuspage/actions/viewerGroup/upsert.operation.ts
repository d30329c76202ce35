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

/** A name has no filter: the whole list is read. A list of several pages is read again before a miss counts, since a row can slip through. */
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
	isReadOnly: false,
	uses: ['listViewerGroups', 'createViewerGroup', 'updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		{
			...nameField,
			description: 'The name that the group is looked for by. The result says created, updated or unchanged.',
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
		// Statuspage takes the same name twice: two executions that look at the same time would both create.
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
					// After an update whose answer was lost, a group as wanted is that update's work.
					if (isAsWanted) return { ...found, result: unit.mayHaveWritten ? 'updated' : 'unchanged' };
					return {
						...(await api.call('updateViewerGroup', { pageId, viewerGroupId: found.id }, { body: fields, unit })),
						result: 'updated',
					};
				}),
		);
	},
};
