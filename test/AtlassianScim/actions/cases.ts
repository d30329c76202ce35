import type { IDataObject } from 'n8n-workflow';
import type { DirectoryWorld } from '../../support/directory';
import type { Credential } from '../../support/engine';
import type { SimulatedDirectory } from '../../support/simulator';

/** Parameters of a run, its output, and the directory afterwards. */
export interface Case {
	/** Added to the credential. */
	credential?: Credential;
	parameters?: (world: DirectoryWorld) => IDataObject;
	output: (rows: IDataObject[], world: DirectoryWorld) => void;
	after?: (directory: SimulatedDirectory, world: DirectoryWorld) => void;
}

const DAY_MS = 86_400_000;
export const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const has = (fields: IDataObject) => (rows: IDataObject[]) => {
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject(fields);
};
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CUSTOM = 'urn:example:params:scim:schemas:extension:hr:1.0:User';
const userNamed = (directory: SimulatedDirectory, name: string) =>
	Object.values(directory.users).find(({ attributes }) => attributes.userName === name);
/** A user who is not deactivated at first. */
const activeUser = ({ users }: DirectoryWorld) => users.filter(({ attributes }) => attributes.active)[1];

/** The usual case of every operation. */
export const cases: Record<string, Case> = {
	'directory getConfig': {
		credential: { expiresOn: new Date(Date.now() + 100.5 * DAY_MS).toISOString() },
		output: (rows) =>
			has({ patch: { supported: true }, keyDaysLeft: 100, keyExpiresOn: expect.any(String) as unknown as string })(
				rows,
			),
	},
	'directory getResourceTypes': {
		output: (rows) => expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['User', 'Group'])),
	},
	'directory getSchemas': {
		output: (rows) => expect(rows.map(({ id }) => id)).toContain('urn:ietf:params:scim:schemas:core:2.0:User'),
	},
	'group addMembers': {
		parameters: ({ groups, users }) => ({
			groupId: by('name', groups[0].displayName.toUpperCase()),
			userIds: [users[0].email.toUpperCase(), ...users.slice(1, 3).map(({ id }) => id)],
		}),
		output: (rows, { groups, users }) => {
			const [{ groupId, added, alreadyThere }] = rows as Array<{
				groupId: string;
				added: string[];
				alreadyThere: string[];
			}>;
			expect(groupId).toBe(groups[0].id);
			expect([...added, ...alreadyThere].sort()).toEqual(
				[users[0].email.toUpperCase(), users[1].id, users[2].id].sort(),
			);
		},
		after: (directory, { groups, users }) =>
			expect(directory.groups[groups[0].id].memberIds).toEqual(
				expect.arrayContaining(users.slice(0, 3).map(({ id }) => id)),
			),
	},
	'group create': {
		parameters: () => ({ name: 'Statuspage New "Group"' }),
		output: has({ displayName: 'Statuspage New "Group"' }),
		after: (directory) =>
			expect(Object.values(directory.groups).map(({ displayName }) => displayName)).toContain('Statuspage New "Group"'),
	},
	'group delete': {
		parameters: ({ groups }) => ({ groupId: by('name', groups[0].displayName) }),
		output: (rows, { groups }) => has({ deleted: true, id: groups[0].id })(rows),
		after: (directory, { groups }) => expect(directory.groups).not.toHaveProperty(groups[0].id),
	},
	'group get': {
		parameters: ({ groups }) => ({ groupId: by('id', groups[0].id) }),
		output: (rows, { groups }) => {
			has({ id: groups[0].id, displayName: groups[0].displayName })(rows);
			expect((rows[0].members as Array<{ value: string }>).map(({ value }) => value)).toEqual(groups[0].memberIds);
		},
	},
	'group getMany': {
		parameters: () => ({ returnAll: true }),
		output: (rows, { groups, directory }) => {
			expect(rows).toHaveLength(Object.keys(directory.groups).length);
			expect(rows).toContainEqual({
				id: groups[0].id,
				displayName: groups[0].displayName,
				memberCount: groups[0].memberIds.length,
			});
		},
	},
	'group removeMembers': {
		parameters: ({ groups }) => ({
			groupId: by('id', groups[0].id),
			userIds: groups[0].memberIds.slice(0, 2).join(', '),
		}),
		output: (rows, { groups }) =>
			has({ groupId: groups[0].id, removed: groups[0].memberIds.slice(0, 2), notThere: [] })(rows),
		after: (directory, { groups }) =>
			expect(directory.groups[groups[0].id].memberIds).toEqual(groups[0].memberIds.slice(2)),
	},
	'user create': {
		parameters: () => ({
			userName: 'new.person',
			email: 'new.person@example.com',
			additionalFields: {
				givenName: 'New',
				familyName: 'Person',
				formattedName: 'Dr. New P. Person III',
				middleName: 'P.',
				honorificPrefix: 'Dr.',
				honorificSuffix: 'III',
				displayName: 'New Person',
				nickName: 'Newbie',
				title: 'Engineer',
				preferredLanguage: 'en-US',
				timezone: 'Europe/Berlin',
				department: 'IT',
				organization: 'Northwind',
				enterpriseDepartment: 'IT',
				enterpriseOrganization: 'Northwind',
				externalId: 'hr-New',
				phoneNumbers: {
					phoneNumber: [
						{ value: '+49 30 1', type: 'work', primary: true },
						{ value: '+49 170 1', type: 'mobile' },
					],
				},
				customAttributes: `{ "${CUSTOM}": { "costCenter": "4711" } }`,
			},
		}),
		output: (rows) => {
			has({
				userName: 'new.person',
				active: true,
				name: { givenName: 'New' },
				[ENTERPRISE]: { department: 'IT' },
				[CUSTOM]: { costCenter: '4711' },
			})(rows);
			expect(rows[0].atlassianAccountId).toEqual(expect.any(String));
		},
		after: (directory) =>
			expect(userNamed(directory, 'new.person')).toMatchObject({
				attributes: { externalId: 'hr-New', title: 'Engineer', timezone: 'Europe/Berlin' },
			}),
	},
	'user deactivate': {
		parameters: (world) => ({ userId: by('email', activeUser(world).email.toUpperCase()) }),
		output: (rows, world) =>
			has({ id: activeUser(world).id, active: false, atlassianAccountId: activeUser(world).accountId })(rows),
		after: ({ users, accounts }, world) => {
			expect(users[activeUser(world).id].attributes.active).toBe(false);
			expect(accounts[activeUser(world).email]).toMatchObject({ active: false });
		},
	},
	'user delete': {
		parameters: ({ users }) => ({ userId: by('externalId', String(users[3].attributes.externalId)) }),
		output: (rows, { users }) => has({ deleted: true, id: users[3].id })(rows),
		after: ({ users, accounts }, world) => {
			expect(users).not.toHaveProperty(world.users[3].id);
			expect(accounts[world.users[3].email]).toMatchObject({ active: false, userId: null });
		},
	},
	'user get': {
		parameters: ({ users }) => ({ userId: by('userName', users[2].userName.toUpperCase()) }),
		output: (rows, { users }) => {
			has({
				id: users[2].id,
				userName: users[2].userName,
				email: users[2].email,
				atlassianAccountId: users[2].accountId,
			})(rows);
			expect(Object.keys(rows[0]).length).toBeLessThanOrEqual(10);
		},
	},
	'user getMany': {
		parameters: () => ({ returnAll: true }),
		output: (rows, { users }) => expect(rows.map(({ id }) => id)).toEqual(users.map(({ id }) => id)),
	},
	'user reactivate': {
		parameters: ({ users }) => ({ userId: by('id', users.find(({ attributes }) => !attributes.active)?.id ?? '') }),
		output: (rows) => has({ active: true })(rows),
		after: (directory, { users }) =>
			expect(directory.users[users.find(({ attributes }) => !attributes.active)?.id ?? ''].attributes.active).toBe(
				true,
			),
	},
	'user replace': {
		parameters: ({ users }) => ({
			userId: by('id', users[1].id),
			userName: users[1].userName,
			email: users[1].email,
			active: true,
			additionalFields: { displayName: 'Only This' },
		}),
		output: (rows, { users }) => has({ id: users[1].id, displayName: 'Only This' })(rows),
		after: (directory, { users }) => {
			const { attributes } = directory.users[users[1].id];
			expect([attributes.displayName, attributes.title, attributes.externalId]).toEqual([
				'Only This',
				undefined,
				undefined,
			]);
		},
	},
	'user update': {
		parameters: ({ users }) => ({
			userId: by('id', users[1].id),
			updateFields: {
				title: 'Lead',
				givenName: 'Anna',
				enterpriseDepartment: 'Ops',
				externalId: '',
				customAttributes: { [CUSTOM]: { costCenter: '4712' } },
			},
		}),
		output: (rows, { users }) => has({ id: users[1].id, title: 'Lead', [ENTERPRISE]: { department: 'Ops' } })(rows),
		after: (directory, { users }) => {
			const { attributes, extensions } = directory.users[users[1].id];
			expect([attributes.title, attributes.externalId, attributes.userName]).toEqual([
				'Lead',
				undefined,
				users[1].userName,
			]);
			expect(attributes.name).toMatchObject({
				givenName: 'Anna',
				familyName: (users[1].attributes.name as IDataObject).familyName,
			});
			expect(extensions[CUSTOM]).toEqual({ costCenter: '4712' });
		},
	},
};
