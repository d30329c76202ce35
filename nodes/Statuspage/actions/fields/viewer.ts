import type { INodeProperties } from 'n8n-workflow';
import { emailsIn, meant, type AskedFor } from '../../../shared/api/changes';
import type { StatuspageApi } from '../../api/client';
import type { Viewer } from '../../api/rows';
import { findViewers, viewerByEmail } from '../../api/viewers';
import { parameterName } from '../../api/parameterNames';
import { checkedEmail, type Input } from '../input';
import { locatorField } from './locator';

export const viewerField = locatorField({
	name: 'viewerId',
	description: 'The viewer (page access user in the API), by ID or e-mail',
	searchListMethod: 'searchViewers',
	modes: ['id', 'email'],
});

/** The e-mail that the item names its viewer by. An address in the ID mode, e.g. from an AI agent, is an address. */
export function emailOfViewer(input: Input): string | undefined {
	const { mode, value } = input.locator('viewerId');
	return mode === 'email' || value.includes('@') ? checkedEmail('viewerId', value) : undefined;
}

/** Who the item means. */
export async function viewerId(input: Input, pageId: string): Promise<string> {
	const email = emailOfViewer(input);
	const id = email === undefined ? input.locator('viewerId').value : (await viewerByEmail(input.api, pageId, email)).id;
	await input.inOrder(`${pageId} viewer ${id}`);
	return id;
}

/** A page can have thousands of viewers, so that there is no picker for several. */
export const viewersField: INodeProperties = {
	displayName: parameterName('viewerIds'),
	name: 'viewerIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com, kctbh9vrtdwd',
	description: 'IDs or e-mails of viewers, as text with commas or as an array (expression)',
};

/** Whom lists of IDs and e-mails mean; an entry without an ID is an e-mail that nobody has on this page. One look-up for all lists. */
export async function viewers(api: StatuspageApi, pageId: string, lists: string[][]): Promise<AskedFor[][]> {
	const emails = emailsIn(lists);
	const found = emails.length > 0 ? await findViewers(api, pageId, emails) : new Map<string, Viewer>();
	return meant(lists, (email) => found.get(email)?.id);
}

/** Why an e-mail that nobody has could not be done. */
export const UNKNOWN_VIEWER = 'nobody on this page has this e-mail';

/** IDs and e-mails of viewers, checked. */
export function viewersIn(input: Input): string[] {
	const entries = input.requiredIds('viewerIds');
	for (const entry of entries) if (entry.includes('@')) checkedEmail('viewerIds', entry);
	return entries;
}

/** Stands above every operation that writes viewers: elsewhere such calls succeed and do nothing. */
export const audienceNotice: INodeProperties = {
	displayName: 'Viewers and their groups take effect on audience-specific pages only. Statuspage does not say which pages are: on others it may accept the change and do nothing. Viewers are not subscribers',
	name: 'audienceNotice',
	type: 'notice',
	default: '',
};
