import type { IDataObject } from 'n8n-workflow';
import { isDirectoryId, userKind } from '../../services/scim/kinds';
import { accountIdOf } from '../../services/scim/directoryObjects';
import { userBy, type UserKey } from '../../services/scim/users';
import { nameKey } from '../../shared/client/matching';
import type { Field } from '../../shared/fields/field';
import type { ScimInput } from './scimOperation';

const KEYS: readonly string[] = ['email', 'externalId', 'userName'] satisfies UserKey[];

export const usersField: Field = {
	displayName: 'Users',
	name: 'userIds',
	type: 'string',
	accepts: 'people',
	uses: ['listUsers'],
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com, 635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11',
	description: 'Emails or directory IDs of the users, separated by commas, or an expression that returns an array',
};

/** The attribute and value that identify the item's user; undefined if the item contains the ID. */
export function userLookup({ values }: ScimInput): { key: UserKey; value: string } | undefined {
	const { mode, text } = values.locator(userKind.parameter);
	return KEYS.includes(mode) ? { key: mode as UserKey, value: text } : undefined;
}

/** Output fields for an email that had to be cleaned: the cleaned and the original email. Otherwise empty. */
export function cleanedEmail({ values }: ScimInput): IDataObject {
	const { text, emailGiven } = values.locator(userKind.parameter);
	return emailGiven === undefined ? {} : { email: text, emailGiven };
}

const isSame = (a: string | null | undefined, b: string) => nameKey(a) === nameKey(b);

/**
 * Rejects a text that is not a directory ID but another identifier of an existing user, who must not be reported as missing.
 *
 * @throws Failure with the user's ID
 */
export async function rejectOtherIdentifier(input: ScimInput, text: string): Promise<void> {
	if (isDirectoryId(text)) return;
	const users = await input.api.list('listUsers');
	const known = users.find((user) =>
		[accountIdOf(user), user.userName, user.externalId].some((name) => isSame(name, text)),
	);
	if (!known) return;
	const identifier = isSame(accountIdOf(known), text)
		? 'the Atlassian account ID'
		: isSame(known.userName, text)
			? 'the user name'
			: 'the external ID';
	throw input.invalid(
		userKind.parameter,
		`is "${text}", which is not a directory ID but ${identifier} of user ${known.id}`,
		'Use the ID of this user',
	);
}

/** The ID of the item's user. Emails, user names and external IDs are looked up. */
export async function userId(input: ScimInput): Promise<string> {
	const lookup = userLookup(input);
	const id = lookup
		? (await userBy(input.api, lookup.key, lookup.value)).id
		: input.values.locator(userKind.parameter).text;
	await input.inOrder(userKind.orderKey(id));
	return id;
}
