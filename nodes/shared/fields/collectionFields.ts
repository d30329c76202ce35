import type { Field } from './field';

/** The field 'Additional Fields'. `options` are sorted by label. */
export function additionalFieldsField(options: Field[], extra: Partial<Field> = {}): Field {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		...extra,
		options,
	};
}

/** The field 'Update Fields'. `options` are sorted by label. */
export function updateFieldsField(options: Field[], extra: Partial<Field> = {}): Field {
	return { ...additionalFieldsField(options, extra), displayName: 'Update Fields', name: 'updateFields' };
}
