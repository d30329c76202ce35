import type { IDataObject } from 'n8n-workflow';
import type { Values } from '../operations/values';
import type { Field } from './field';

/** For answers with more than ten fields. */
export const simplifyField: Field = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Off by default, for operations that had no Simplify at first: the output of existing workflows stays the same. */
export const optionalSimplifyField: Field = { ...simplifyField, default: false };

/** These fields of the row, as far as it has them. */
export function onlyFields(row: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, row[field]]));
}

/** The row, or only these fields of it where Simplify is on. */
export function simplified(values: Values, row: IDataObject, fields: readonly string[]): IDataObject {
	return values.flag('simplify', true) ? onlyFields(row, fields) : row;
}
