import type { IDataObject } from 'n8n-workflow';
import { createOnce } from '../../shared/client/createOnce';
import { isSameEmail } from '../../shared/client/matching';
import { Failure } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { findViewer } from './viewers';

export interface CreatedViewer {
	viewer: Viewer;
	/** Set if the answer was lost and the viewer was found by email. */
	note?: string;
}

/**
 * Creates a viewer exactly once, even if the answer is lost, because the service allows each email only once per page.
 *
 * @param fields named as in the API: email, external_login, page_access_group_ids, subscribe_to_components
 * @throws Failure; with status 409 when the email is taken
 */
export async function createViewer(
	api: StatuspageApi,
	pageId: string,
	fields: IDataObject & { email: string },
): Promise<CreatedViewer> {
	const { row: viewer, wasLost } = await createOnce<Viewer>({
		connection: api.connection,
		create: () => api.call('createViewer', { pageId }, { body: fields }),
		find: () => findViewer(api, pageId, fields.email, 'quick'),
		createdAt: ({ created_at }) => created_at,
		taken: () => taken(fields.email),
	});
	return {
		viewer,
		...(wasLost ? { note: 'The answer was lost, but the viewer was found by email. It was created once.' } : {}),
	};
}

function taken(email: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 409,
		message: `This page already has a viewer with the email "${email}"`,
		advice: "Use 'Create or Update' to change this viewer",
	});
}

/** The existing viewer that a creation conflicts with. */
export async function viewerBehindConflict(
	api: StatuspageApi,
	pageId: string,
	email: string,
	conflict: Failure,
): Promise<Viewer> {
	const viewer = await findViewer(api, pageId, email);
	if (viewer) return viewer;
	// The viewer may have been created after the list was read.
	const [newViewer] = await api.list(
		'listViewers',
		{ pageId },
		{ limit: 1, keep: (row) => isSameEmail(row.email, email) },
	);
	if (!newViewer) throw conflict;
	return newViewer;
}
