import { withLocks } from '../../../shared/api/locks';
import { isSame, onlyOne } from '../../../shared/api/matching';
import type { ViewerGroup } from '../../api/rows';
import { PAGE_SIZE } from '../../api/paging';
import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { audienceNotice } from '../fields/viewer';
import type { Input } from '../input';
import type { Operation } from '../operation';
import { externalIdentifier, nameField, viewerGroupBody } from './fields';

/** A name has no filter: the whole list is read. A list of several pages is read again before a miss counts, since a row can slip through. */
async function findByName(input: Input, page: string, name: string): Promise<ViewerGroup | undefined> {
	for (let reading = 1; ; reading++) {
		const groups = await input.api.list<ViewerGroup>('listViewerGroups', { pageId: page });
		const hasName = (group: ViewerGroup) => isSame(group.name, name);
		if (groups.some(hasName)) return onlyOne(groups, hasName, `viewer group with the name "${name}"`);
		if (groups.length < PAGE_SIZE || reading === 2) return undefined;
	}
}

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update viewer group',
	description: 'Create a new viewer group, or update the current one if it already exists (upsert)',
	uses: ['listViewerGroups', 'createViewerGroup', 'updateViewerGroup'],
	fields: [
		audienceNotice,
		pageField,
		{ ...nameField, description: 'The name that the group is looked for by. The result says created, updated or unchanged.' },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [externalIdentifier],
		},
		viewerOptionsField(),
	],
	async execute(input) {
		const { api } = input;
		const name = input.requiredText('name');
		const page = await pageId(input);
		const fields = viewerGroupBody(input.collection('additionalFields'));
		await input.inOrder(`${page} ${name.toLowerCase()}`);
		// Statuspage takes the same name twice: two executions that look at the same time would both create.
		const lock = `${api.connection.baseUrl} ${page} group names`;
		return await withLocks({ exclusive: [lock] }, api.connection.signal, async () => {
			const found = await findByName(input, page, name);
			if (!found) {
				const group = await api.call('createViewerGroup', { pageId: page }, { body: { name, ...fields } });
				return { ...group, result: 'created' };
			}
			const isAsWanted = Object.entries(fields).every(([field, value]) => (found[field] ?? '') === value);
			if (isAsWanted) return { ...found, result: 'unchanged' };
			const group = await api.call('updateViewerGroup', { pageId: page, viewerGroupId: found.id }, { body: fields });
			return { ...group, result: 'updated' };
		});
	},
};
