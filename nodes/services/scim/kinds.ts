import { locatorField, textMode } from '../../shared/fields/objectFields';

/** IDs in the directory are UUIDs. Atlassian account IDs are not. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isDirectoryId(text: string): boolean {
	return UUID.test(text);
}

/** A kind of object in the directory, with its noun in messages, its locator field and its names for item order and locks. */
function kind<Noun extends string>(
	noun: Noun,
	parameter: string,
	field: Omit<Parameters<typeof locatorField>[0], 'parameter'>,
) {
	return {
		noun,
		parameter,
		locator: locatorField({ parameter, ...field }),
		/** Items with the same key run in order. */
		orderKey: (id: string) => `${noun} ${id.toLowerCase()}`,
		/** Locks are per directory, because several API keys can have access to one directory. */
		lockName: (baseUrl: string, id: string) => `${baseUrl} ${noun} ${id.toLowerCase()}`,
	};
}

export const userKind = kind('user', 'userId', {
	label: 'User',
	description:
		"The user in the directory. 'By ID' expects the ID in the directory, not the Atlassian account ID. 'By Email' may need to read all users (100 per request), because Atlassian can't filter by email.",
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
	description: "The group in the directory. Default groups such as org-admins can't be managed.",
	searchListMethod: 'searchGroups',
	uses: ['listGroups'],
	modes: [
		textMode('id', 'By ID', 'e.g. 0c2b1f8e-5f0a-4a34-9a52-7d1f0d3c9b10'),
		textMode('name', 'By Name', 'e.g. Statuspage Acme'),
	],
});
