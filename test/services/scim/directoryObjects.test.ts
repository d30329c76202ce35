import { accountIdOf, asItem, emailOf, type User } from '../../../nodes/services/scim/directoryObjects';

const user = (extra: object): User => ({ id: '1', userName: 'anna', ...extra }) as User;
const extension = (version: string) => `urn:scim:schemas:extension:atlassian-external:${version}`;

test.each(['1.0', '1.1', '2.0'])('the account ID is found in version %s of the extension', (version) => {
	expect(accountIdOf(user({ [extension(version)]: { atlassianAccountId: '712020:abc' } }))).toBe('712020:abc');
});

test('the newest of several versions is used, and without one there is no account ID', () => {
	expect(
		accountIdOf(
			user({ [extension('2.0')]: { atlassianAccountId: 'new' }, [extension('1.0')]: { atlassianAccountId: 'old' } }),
		),
	).toBe('new');
	expect(accountIdOf(user({ [extension('1.0')]: null }))).toBeUndefined();
	expect(asItem(user({}))).toEqual({ id: '1', atlassianAccountId: null, userName: 'anna' });
});

test('the primary email is used', () => {
	expect(
		emailOf(user({ emails: [{ value: 'other@example.com' }, { value: 'anna@example.com', primary: true }] })),
	).toBe('anna@example.com');
	expect(emailOf(user({ emails: [{ value: 'only@example.com' }] }))).toBe('only@example.com');
	expect(emailOf(user({}))).toBeUndefined();
});
