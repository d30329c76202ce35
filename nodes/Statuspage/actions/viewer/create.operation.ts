import type { IDataObject } from 'n8n-workflow';
import { Failure, passOn } from '../../../shared/transport/failures';
import { withLocks } from '../../../shared/api/locks';
import { lockName } from '../../api/membership';
import type { Viewer } from '../../api/rows';
import { createViewer } from '../../api/viewers';
import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { audienceNotice } from '../fields/viewer';
import type { Input } from '../input';
import type { Operation } from '../operation';
import { componentIdsIn, emailField, groupIdsIn, newViewerFields, viewerBody } from './fields';

/** One call adds any number of components to one viewer. */
async function addComponents(input: Input, page: string, viewer: Viewer, componentIds: string[]): Promise<void> {
	if (componentIds.length === 0) return;
	try {
		await input.api.call('addViewerComponents', { pageId: page, viewerId: viewer.id }, { body: { component_ids: componentIds } });
	} catch (error) {
		throw error instanceof Failure ? withoutComponents(viewer, error) : passOn(error);
	}
}

function withoutComponents(viewer: Viewer, { facts }: Failure): Failure {
	return new Failure({
		...facts,
		message: `Viewer ${viewer.id} was created, but without the components: ${facts.message}`,
		advice: "Correct the components and use 'Create or Update', or 'Add Components'",
	});
}

/** Creates the viewer of an item with its groups and components; used by Create or Update as well. */
export async function createFromInput(input: Input, page: string, email: string): Promise<IDataObject> {
	const collection = input.collection('additionalFields');
	const groupIds = groupIdsIn(collection) ?? [];
	const body = { email, ...viewerBody(collection), ...(groupIds.length > 0 ? { page_access_group_ids: groupIds } : {}) };
	// A list of members that somebody has just read must not be written back without the new viewer.
	const groups = groupIds.map((id) => lockName.group(input.api, page, id));
	const { viewer, note } = await withLocks({ shared: groups }, input.api.connection.signal, async () =>
		await createViewer(input.api, page, body),
	);
	const missing = groupIds.filter((id) => !(viewer.page_access_group_ids ?? []).includes(id));
	await addComponents(input, page, viewer, componentIdsIn(collection));
	if (missing.length > 0) {
		throw new Failure({
			kind: 'answer',
			message: `Viewer ${viewer.id} was created, but Statuspage left out ${missing.length === 1 ? 'a group' : 'groups'}: ${missing.join(', ')}`,
			advice: "Check the group IDs, then use 'Add to Groups'",
			body: viewer,
		});
	}
	return { ...viewer, ...(note ? { note } : {}) };
}

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create viewer',
	description: 'Let a person log in to an audience-specific page. Statuspage may e-mail the person. Can be undone with Delete.',
	uses: ['createViewer', 'addViewerComponents', 'listViewers'],
	fields: [
		audienceNotice,
		pageField,
		emailField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: newViewerFields,
		},
		viewerOptionsField(),
	],
	async execute(input) {
		const email = input.email();
		const page = await pageId(input);
		await input.inOrder(`${page} ${email.toLowerCase()}`);
		return await createFromInput(input, page, email);
	},
};
