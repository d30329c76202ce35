import { locatorField, textMode } from '../../shared/fields/objectFields';

/** The directory's own IDs are UUIDs; those of Atlassian accounts are not. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isDirectoryId(text: string): boolean {
	return UUID.test(text);
}

/** Everything that fields, pickers, look-ups, locks and messages say of a kind of object in the directory. */
function kind<Noun extends string>(
	noun: Noun,
	parameter: string,
	field: Omit<Parameters<typeof locatorField>[0], 'parameter'>,
) {
	return {
		noun,
		parameter,
		locator: locatorField({ parameter, ...field }),
		/** The same for items that mean the same object. */
		orderKey: (id: string) => `${noun} ${id.toLowerCase()}`,
		/** Locks name the directory and not the key. */
		lockName: (baseUrl: string, id: string) => `${baseUrl} ${noun} ${id.toLowerCase()}`,
	};
}

export const userKind = kind('user', 'userId', {
	label: 'User',
	description:
		"The user of the directory. The ID is the directory's own, not that of the Atlassian account. Atlassian has no search by email: whoever has another user name is looked for in the whole directory, at 100 users per request, and read again before the user counts as missing",
	searchListMethod: 'searchUsers',
	uses: ['listUsers'],
	modes: [
		textMode('id', 'By ID', 'e.g. 635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11'),
		'email',
		textMode('userName', 'By User Name', 'e.g. name@example.com'),
		textMode('externalId', 'By External ID', 'e.g. hr-1234'),
	],
});

export const groupKind = kind('group', 'groupId', {
	label: 'Group',
	description: 'The group of the directory. Default groups such as org-admins cannot be managed from here',
	searchListMethod: 'searchGroups',
	uses: ['listGroups'],
	modes: [
		textMode('id', 'By ID', 'e.g. 0c2b1f8e-5f0a-4a34-9a52-7d1f0d3c9b10'),
		textMode('name', 'By Name', 'e.g. Statuspage Acme'),
	],
});
