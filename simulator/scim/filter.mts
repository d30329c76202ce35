import { badRequest } from './errors.mts';

const COMPARISON = /^\s*(\w+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/;

/**
 * Parses a filter with one comparison, which is all that the service supports. scimmy's parser doesn't handle escaped quotes and
 * backslashes.
 *
 * @param names attributes that can be compared, as documented
 * @throws an invalidFilter error for any other filter
 */
export function parseComparison<Name extends string>(
	filter: string,
	names: readonly Name[],
): { name: Name; value: string } {
	const [, found, text = ''] = COMPARISON.exec(filter) ?? [];
	const name = names.find((candidate) => candidate === found);
	if (!name)
		throw badRequest('invalidFilter', `Filter must be one 'eq' comparison of ${names.join(' or ')} with a text`);
	try {
		return { name, value: JSON.parse(text) as string };
	} catch {
		throw badRequest('invalidFilter', 'Filter has a text with an unknown escape');
	}
}
