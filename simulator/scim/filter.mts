import { refused } from './errors.mts';

const COMPARISON = /^\s*(\w+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/;

/**
 * One comparison: the service takes no more. It is not parsed by scimmy, whose filter ends a text at the first quote, escaped or not,
 * and leaves backslashes in it.
 *
 * @param names of the attributes that may be compared, as documented
 */
export function comparison<Name extends string>(filter: string, names: readonly Name[]): { name: Name; value: string } {
	const [, found, text = ''] = COMPARISON.exec(filter) ?? [];
	const name = names.find((candidate) => candidate === found);
	if (!name) throw refused('invalidFilter', `Filter must be one 'eq' comparison of ${names.join(' or ')} with a text`);
	try {
		return { name, value: JSON.parse(text) as string };
	} catch {
		throw refused('invalidFilter', 'Filter has a text with an unknown escape');
	}
}
