import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/transport/failures';
import { idsIn } from '../../../shared/api/changes';
import { withLocks } from '../../../shared/api/locks';
import { lockName } from '../../api/membership';
import type { ViewerGroup } from '../../api/rows';
import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { componentsField, metricsField } from '../fields/pickList';
import { audienceNotice, viewers, viewersField } from '../fields/viewer';
import { idList } from '../../../shared/actions/idList';
import { badInput, checkedEmail, type Input } from '../input';
import type { Operation } from '../operation';
import { externalIdentifier, nameField, viewerGroupBody } from './fields';

/** The lists that a new group begins with; an e-mail that nobody has stops the item before anything is sent. */
async function listsOf(input: Input, page: string, collection: IDataObject): Promise<Record<string, string[]>> {
	const entries = idList(collection.viewerIds);
	for (const entry of entries) if (entry.includes('@')) checkedEmail('viewerIds', entry);
	const wishes = await viewers(input.api, page, [entries]);
	const page_access_user_ids = idsIn(wishes);
	const unknown = wishes.flat().flatMap(({ asked, id }) => (id === undefined ? [asked] : []));
	if (unknown.length > 0) {
		throw badInput('viewerIds', `names nobody on page ${page}: ${unknown.join(', ')}`, "Nothing was created. Create these viewers first, with 'Create or Update'");
	}
	const lists = { component_ids: idList(collection.componentIds), metric_ids: idList(collection.metricIds), page_access_user_ids };
	return Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));
}

function requireLists(group: ViewerGroup, lists: Record<string, string[]>): void {
	const missing = Object.entries(lists).flatMap(([name, ids]) => ids.filter((id) => !((group[name] ?? []) as string[]).includes(id)));
	if (missing.length === 0) return;
	throw new Failure({
		kind: 'answer',
		message: `Viewer group ${group.id} was created, but Statuspage left out: ${missing.join(', ')}`,
		advice: "Check these IDs, then use 'Add Viewers' or 'Add Components'",
		body: group,
	});
}

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create viewer group',
	description: 'Create a group of viewers with what they may see. Can be undone with Delete. Nobody is notified.',
	uses: ['createViewerGroup', 'listViewers'],
	fields: [
		audienceNotice,
		pageField,
		nameField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [componentsField, externalIdentifier, metricsField, { ...viewersField, required: undefined }],
		},
		viewerOptionsField(),
	],
	async execute(input) {
		const name = input.requiredText('name');
		const page = await pageId(input);
		const collection = input.collection('additionalFields');
		const lists = await listsOf(input, page, collection);
		const members = (lists.page_access_user_ids ?? []).map((id) => lockName.viewer(input.api, page, id));
		// A viewer's list of groups that somebody has just read must not be written back without the new group.
		const group = await withLocks({ shared: members }, input.api.connection.signal, async () =>
			await input.api.call<'createViewerGroup', ViewerGroup>(
				'createViewerGroup',
				{ pageId: page },
				{ body: { name, ...viewerGroupBody(collection), ...lists } },
			),
		);
		requireLists(group, lists);
		return group;
	},
};
