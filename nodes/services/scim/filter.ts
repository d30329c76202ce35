/** What a list can be filtered by: Atlassian takes one comparison for equality, and nothing else. */
export type FilterAttribute = 'userName' | 'externalId' | 'displayName';

/** One comparison. The value is a JSON string (RFC 7644, 3.4.2.2), so that quotes and backslashes in it arrive as meant. */
export function equals(attribute: FilterAttribute, value: string): string {
	return `${attribute} eq ${JSON.stringify(value)}`;
}
