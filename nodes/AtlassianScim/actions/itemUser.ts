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
	description: 'Emails or directory IDs of users, as text with commas or as an array (expression)',
};

/** What the item names its user by, when it is not the ID. */
export function keyOfUser({ values }: ScimInput): { key: UserKey; value: string } | undefined {
	const { mode, text } = values.locator(userKind.parameter);
	return KEYS.includes(mode) ? { key: mode as UserKey, value: text } : undefined;
}

/** For the output: the address as it was given, where it had to be cleaned. */
export function givenEmail({ values }: ScimInput): IDataObject {
	const { text, emailGiven } = values.locator(userKind.parameter);
	return emailGiven === undefined ? {} : { email: text, emailGiven };
}

const isSame = (a: string | null | undefined, b: string) => nameKey(a) === nameKey(b);

/** @throws Failure when the text is not an ID of the directory, but somebody is known by it: then nobody is missing */
export async function requireNoOtherName(input: ScimInput, text: string): Promise<void> {
	if (isDirectoryId(text)) return;
	const users = await input.api.list('listUsers');
	const known = users.find((user) =>
		[accountIdOf(user), user.userName, user.externalId].some((name) => isSame(name, text)),
	);
	if (!known) return;
	const what = isSame(accountIdOf(known), text)
		? 'the ID of the Atlassian account'
		: isSame(known.userName, text)
			? 'the user name'
			: 'the external ID';
	throw input.invalid(
		userKind.parameter,
		`is "${text}", which is not an ID of the directory but ${what} of user ${known.id}`,
		'Use this ID',
	);
}

/** The user that the item means. */
export async function userId(input: ScimInput): Promise<string> {
	const named = keyOfUser(input);
	const id = named
		? (await userBy(input.api, named.key, named.value)).id
		: input.values.locator(userKind.parameter).text;
	await input.inOrder(userKind.orderKey(id));
	return id;
}
