import type { StatuspageApi } from '../../services/statuspage/statuspageApi';
import type { Viewer } from '../../services/statuspage/endpoints';
import { isStatuspageId } from '../../services/statuspage/objects/objectKind';
import { viewer } from '../../services/statuspage/objects/viewer';
import { expectEmails } from '../../services/statuspage/viewerCache';
import { findViewers, viewerByEmail } from '../../services/statuspage/viewers';
import type { RequestedId } from '../../shared/client/changes';
import { emailKey, isSameName } from '../../shared/client/matching';
import type { Field } from '../../shared/fields/field';
import type { Person } from '../../shared/operations/entryList';
import { emailsIn, resolvePeople } from '../../shared/operations/people';
import type { StatuspageInput } from './statuspageInput';

/** The email of the item's viewer; undefined when the item has an ID instead. */
export function emailOfViewer({ values }: StatuspageInput): string | undefined {
	const { mode, text } = values.locator(viewer.row.parameter);
	return mode === 'email' ? text : undefined;
}

/** The ID of the item's viewer, and the viewer if it is looked up by email. An ID is not looked up. */
export async function identifyViewer(
	input: StatuspageInput,
	pageId: string,
): Promise<{ viewerId: string; viewer?: Viewer }> {
	const email = emailOfViewer(input);
	if (email === undefined) return { viewerId: input.values.locator(viewer.row.parameter).text };
	const found = await viewerByEmail(input.api, pageId, email);
	return { viewerId: found.id, viewer: found };
}

/** The ID of the item's viewer. An ID is not looked up, because the answer to the request shows whether it exists. */
export async function viewerId(input: StatuspageInput, pageId: string): Promise<string> {
	const { viewerId: id } = await identifyViewer(input, pageId);
	await input.inOrder(viewer.orderKey({ pageId }, id));
	return id;
}

/** @throws Failure when the text is the external login of a viewer instead of an ID, so the viewer is not missing */
export async function rejectExternalLogin(input: StatuspageInput, pageId: string, text: string): Promise<void> {
	if (isStatuspageId(text)) return;
	const [known] = await input.api.list(
		'listViewers',
		{ pageId },
		{ keep: ({ external_login }) => isSameName(external_login, text) },
	);
	if (known)
		throw input.invalid(
			viewer.row.parameter,
			`is "${text}", which is the external login of viewer ${known.id} and not an ID`,
			'Use this ID, or the email',
		);
}

/** A text field, because a page can have thousands of viewers, which is too many for a dropdown. */
export const viewersField: Field = {
	displayName: 'Viewers',
	name: 'viewerIds',
	type: 'string',
	accepts: 'people',
	uses: ['listViewers'],
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com, kctbh9vrtdwd',
	description: 'IDs or emails of viewers, separated by commas, or an array from an expression',
};

/** The viewers of an item. `viewers` resolves those of all items together. */
export function requestedViewers({ values, api }: StatuspageInput, pageId: string): Person[] {
	const people = values.people(viewersField.name);
	expectEmails(api, pageId, emailsIn([people]));
	return people;
}

/** Resolves lists of IDs and emails to viewers, with one look-up for all lists. An email without a viewer has no ID. */
export async function viewers(api: StatuspageApi, pageId: string, lists: Person[][]): Promise<RequestedId[][]> {
	const emails = emailsIn(lists);
	const found = await findViewers(api, pageId, emails);
	return resolvePeople(lists, (email) => found.get(emailKey(email))?.id);
}

/** The reason for an email without a viewer. */
export const UNKNOWN_VIEWER = 'no viewer on this page has this email';
