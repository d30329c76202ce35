import type { IDataObject } from 'n8n-workflow';
import { isEmptyBody, isObject, one, removal, type Answer, type Check } from '../../shared/client/answer';
import type { Endpoint } from '../../shared/client/endpoint';
import { NotUnderstood } from '../../shared/http/outcome';
import type { Page } from './listing';
import { group, partOfUser, user, type Group, type User } from './directoryObjects';

const USERS = '/Users';
const USER = `${USERS}/{userId}` as const;
const GROUPS = '/Groups';
const GROUP = `${GROUPS}/{groupId}` as const;

/** A ListResponse (RFC 7644, 3.4.2). `Resources` may be left out only where nothing was found. */
function listOf<R extends { id: string }>(row: (query: object) => Check<R>, noun: string): Answer<Page<R>> {
	return (body, _, query = {}) => {
		const { totalResults, Resources } = isObject(body) ? body : {};
		if (typeof totalResults !== 'number' || !Number.isInteger(totalResults) || totalResults < 0)
			throw new NotUnderstood(`the number of ${noun}s is missing`);
		if (!Array.isArray(Resources) && !(totalResults === 0 && (Resources === undefined || Resources === null)))
			throw new NotUnderstood(`the list of ${noun}s is missing`);
		const check = row(query);
		return {
			rows: ((Resources ?? []) as unknown[]).map((entry, index) => check(entry, `${noun} ${index + 1}`)),
			total: totalResults,
		};
	};
}

/** The document types discovery as text; servers answer with JSON. */
function fromText(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

const config: Answer<IDataObject> = (body) => {
	const read = fromText(body);
	// RFC 7643, 5: every configuration says whether PATCH is supported.
	if (!isObject(read) || !isObject(read.patch)) throw new NotUnderstood('it is not the configuration of a directory');
	return read;
};

/** The rows of a list that is not paged, with or without an envelope: RFC 7644, 4, has one; Atlassian's reference shows no answer. */
function resources(noun: string): Answer<IDataObject[]> {
	return (body) => {
		const read = fromText(body);
		const rows: unknown = isObject(read) ? read.Resources : read;
		if (!Array.isArray(rows) || !rows.every(isObject)) throw new NotUnderstood(`the list of ${noun} is missing`);
		return rows;
	};
}

/** RFC 7644, 3.5.2: a PATCH may be answered with the object, or with nothing. */
function objectOrNothing<T>(answer: Answer<T>): Answer<T | undefined> {
	return (body, ids) => (isEmptyBody(body) ? undefined : answer(body, ids));
}

const isPartial = (query: object) => 'attributes' in query || 'excludedAttributes' in query;
const userFor = (query: object): Check<User> => (isPartial(query) ? partOfUser : user);
const theUser = one<User>(user, 'user', 'userId');
const theGroup = one<Group>(group, 'group', 'groupId');

/** One row per API operation, behind the directory. (Source: RFC 7644, and Atlassian's reference of user provisioning.) */
export const endpoints = {
	listUsers: { method: 'GET', path: USERS, answer: listOf<User>(userFor, 'user'), noun: 'users of directory' },
	createUser: { method: 'POST', path: USERS, answer: one<User>(user, 'user'), noun: 'user', isRepeatable: false },
	getUser: {
		method: 'GET',
		path: USER,
		answer: ((body, ids, query = {}) => one(userFor(query), 'user', 'userId')(body, ids)) as Answer<User>,
		noun: 'user',
	},
	replaceUser: { method: 'PUT', path: USER, answer: theUser, noun: 'user' },
	updateUser: { method: 'PATCH', path: USER, answer: objectOrNothing(theUser), noun: 'user' },
	deleteUser: { method: 'DELETE', path: USER, answer: removal(), settledBy: { get: 'getUser' }, noun: 'user' },

	listGroups: { method: 'GET', path: GROUPS, answer: listOf<Group>(() => group, 'group'), noun: 'groups of directory' },
	createGroup: {
		method: 'POST',
		path: GROUPS,
		answer: one<Group>(group, 'group'),
		noun: 'group',
		isRepeatable: false,
	},
	getGroup: { method: 'GET', path: GROUP, answer: theGroup, noun: 'group' },
	updateGroup: { method: 'PATCH', path: GROUP, answer: objectOrNothing(theGroup), noun: 'group' },
	deleteGroup: { method: 'DELETE', path: GROUP, answer: removal(), settledBy: { get: 'getGroup' }, noun: 'group' },

	getConfig: { method: 'GET', path: '/ServiceProviderConfig', answer: config, noun: 'directory' },
	listResourceTypes: {
		method: 'GET',
		path: '/ResourceTypes',
		answer: resources('resource types'),
		noun: 'resource types of directory',
	},
	listSchemas: { method: 'GET', path: '/Schemas', answer: resources('schemas'), noun: 'schemas of directory' },
} as const satisfies Record<string, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

/** Lists that are read piece by piece. */
export type ListName = 'listUsers' | 'listGroups';
export type ListItem<Name extends ListName> = ReturnType<Endpoints[Name]['answer']>['rows'][number];
