import type { IDataObject } from 'n8n-workflow';
import { viewerBehindConflict } from '../../../services/statuspage/createViewer';
import type { Viewer } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { changeViewer, difference, type WantedViewer } from '../../../services/statuspage/viewerChange';
import { cachedViewer, cacheViewer } from '../../../services/statuspage/viewerCache';
import { lookUpViewer } from '../../../services/statuspage/viewers';
import { emailKey } from '../../../shared/client/matching';
import { emptyClearsOption } from '../../../shared/fields/options';
import { hasStatus, asError } from '../../../shared/http/failures';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { createFromInput } from './create.operation';
import { groupsTogether, type GroupsItem } from './groupsTogether';
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

function isEmpty(fields: IDataObject): boolean {
	return Object.keys(fields).length === 0;
}

/** Groups are read again under a lock before they are written. Fields are not, because a write contains only the changed ones. */
async function changeFound(
	{ api }: StatuspageInput,
	pageId: string,
	found: Viewer,
	wanted: WantedViewer,
): Promise<{ viewer: Viewer; isChanged: boolean }> {
	const body = difference(found, wanted);
	if (isEmpty(body)) return { viewer: found, isChanged: false };
	if (wanted.groups) return await changeViewer(api, pageId, found.id, wanted);
	return { viewer: await api.call('updateViewer', { pageId, viewerId: found.id }, { body }), isChanged: true };
}

function wantedOf(input: StatuspageInput, { groupIds }: ViewerLists): WantedViewer {
	// Statuspage accepts this on creation and never returns it, so every run would see a change.
	const fields = viewerBody(input.values.collection('additionalFields'));
	delete fields.subscribe_to_components;
	return { fields, groups: groupIds.length > 0 ? { ids: groupIds, mode: groupsMode(input) } : undefined };
}

async function updateFromInput(
	input: StatuspageInput,
	pageId: string,
	found: Viewer,
	lists: ViewerLists,
): Promise<Upserted> {
	const { viewer, isChanged } = await changeFound(input, pageId, found, wantedOf(input, lists));
	return await withComponents(input, pageId, { viewer, isChanged }, lists);
}

/** Adds the components of an existing viewer, after its other changes. */
async function withComponents(
	input: StatuspageInput,
	pageId: string,
	{ viewer, isChanged }: { viewer: Viewer; isChanged: boolean },
	{ componentIds }: ViewerLists,
): Promise<Upserted> {
	const hasNewComponents = await addMissingComponents(input, pageId, viewer, componentIds);
	return { viewer, result: isChanged || hasNewComponents ? 'updated' : 'unchanged' };
}

/** A quick look-up is enough. If it misses an existing viewer, the creation is rejected with a conflict. */
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

/** The page, groups and components of an item. */
async function placeOf(input: StatuspageInput): Promise<{ pageId: string; lists: ViewerLists }> {
	const pageId = await input.pageId();
	const lists = await viewerLists(input, pageId);
	const replacesWithEmptyList =
		groupsMode(input) === 'replace' &&
		input.values.collection('additionalFields').has('viewerGroupIds') &&
		lists.groupIds.length === 0;
	if (replacesWithEmptyList)
		throw input.invalid(
			'viewerGroupIds',
			'is empty',
			"An empty list isn't treated as \"all\". To remove viewer groups, list them in 'Remove From Groups'",
		);
	return { pageId, lists };
}

function outputOf(input: StatuspageInput, pageId: string, { viewer, result }: Upserted): IDataObject {
	const { email, emailGiven } = input.values.email('email');
	// Later items with the same email start from this result.
	cacheViewer(input.api, pageId, email, viewer);
	return { ...viewer, ...(emailGiven === undefined ? {} : { emailGiven }), result };
}

/** The item, if its viewer exists. */
async function groupsItem(input: StatuspageInput): Promise<GroupsItem | undefined> {
	const { pageId, lists } = await placeOf(input);
	const found = cachedViewer(input.api, pageId, input.values.email('email').email);
	if (!found) return undefined;
	const wanted = wantedOf(input, lists);
	const mode = groupsMode(input);
	const isGroupsOnly = wanted.groups && mode !== 'replace' && isEmpty(difference(found, { fields: wanted.fields }));
	return {
		pageId,
		viewerId: found.id,
		viewer: found,
		groupIds: lists.groupIds,
		change: isGroupsOnly ? mode : undefined,
		isNeeded: !isEmpty(difference(found, wanted)),
		finish: async ({ viewer, done }) =>
			outputOf(input, pageId, await withComponents(input, pageId, { viewer, isChanged: done.length > 0 }, lists)),
	};
}

export const upsert: StatuspageOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update viewer',
	description: 'Create a new viewer, or update the current one if it already exists (upsert)',
	effects:
		"Only the fields you add are updated. Viewer groups are added to the current ones unless you change 'Groups Mode'. Components are added to the viewer's own components. The output contains a result: created, updated or unchanged. Statuspage may email a new viewer.",
	isReadOnly: false,
	uses: [
		'listViewers',
		'createViewer',
		'getViewer',
		'updateViewer',
		'listViewerComponents',
		'addViewerComponents',
		'getViewerGroup',
		'updateViewerGroup',
	],
	fields: [
		audienceNotice,
		page.locator,
		{
			...emailField,
			description:
				"Email address used to find an existing viewer. In the output, 'result' is 'created', 'updated' or 'unchanged'.",
		},
		upsertedViewerFields,
		viewerOptionsField(emptyClearsOption, groupsModeOption),
	],
	viewerEmail: ({ values }) => values.email('email').email,
	runs: 'perItem',
	together: groupsTogether('additionalFields', groupsItem),
	async execute(input) {
		const { email } = input.values.email('email');
		const { pageId, lists } = await placeOf(input);
		await input.inOrder(`${pageId} ${emailKey(email)}`);
		return outputOf(input, pageId, await upserted(input, pageId, lists));
	},
};
