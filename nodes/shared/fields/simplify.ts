import type { IDataObject } from 'n8n-workflow';
import type { Values } from '../operations/values';
import type { Field } from './field';

/** n8n expects this field where an answer has more than ten fields. */
export const simplifyField: Field = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Off by default, for operations that got Simplify later. The output of existing workflows stays the same. */
export const optionalSimplifyField: Field = { ...simplifyField, default: false };

/** The object with only these fields. Fields that it doesn't have are left out. */
export function onlyFields(object: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(fields.filter((field) => field in object).map((field) => [field, object[field]]));
}

/** The object, with only these fields if 'Simplify' is on. */
export function simplified(values: Values, object: IDataObject, fields: readonly string[]): IDataObject {
	return values.flag('simplify', true) ? onlyFields(object, fields) : object;
}
