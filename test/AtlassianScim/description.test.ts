import { AtlassianScimApi } from '../../credentials/AtlassianScimApi.credentials';
import { resources } from '../../nodes/AtlassianScim/actions';
import { endpoints } from '../../nodes/services/scim/endpoints';
import { AtlassianScim } from '../../nodes/AtlassianScim/AtlassianScim.node';
import { checkDescription } from '../support/descriptionChecks';

checkDescription({ node: new AtlassianScim(), resources, endpoints });

test('it uses only the credential of this package', () => {
	expect(new AtlassianScim().description.credentials).toEqual([{ name: new AtlassianScimApi().name, required: true }]);
});

const operationsOf = (name: string) => resources.find(({ value }) => value === name)?.operations ?? [];

test('groups have no rename, and Create says so', () => {
	expect(operationsOf('group').map(({ value }) => value)).not.toContain('update');
	expect(operationsOf('group').find(({ value }) => value === 'create')?.effects).toMatch(
		/doesn't allow groups to be renamed/,
	);
});

test('Delete says what happens to the account, and Replace warns that missing attributes are cleared', () => {
	const [remove, replace] = ['delete', 'replace'].map((name) =>
		operationsOf('user').find(({ value }) => value === name),
	);
	expect(remove?.description).toMatch(/account is deactivated and unlinked/);
	expect(remove?.effects).toMatch(/^This can't be undone/);
	expect(remove?.warning).toMatch(/can't be undone/);
	expect(replace?.warning).toMatch(/not set here are cleared/);
});

test('the group field says that default groups cannot be managed', () => {
	for (const { fields } of operationsOf('group')) {
		for (const { name, description } of fields)
			if (name === 'groupId') expect(description).toMatch(/org-admins can't be managed/);
	}
});
