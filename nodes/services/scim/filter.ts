/** Attributes that lists can be filtered by. Atlassian only supports a single `eq` comparison. */
export type FilterAttribute = 'userName' | 'externalId' | 'displayName';

/** A SCIM filter. The value is a JSON string, which escapes quotes and backslashes (RFC 7644, 3.4.2.2). */
export function equals(attribute: FilterAttribute, value: string): string {
	return `${attribute} eq ${JSON.stringify(value)}`;
}
