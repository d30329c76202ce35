import type { Endpoint, IdsOf } from '../../shared/api/endpoint';

const USERS = '/Users';
const USER = `${USERS}/{userId}` as const;
const GROUPS = '/Groups';
const GROUP = `${GROUPS}/{groupId}` as const;

/** One row an API operation, behind the directory. (Source: RFC 7644, and Atlassian's reference of user provisioning.) */
export const endpoints = {
	listUsers: { method: 'GET', path: USERS, answer: 'object', noun: 'users of directory' },
	createUser: { method: 'POST', path: USERS, answer: 'object', noun: 'new user', creates: true },
	getUser: { method: 'GET', path: USER, answer: 'object', noun: 'user' },
	replaceUser: { method: 'PUT', path: USER, answer: 'object', noun: 'user' },
	// RFC 7644, 3.5.2: a PATCH may be answered with the object, or with nothing.
	updateUser: { method: 'PATCH', path: USER, answer: 'none', noun: 'user' },
	deleteUser: { method: 'DELETE', path: USER, answer: 'none', noun: 'user' },

	listGroups: { method: 'GET', path: GROUPS, answer: 'object', noun: 'groups of directory' },
	createGroup: { method: 'POST', path: GROUPS, answer: 'object', noun: 'new group', creates: true },
	getGroup: { method: 'GET', path: GROUP, answer: 'object', noun: 'group' },
	updateGroup: { method: 'PATCH', path: GROUP, answer: 'none', noun: 'group' },
	deleteGroup: { method: 'DELETE', path: GROUP, answer: 'none', noun: 'group' },

	getConfig: { method: 'GET', path: '/ServiceProviderConfig', answer: 'object', noun: 'directory' },
	// RFC 7644, 4, has these two as lists in an envelope; Atlassian's reference does not show an answer.
	listResourceTypes: { method: 'GET', path: '/ResourceTypes', answer: 'none', noun: 'resource types of directory' },
	listSchemas: { method: 'GET', path: '/Schemas', answer: 'none', noun: 'schemas of directory' },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

/** Lists that are read piece by piece. */
export type ListName = 'listUsers' | 'listGroups';

/** The IDs that the path of an endpoint needs. */
export type PathIds<Name extends EndpointName> = IdsOf<(typeof endpoints)[Name]['path']>;
