import { containsName } from '../client/matching';
import type { Values } from '../operations/values';
import type { Field } from './field';

/**
 * The filter 'Name' of a list that the service does not filter by name.
 *
 * @param objects their kind, e.g. "metrics"
 * @param example a part of a name
 */
export function nameFilter(objects: string, example: string): Field {
	return {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		placeholder: `e.g. ${example}`,
		default: '',
		description: `Only return ${objects} whose name contains this text. The whole list is read for that.`,
	};
}

/** True for objects that match the filter 'Name'. Undefined if it is not set, since the list then needs no check. */
export function matchesNameFilter(filters: Values): ((row: { name: string }) => boolean) | undefined {
	const name = filters.optionalText('name');
	return name === undefined ? undefined : (row) => containsName(row.name, name);
}
