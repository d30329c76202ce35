import type { IDataObject } from 'n8n-workflow';
import { hasStatus, passOn } from '../../../shared/transport/failures';
import type { StatuspageApi } from '../../api/client';
import type { Row, Viewer } from '../../api/rows';
import { changeViewer, difference, type WantedViewer } from '../../api/viewerChange';
import { forgetViewer, lookUpViewer, viewerBehindConflict } from '../../api/viewers';
import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { audienceNotice } from '../fields/viewer';
import type { Input } from '../input';
import type { Operation } from '../operation';
import { createFromInput } from './create.operation';
import { componentIdsIn, emailField, groupIdsIn, groupsMode, groupsModeOption, newViewerFields, viewerBody } from './fields';

/** Adds the components that the viewer does not have yet; true when there were any. */
async function addMissingComponents(input: Input, page: string, viewer: Viewer): Promise<boolean> {
	const wanted = componentIdsIn(input.collection('additionalFields'));
	if (wanted.length === 0) return false;
	const ids = { pageId: page, viewerId: viewer.id };
	const current = await input.api.list<Row>('listViewerComponents', ids);
	const missing = wanted.filter((id) => !current.some((component) => component.id === id));
	if (missing.length === 0) return false;
	await input.api.call('addViewerComponents', ids, { body: { component_ids: missing } });
	return true;
}

/** Groups are read again under a lock before they are written; fields need no reading, because a write of them leaves out all others. */
async function changeFound(api: StatuspageApi, page: string, found: Viewer, wanted: WantedViewer): Promise<{ viewer: Viewer; isChanged: boolean }> {
	const body = difference(found, wanted);
	if (Object.keys(body).length === 0) return { viewer: found, isChanged: false };
	if (wanted.groups) return await changeViewer(api, page, found.id, wanted);
	return { viewer: await api.call<'updateViewer', Viewer>('updateViewer', { pageId: page, viewerId: found.id }, { body }), isChanged: true };
}

async function updateFromInput(input: Input, page: string, found: Viewer): Promise<IDataObject> {
	const collection = input.collection('additionalFields');
	// The service takes this on creation and does not tell it afterwards, so that it would look changed every night.
	const fields = viewerBody({ ...collection, subscribeToComponents: undefined });
	const groupIds = groupIdsIn(collection);
	const wanted = { fields, groups: groupIds && groupIds.length > 0 ? { ids: groupIds, mode: groupsMode(input) } : undefined };
	const { viewer, isChanged } = await changeFound(input.api, page, found, wanted);
	const hasNewComponents = await addMissingComponents(input, page, viewer);
	return { ...viewer, result: isChanged || hasNewComponents ? 'updated' : 'unchanged' };
}

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update viewer',
	description: 'Create a new viewer, or update the current one if it already exists (upsert)',
	uses: ['listViewers', 'createViewer', 'getViewer', 'updateViewer', 'listViewerComponents', 'addViewerComponents'],
	fields: [
		audienceNotice,
		pageField,
		{ ...emailField, description: 'The address that the viewer is looked for by. The result says created, updated or unchanged; an unchanged viewer is not written. Statuspage may e-mail a new viewer.' },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: newViewerFields,
		},
		viewerOptionsField(groupsModeOption),
	],
	viewerEmail: (input) => input.email(),
	async execute(input) {
		const email = input.email();
		const page = await pageId(input);
		await input.inOrder(`${page} ${email.toLowerCase()}`);
		const found = await lookUpViewer(input.api, page, email);
		// A later item with the same address must see what this one did.
		forgetViewer(input.api, page, email);
		if (found) return await updateFromInput(input, page, found);
		try {
			return { ...(await createFromInput(input, page, email)), result: 'created' };
		} catch (error) {
			if (!hasStatus(error, 409)) throw passOn(error);
			return await updateFromInput(input, page, await viewerBehindConflict(input.api, page, email, error));
		}
	},
};
