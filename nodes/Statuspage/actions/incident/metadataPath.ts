import type { Field } from '../../../shared/fields/field';
import type { StatuspageInput } from '../statuspageInput';

/** The name of an object in metadata, and of a value in it. */
export type MetadataPath = readonly [group: string, key: string];

/** The object for a key without one. Statuspage accepts no values outside objects. */
const DEFAULT_GROUP = 'data';

export const metadataKeyField: Field = {
	displayName: 'Metadata Key',
	name: 'metadataKey',
	type: 'string',
	default: 'data.alert',
	required: true,
	placeholder: 'e.g. data.alert',
	description:
		'Name of the metadata value that identifies the incident, as object.name. A name without an object belongs to the object "data".',
};

/** @throws Failure unless the key is a name, or an object and a name */
export function metadataPath(input: StatuspageInput): MetadataPath {
	const parts = input.values.text('metadataKey').split('.');
	if (parts.length > 2 || parts.some((part) => part.trim() === ''))
		throw input.invalid('metadataKey', 'must be a name such as "alert", or an object and a name such as "data.alert"');
	const [first, second] = parts.map((part) => part.trim());
	return second === undefined ? [DEFAULT_GROUP, first] : [first, second];
}
