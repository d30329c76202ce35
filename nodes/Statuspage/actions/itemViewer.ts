import type { IDataObject } from 'n8n-workflow';
import type { StatuspageApi } from '../../services/statuspage/statuspageApi';
import { isStatuspageId } from '../../services/statuspage/objects/objectKind';
import { viewer } from '../../services/statuspage/objects/viewer';
import { findViewers, viewerByEmail } from '../../services/statuspage/viewers';
import type { RequestedId } from '../../shared/client/changes';
import { emailKey, isSameName } from '../../shared/client/matching';
import type { Field } from '../../shared/fields/field';
import type { Person } from '../../shared/operations/entryList';
import { emailsIn, resolvePeople } from '../../shared/operations/people';
import type { StatuspageInput } from './statuspageInput';

/** The email that the item names its viewer by. */
export function emailOfViewer({ values }: StatuspageInput): string | undefined {
	const { mode, text } = values.locator(viewer.row.parameter);
	return mode === 'email' ? text : undefined;
}

/** For the output: the address that the item named its viewer by, and as it was given where it had to be cleaned. */
export function namedByEmail({ values }: StatuspageInput): IDataObject {
	const { mode, text, emailGiven } = values.locator(viewer.row.parameter);
	return mode === 'email' ? { email: text, ...(emailGiven === undefined ? {} : { emailGiven }) } : {};
}

/** The viewer that the item means. An ID is not looked up: the answer to the request shows whether it exists. */
export async function viewerId(input: StatuspageInput, pageId: string): Promise<string> {
	const email = emailOfViewer(input);
	const id =
		email === undefined
			? input.values.locator(viewer.row.parameter).text
			: (await viewerByEmail(input.api, pageId, email)).id;
	await input.inOrder(viewer.orderKey({ pageId }, id));
	return id;
}

/** @throws Failure when the text is no ID, but the external login of a viewer: then nobody is missing */
export async function requireNoLogin(input: StatuspageInput, pageId: string, text: string): Promise<void> {
	if (isStatuspageId(text)) return;
	const [known] = await input.api.list(
		'listViewers',
		{ pageId },
		{ keep: ({ external_login }) => isSameName(external_login, text) },
	);
	if (known)
		throw input.invalid(
			viewer.row.parameter,
			`is "${text}", which is no ID but the external login of viewer ${known.id}`,
			'Use this ID, or the email',
		);
}

/** A page can have thousands of viewers, so that there is no picker for several. */
export const viewersField: Field = {
	displayName: 'Viewers',
	name: 'viewerIds',
	type: 'string',
	accepts: 'people',
	uses: ['listViewers'],
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com, kctbh9vrtdwd',
	description: 'IDs or emails of viewers, as text with commas or as an array (expression)',
};

/** The viewers that lists of IDs and emails mean; an entry without an ID is an email that nobody has on this page. One look-up for all lists. */
export async function viewers(api: StatuspageApi, pageId: string, lists: Person[][]): Promise<RequestedId[][]> {
	const emails = emailsIn(lists);
	const found = await findViewers(api, pageId, emails);
	return resolvePeople(lists, (email) => found.get(emailKey(email))?.id);
}

/** Why an email that nobody has could not be done. */
export const UNKNOWN_VIEWER = 'no viewer on this page has this email';
