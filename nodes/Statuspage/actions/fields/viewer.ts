import type { INodeProperties } from 'n8n-workflow';
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

/** Who the item means. An address in the ID mode, e.g. from an AI agent, is an address. */
export async function viewerId(input: Input, pageId: string): Promise<string> {
	const { mode, value } = input.locator('viewerId');
	const isId = mode !== 'email' && !value.includes('@');
	const id = isId ? value : (await viewerByEmail(input.api, pageId, checkedEmail('viewerId', value))).id;
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

export interface AskedViewers {
	/** IDs, each once. */
	ids: string[];
	/** E-mails that nobody has on this page. */
	unknown: string[];
	/** What was asked for, by ID: results speak to users in their own words. */
	asked: Map<string, string>;
}

/** Who IDs and e-mails mean. */
export async function viewers(input: Input, pageId: string, entries: string[]): Promise<AskedViewers> {
	const emails = entries.filter((entry) => entry.includes('@')).map((entry) => checkedEmail('viewerIds', entry));
	const found = emails.length > 0 ? await findViewers(input.api, pageId, emails) : new Map();
	const asked = new Map<string, string>();
	const unknown: string[] = [];
	for (const entry of entries) {
		const id = entry.includes('@') ? found.get(entry.toLowerCase())?.id : entry;
		if (id === undefined) unknown.push(entry);
		else if (!asked.has(id)) asked.set(id, entry);
	}
	return { ids: [...asked.keys()], unknown, asked };
}

export function unknownViewers(emails: string[]): Array<{ id: string; reason: string }> {
	return emails.map((id) => ({ id, reason: 'nobody on this page has this e-mail' }));
}

/** Stands above every operation that writes viewers: elsewhere such calls succeed and do nothing. */
export const audienceNotice: INodeProperties = {
	displayName: 'Viewers and their groups take effect on audience-specific pages only. Statuspage does not say which pages are: on others it may accept the change and do nothing. Viewers are not subscribers',
	name: 'audienceNotice',
	type: 'notice',
	default: '',
};
