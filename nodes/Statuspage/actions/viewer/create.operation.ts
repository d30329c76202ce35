import type { IDataObject } from 'n8n-workflow';
import { createViewer, type CreatedViewer } from '../../../services/statuspage/createViewer';
import type { Viewer } from '../../../services/statuspage/endpoints';
import { lockName } from '../../../services/statuspage/lockName';
import { page } from '../../../services/statuspage/objects/page';
import { emailKey } from '../../../shared/client/matching';
import { lock } from '../../../shared/client/locks';
import { Failure, asError } from '../../../shared/http/failures';
import type { EmailAddress } from '../../../shared/operations/emailAddress';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { emailField, newViewerFields, viewerBody, viewerLists, type ViewerLists } from './viewerFields';

/** One request adds any number of components to one viewer. */
async function addComponents(
	input: StatuspageInput,
	pageId: string,
	viewer: Viewer,
	componentIds: string[],
): Promise<void> {
	if (componentIds.length === 0) return;
	try {
		await input.api.call(
			'addViewerComponents',
			{ pageId, viewerId: viewer.id },
			{ body: { component_ids: componentIds } },
		);
	} catch (error) {
		throw error instanceof Failure ? withoutComponents(viewer, error) : asError(error);
	}
}

function withoutComponents(viewer: Viewer, { facts }: Failure): Failure {
	return new Failure({
		...facts,
		message: `Viewer ${viewer.id} was created, but the components could not be added: ${facts.message}`,
		advice: "Correct the components, then use 'Create or Update' or 'Add Components'",
	});
}

/** Creates the viewer of an item with its groups and components; used by Create or Update as well. */
export async function createFromInput(
	input: StatuspageInput,
	pageId: string,
	{ email, emailGiven }: EmailAddress,
	{ groupIds, componentIds }: ViewerLists,
): Promise<IDataObject & Viewer> {
	const body: IDataObject & { email: string } = {
		email,
		...viewerBody(input.values.collection('additionalFields')),
		...(groupIds.length > 0 ? { page_access_group_ids: groupIds } : {}),
	};
	if (body.external_login === '') delete body.external_login;
	// Another execution may have read the members of a group. Its write must not remove the new viewer.
	const groups = groupIds.map((id) => lockName.group(input.api, pageId, id));
	const release = await lock({ shared: groups }, input.api.connection.signal);
	let created: CreatedViewer;
	try {
		created = await createViewer(input.api, pageId, body);
	} finally {
		release();
	}
	const { viewer, note } = created;
	const missing = groupIds.filter((id) => !viewer.page_access_group_ids.includes(id));
	await addComponents(input, pageId, viewer, componentIds);
	if (missing.length > 0) {
		throw new Failure({
			kind: 'answer',
			message: `Viewer ${viewer.id} was created, but Statuspage didn't add the viewer to ${missing.length === 1 ? 'viewer group' : 'viewer groups'} ${missing.join(', ')}`,
			advice: "Check the viewer groups, then use 'Add to Groups'",
			body: viewer,
		});
	}
	return { ...viewer, ...(emailGiven === undefined ? {} : { emailGiven }), ...(note ? { note } : {}) };
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create viewer',
	description: 'Create a new viewer who can log in to an audience-specific page',
	effects: "Statuspage may email the new viewer. Undo with 'Delete'.",
	isReadOnly: false,
	uses: ['createViewer', 'listViewers', 'addViewerComponents'],
	fields: [audienceNotice, page.locator, emailField, newViewerFields, viewerOptionsField()],
	runs: 'perItem',
	async execute(input) {
		const address = input.values.email('email');
		const pageId = await input.pageId();
		const lists = await viewerLists(input, pageId);
		await input.inOrder(`${pageId} ${emailKey(address.email)}`);
		return await createFromInput(input, pageId, address, lists);
	},
};
