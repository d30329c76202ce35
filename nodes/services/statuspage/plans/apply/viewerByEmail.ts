import type { StatuspageApi } from '../../statuspageApi';
import type { Viewer } from '../../endpoints';
import { findViewer } from '../../viewers';

/** Finds the viewer by email. Without an email, checks that the page exists, because a missing page does not show that the viewer is gone. */
export async function viewerByEmail(api: StatuspageApi, pageId: string, email: string): Promise<Viewer | undefined> {
	if (email.includes('@')) return await findViewer(api, pageId, email);
	await api.confirmPlace({ pageId });
	return undefined;
}
