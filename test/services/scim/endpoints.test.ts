import type { IDataObject } from 'n8n-workflow';
import { endpoints, type EndpointName } from '../../../nodes/services/scim/endpoints';
import { directoryCredential, directoryOf, runDirectory, type DirectoryWorld } from '../../support/directory';
import { searchDirectory } from '../../support/engine';
import { startSimulator, type Simulator } from '../../support/simulator';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset());

/** One API operation: a run that uses it, and the request that must be sent. */
interface Contract {
	act: (world: DirectoryWorld) => Promise<unknown>;
	method: string;
	/** Behind the directory. */
	path: (world: DirectoryWorld) => string;
	query?: Record<string, string>;
	body?: (world: DirectoryWorld) => unknown;
}

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CUSTOM = 'urn:example:params:scim:schemas:extension:hr:1.0:User';
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const user = ({ users }: DirectoryWorld) => ({ userId: by('id', users[1].id) });
const group = ({ groups }: DirectoryWorld) => ({ groupId: by('id', groups[0].id) });
const ofUser = ({ users }: DirectoryWorld) => `/Users/${users[1].id}`;
const ofGroup = ({ groups }: DirectoryWorld) => `/Groups/${groups[0].id}`;
const outsider = ({ users, groups }: DirectoryWorld) =>
	users.filter(({ id }) => !groups[0].memberIds.includes(id))[0].id;
const everything = {
	displayName: 'Anna',
	formattedName: 'Dr. Anna A. Adams III',
	givenName: 'Anna',
	familyName: 'Adams',
	middleName: 'A.',
	honorificPrefix: 'Dr.',
	honorificSuffix: 'III',
	nickName: 'Annie',
	title: 'Lead',
	preferredLanguage: 'de',
	timezone: 'Europe/Berlin',
	department: 'IT',
	organization: 'Northwind',
	enterpriseDepartment: 'Ops',
	enterpriseOrganization: 'North',
	externalId: 'hr-A',
	phoneNumbers: {
		phoneNumber: [
			{ value: '1', type: 'work', primary: true },
			{ value: '2', type: 'mobile', primary: false },
		],
	},
	customAttributes: { [CUSTOM]: { costCenter: '4711' }, [ENTERPRISE]: { division: 'D' } },
};
/** The same as the service wants it. */
const everythingInScim = {
	schemas: [CORE, ENTERPRISE, CUSTOM],
	userName: 'anna',
	emails: [{ value: 'anna@example.com', type: 'work', primary: true }],
	displayName: 'Anna',
	name: {
		formatted: 'Dr. Anna A. Adams III',
		givenName: 'Anna',
		familyName: 'Adams',
		middleName: 'A.',
		honorificPrefix: 'Dr.',
		honorificSuffix: 'III',
	},
	nickName: 'Annie',
	title: 'Lead',
	preferredLanguage: 'de',
	timezone: 'Europe/Berlin',
	department: 'IT',
	organization: 'Northwind',
	externalId: 'hr-A',
	phoneNumbers: [
		{ value: '1', type: 'work', primary: true },
		{ value: '2', type: 'mobile' },
	],
	[ENTERPRISE]: { department: 'Ops', organization: 'North', division: 'D' },
	[CUSTOM]: { costCenter: '4711' },
};

const contracts: Record<EndpointName, Contract> = {
	listUsers: {
		act: async (world) =>
			await runDirectory(world, 'user getMany', {
				returnAll: true,
				filters: { externalId: 'hr "x" \\' },
				options: { excludedAttributes: 'groups, name' },
			}),
		method: 'GET',
		path: () => '/Users',
		query: {
			startIndex: '1',
			count: '100',
			filter: 'externalId eq "hr \\"x\\" \\\\"',
			excludedAttributes: 'groups,name',
		},
	},
	createUser: {
		act: async (world) =>
			await runDirectory(world, 'user create', {
				userName: 'anna',
				email: 'anna@example.com',
				active: false,
				additionalFields: everything,
			}),
		method: 'POST',
		path: () => '/Users',
		body: () => ({ ...everythingInScim, active: false }),
	},
	getUser: {
		act: async (world) =>
			await runDirectory(world, 'user get', { ...user(world), options: { attributes: 'userName,active' } }),
		method: 'GET',
		path: ofUser,
		query: { attributes: 'userName,active' },
	},
	replaceUser: {
		act: async (world) =>
			await runDirectory(world, 'user replace', {
				...user(world),
				userName: 'anna',
				email: 'anna@example.com',
				additionalFields: everything,
			}),
		method: 'PUT',
		path: ofUser,
		body: () => ({ ...everythingInScim, active: true }),
	},
	updateUser: {
		act: async (world) =>
			await runDirectory(world, 'user update', {
				...user(world),
				updateFields: {
					title: 'Lead',
					nickName: '',
					givenName: 'Anna',
					enterpriseDepartment: 'Ops',
					email: 'new@example.com',
					phoneNumbers: {},
					customAttributes: { [CUSTOM]: { costCenter: '4711', badge: null } },
				},
				options: { emptyClears: true },
			}),
		method: 'PATCH',
		path: ofUser,
		body: () => ({
			schemas: PATCH,
			Operations: [
				{ op: 'replace', path: 'emails', value: [{ value: 'new@example.com', type: 'work', primary: true }] },
				{ op: 'replace', path: `${ENTERPRISE}:department`, value: 'Ops' },
				{ op: 'replace', path: 'name.givenName', value: 'Anna' },
				{ op: 'remove', path: 'nickName' },
				{ op: 'replace', path: 'title', value: 'Lead' },
				{ op: 'remove', path: 'phoneNumbers' },
				{ op: 'replace', path: `${CUSTOM}:costCenter`, value: '4711' },
				{ op: 'remove', path: `${CUSTOM}:badge` },
			],
		}),
	},
	deleteUser: {
		act: async (world) => await runDirectory(world, 'user delete', user(world)),
		method: 'DELETE',
		path: ofUser,
	},

	listGroups: {
		act: async (world) => await runDirectory(world, 'group getMany', { limit: 7, filters: { name: 'Statuspage "A"' } }),
		method: 'GET',
		path: () => '/Groups',
		query: { startIndex: '1', count: '7', filter: 'displayName eq "Statuspage \\"A\\""' },
	},
	createGroup: {
		act: async (world) => await runDirectory(world, 'group create', { name: 'New' }),
		method: 'POST',
		path: () => '/Groups',
		body: () => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'New' }),
	},
	getGroup: {
		act: async (world) => await runDirectory(world, 'group get', group(world)),
		method: 'GET',
		path: ofGroup,
	},
	updateGroup: {
		act: async (world) => await runDirectory(world, 'group addMembers', { ...group(world), userIds: outsider(world) }),
		method: 'PATCH',
		path: ofGroup,
		body: (world) => ({
			schemas: PATCH,
			Operations: [{ op: 'add', path: 'members', value: [{ value: outsider(world) }] }],
		}),
	},
	deleteGroup: {
		act: async (world) => await runDirectory(world, 'group delete', group(world)),
		method: 'DELETE',
		path: ofGroup,
	},

	getConfig: {
		act: async (world) => await runDirectory(world, 'directory getConfig'),
		method: 'GET',
		path: () => '/ServiceProviderConfig',
	},
	listResourceTypes: {
		act: async (world) => await runDirectory(world, 'directory getResourceTypes'),
		method: 'GET',
		path: () => '/ResourceTypes',
	},
	listSchemas: {
		act: async (world) => await runDirectory(world, 'directory getSchemas'),
		method: 'GET',
		path: () => '/Schemas',
	},
};

async function sent(method: string, path: string) {
	return (await simulator.log()).filter((entry) => entry.method === method && entry.path === path);
}

test.each(Object.keys(endpoints) as EndpointName[])('%s', async (name) => {
	const world = await directoryOf(simulator);
	const { act, method, path, query = {}, body } = contracts[name];
	await act(world);
	const [entry] = await sent(method, path(world));
	expect(entry).toMatchObject({ service: 'scim', authorization: `Bearer ${simulator.scimKey}` });
	expect(entry.query).toEqual(query);
	expect(entry.body ?? undefined).toEqual(body?.(world));
	expect(entry.contentType).toBe(body ? 'application/scim+json' : undefined);
	expect(await simulator.problems()).toEqual([]);
});

test('a removal names each member in its path, and never sends a path that would mean all', async () => {
	const world = await directoryOf(simulator);
	const [first, second] = world.groups[0].memberIds;
	await runDirectory(world, 'group removeMembers', { ...group(world), userIds: [first, second] });
	const [entry] = await sent('PATCH', ofGroup(world));
	expect((entry.body as { Operations: IDataObject[] }).Operations).toEqual([
		{ op: 'remove', path: `members[value eq "${first}"]` },
		{ op: 'remove', path: `members[value eq "${second}"]` },
	]);
});

describe('lists behind the fields', () => {
	test('search for the typed text first, and mark deactivated users', async () => {
		const { credential, users } = await directoryOf(simulator);
		const deactivated = users.find(({ attributes }) => !attributes.active);
		const { results } = await searchDirectory(credential, 'searchUsers', deactivated?.userName.toUpperCase());
		expect(results).toEqual([{ name: expect.stringMatching(/, deactivated$/), value: deactivated?.id }]);
		expect((await simulator.log()).map(({ query }) => query)).toEqual([
			{ startIndex: '1', count: '100', filter: `userName eq "${deactivated?.userName.toUpperCase()}"` },
		]);
	});

	test('otherwise look through the list, and go on with a token that is text', async () => {
		const { credential, users, groups } = await directoryOf(simulator);
		const first = await searchDirectory(credential, 'searchUsers');
		expect(first.results.map(({ value }) => value)).toEqual(users.slice(0, 100).map(({ id }) => id));
		expect(first.paginationToken).toBe('101');
		const second = await searchDirectory(credential, 'searchUsers', undefined, '201');
		expect(second).toEqual({ results: expect.any(Array) });
		expect(second.results).toHaveLength(users.length - 200);
		const found = await searchDirectory(credential, 'searchGroups', groups[0].displayName.slice(3));
		expect(found.results).toContainEqual({ name: groups[0].displayName, value: groups[0].id });
	});

	test('are cached for a minute', async () => {
		// A window of its own, with nothing kept from other tests.
		const credential = await directoryCredential(simulator, { rateWindowSeconds: 61 });
		await searchDirectory(credential, 'searchGroups');
		await searchDirectory(credential, 'searchGroups');
		expect(await simulator.log()).toHaveLength(1);
	});
});
