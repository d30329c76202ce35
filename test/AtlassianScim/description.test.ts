import { AtlassianScimApi } from '../../credentials/AtlassianScimApi.credentials';
import { resources } from '../../nodes/AtlassianScim/actions';
import { endpoints } from '../../nodes/services/scim/endpoints';
import { AtlassianScim } from '../../nodes/AtlassianScim/AtlassianScim.node';
import { checkDescription } from '../support/descriptionChecks';

checkDescription({ node: new AtlassianScim(), resources, endpoints });

test('it works with the credential of this package, and with no other', () => {
	expect(new AtlassianScim().description.credentials).toEqual([{ name: new AtlassianScimApi().name, required: true }]);
});

const operationsOf = (name: string) => resources.find(({ value }) => value === name)?.operations ?? [];

test('groups have no rename, and the text says why', () => {
	expect(operationsOf('group').map(({ value }) => value)).not.toContain('update');
	expect(operationsOf('group').find(({ value }) => value === 'create')?.description).toMatch(
		/does not let it be changed/,
	);
});

test('a deletion says what it does to the account, and a replacement that it clears what is left out', () => {
	const [remove, replace] = ['delete', 'replace'].map((name) =>
		operationsOf('user').find(({ value }) => value === name),
	);
	expect(remove?.description).toMatch(/^.{0,60}deactivate the Atlassian account and unlink it\. Cannot be undone/);
	expect(replace?.fields[0]).toMatchObject({
		type: 'notice',
		displayName: expect.stringMatching(/left out here is cleared/),
	});
});

test('texts say that default groups cannot be managed', () => {
	for (const { fields } of operationsOf('group')) {
		for (const { name, description } of fields)
			if (name === 'groupId') expect(description).toMatch(/org-admins cannot be managed/);
	}
});
