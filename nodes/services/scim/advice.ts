import type { IDataObject } from 'n8n-workflow';
import type { Rejection } from '../../shared/http/connection';

/** What to do about a status, in Atlassian's terms. */
const BY_STATUS: Record<number, string> = {
	401: 'The API key is wrong, belongs to another directory, was regenerated, or has expired: keys live a year, and nobody is told. The API key of the organization does not work here. Check the credential',
	403: 'The key may not do this. Default groups such as org-admins cannot be managed from here',
	409: 'There is such an object already: find it with Get, and change that one',
	413: 'This is more than Atlassian takes at once',
	429: 'or run fewer workflows with this key at the same time',
};

/** What to do about an error that SCIM has a word for (RFC 7644, 3.12). */
const BY_TYPE: Record<string, string> = {
	invalidFilter: 'Atlassian filters by one value that must be equal: users by user name or external ID, groups by name',
	tooMany: 'Ask for less at once',
	uniqueness:
		'A user name, an e-mail and a group name can be there only once: find the object that has it with Get, and change that one',
	mutability:
		'Atlassian does not let this be changed. A group keeps its name: create another group, add the members, and delete the old one',
	invalidSyntax: 'Check the fields of this operation',
	invalidPath: 'Atlassian does not know this attribute: check the names in Custom Attributes',
	noTarget: 'What was to be changed is not there',
	invalidValue: 'Check the field that the message names',
	sensitive: 'This must not stand in an address',
};

export function advise({ status, subject, body }: Rejection): string | undefined {
	if (status === 404)
		return `Check the ID of the ${subject}, which is the directory's own and not that of the Atlassian account, and the Directory ID of the credential`;
	const type = typeof body === 'object' && body !== null ? String((body as IDataObject).scimType ?? '') : '';
	return BY_TYPE[type] ?? BY_STATUS[status];
}
