import type { INodeProperties } from 'n8n-workflow';
import { locatorField } from '../../../shared/actions/fields/locator';
import { checkedEmail } from '../../../shared/actions/input';
import { parameterName } from '../../api/parameterNames';
import { userBy, type UserKey } from '../../api/users';
import type { Input } from '../operation';

const KEYS: readonly string[] = ['email', 'externalId', 'userName'] satisfies UserKey[];

export const userField = locatorField({
	name: 'userId',
	label: parameterName('userId'),
	description: "The user of the directory. The ID is the directory's own, not that of the Atlassian account. Atlassian has no search by e-mail: whoever has another user name is looked for in the whole directory, 100 users a request",
	searchListMethod: 'searchUsers',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11' },
		{ displayName: 'By Email', name: 'email', type: 'string', placeholder: 'e.g. name@example.com' },
		{ displayName: 'By User Name', name: 'userName', type: 'string', placeholder: 'e.g. name@example.com' },
		{ displayName: 'By External ID', name: 'externalId', type: 'string', placeholder: 'e.g. hr-1234' },
	],
});

export const usersField: INodeProperties = {
	displayName: parameterName('userIds'),
	name: 'userIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com, 635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11',
	description: 'E-mails or directory IDs of users, as text with commas or as an array (expression)',
};

/** What the item names its user by, when it is not the ID. An address in the ID mode, e.g. from an AI agent, is an address. */
export function keyOfUser(input: Input): { key: UserKey; value: string } | undefined {
	const { mode, value } = input.locator('userId');
	const key = (KEYS.includes(mode) ? mode : value.includes('@') ? 'email' : undefined) as UserKey | undefined;
	if (key === undefined) return undefined;
	return { key, value: key === 'email' ? checkedEmail(parameterName('userId'), value) : value };
}

/** Who the item means. */
export async function userId(input: Input): Promise<string> {
	const named = keyOfUser(input);
	const id = named ? (await userBy(input.api, named.key, named.value)).id : input.locator('userId').value;
	await input.inOrder(`user ${id}`);
	return id;
}
