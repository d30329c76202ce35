import type { IDataObject } from 'n8n-workflow';
import type { Viewer } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { changeViewer, difference, type WantedViewer } from '../../../services/statuspage/viewerChange';
import { lookUpViewer, cacheViewer, viewerBehindConflict } from '../../../services/statuspage/viewers';
import { emailKey } from '../../../shared/client/matching';
import { emptyClearsOption } from '../../../shared/fields/options';
import { hasStatus, asError } from '../../../shared/http/failures';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { createFromInput } from './create.operation';
import {
	emailField,
	groupsMode,
	groupsModeOption,
	upsertedViewerFields,
	viewerBody,
	viewerLists,
	type ViewerLists,
} from './viewerFields';

interface Upserted {
	viewer: Viewer & IDataObject;
	result: 'created' | 'updated' | 'unchanged';
}

/** Adds the components that the viewer does not have yet; true when there were any. */
async function addMissingComponents(
	{ api }: StatuspageInput,
	pageId: string,
	viewer: Viewer,
	wanted: string[],
): Promise<boolean> {
	if (wanted.length === 0) return false;
	const ids = { pageId, viewerId: viewer.id };
	const current = await api.list('listViewerComponents', ids);
	const missing = wanted.filter((id) => !current.some((component) => component.id === id));
	if (missing.length === 0) return false;
	await api.call('addViewerComponents', ids, { body: { component_ids: missing } });
	return true;
}

/** Groups are read again under a lock before they are written; fields need no reading, because a write of them leaves out all others. */
async function changeFound(
	{ api }: StatuspageInput,
	pageId: string,
	found: Viewer,
	wanted: WantedViewer,
): Promise<{ viewer: Viewer; isChanged: boolean }> {
	const body = difference(found, wanted);
	if (Object.keys(body).length === 0) return { viewer: found, isChanged: false };
	if (wanted.groups) return await changeViewer(api, pageId, found.id, wanted);
	return { viewer: await api.call('updateViewer', { pageId, viewerId: found.id }, { body }), isChanged: true };
}

async function updateFromInput(
	input: StatuspageInput,
	pageId: string,
	found: Viewer,
	{ groupIds, componentIds }: ViewerLists,
): Promise<Upserted> {
	// The service takes this on creation and does not tell it afterwards, so that it would look changed every night.
	const fields = viewerBody(input.values.collection('additionalFields'));
	delete fields.subscribe_to_components;
	const wanted = { fields, groups: groupIds.length > 0 ? { ids: groupIds, mode: groupsMode(input) } : undefined };
	const { viewer, isChanged } = await changeFound(input, pageId, found, wanted);
	const hasNewComponents = await addMissingComponents(input, pageId, viewer, componentIds);
	return { viewer, result: isChanged || hasNewComponents ? 'updated' : 'unchanged' };
}

/** A quick look is enough: a viewer that it misses answers the creation with a conflict. */
async function upserted(input: StatuspageInput, pageId: string, lists: ViewerLists): Promise<Upserted> {
	const address = input.values.email('email');
	const found = await lookUpViewer(input.api, pageId, address.email, 'quick');
	if (found) return await updateFromInput(input, pageId, found, lists);
	try {
		return { viewer: await createFromInput(input, pageId, address, lists), result: 'created' };
	} catch (error) {
		if (!hasStatus(error, 409)) throw asError(error);
		return await updateFromInput(
			input,
			pageId,
			await viewerBehindConflict(input.api, pageId, address.email, error),
			lists,
		);
	}
}

export const upsert: StatuspageOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update viewer',
	description: 'Create a new viewer, or update the current one if it already exists (upsert)',
	isReadOnly: false,
	uses: ['listViewers', 'createViewer', 'getViewer', 'updateViewer', 'listViewerComponents', 'addViewerComponents'],
	fields: [
		audienceNotice,
		page.locator,
		{
			...emailField,
			description:
				'The address that the viewer is looked for by. The result says created, updated or unchanged; an unchanged viewer is not written. Statuspage may email a new viewer.',
		},
		upsertedViewerFields,
		viewerOptionsField(emptyClearsOption, groupsModeOption),
	],
	viewerEmail: ({ values }) => values.email('email').email,
	runs: 'perItem',
	async execute(input) {
		const { email, emailGiven } = input.values.email('email');
		const pageId = await input.pageId();
		const lists = await viewerLists(input, pageId);
		const replacesByNothing =
			groupsMode(input) === 'replace' &&
			input.values.collection('additionalFields').has('viewerGroupIds') &&
			lists.groupIds.length === 0;
		if (replacesByNothing)
			throw input.invalid(
				'viewerGroupIds',
				'is empty',
				"An empty list never means all. To remove groups, name them with 'Remove From Groups'",
			);
		await input.inOrder(`${pageId} ${emailKey(email)}`);
		const { viewer, result } = await upserted(input, pageId, lists);
		// A later item with the same address starts from what this one left.
		cacheViewer(input.api, pageId, email, viewer);
		return { ...viewer, ...(emailGiven === undefined ? {} : { emailGiven }), result };
	},
};
