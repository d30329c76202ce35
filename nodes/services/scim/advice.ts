import type { IDataObject } from 'n8n-workflow';
import type { Rejection } from '../../shared/http/connection';

/** What to do about a status, in Atlassian's terms. */
const BY_STATUS: Record<number, string> = {
	401: "It may be mistyped, regenerated or expired (keys are valid for one year), or belong to another directory. An organization's API key doesn't work here. Check the credential",
	403: "The API key has no permission for this. Default groups such as org-admins can't be managed here",
	409: "An object like this already exists. Find it with 'Get' and change it",
	413: 'This is more than Atlassian accepts in one request',
	429: 'or run fewer workflows with this key at the same time',
};

/** What to do about an error that SCIM has a word for (RFC 7644, 3.12). */
const BY_TYPE: Record<string, string> = {
	invalidFilter: 'Atlassian supports filters by exact value only: users by user name or external ID, groups by name',
	tooMany: 'Request fewer objects at once',
	uniqueness: "User names, emails and group names must be unique. Find the existing object with 'Get' and change it",
	mutability:
		"Atlassian doesn't allow this change. Groups can't be renamed: create another group, add the members and delete the old one",
	invalidSyntax: 'Check the fields of this operation',
	invalidPath: "Atlassian doesn't support this attribute. Check the names in 'Custom Attributes'",
	noTarget: "The value to change doesn't exist",
	invalidValue: 'Check the field that the message names',
	sensitive: 'This must not be part of a URL',
};

export function advise({ status, subject, body }: Rejection): string | undefined {
	if (status === 404)
		return `Check the ID of the ${subject} and the Directory ID of the credential. IDs in the directory differ from Atlassian account IDs`;
	const type = typeof body === 'object' && body !== null ? String((body as IDataObject).scimType ?? '') : '';
	return BY_TYPE[type] ?? BY_STATUS[status];
}
