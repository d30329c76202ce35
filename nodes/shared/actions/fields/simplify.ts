import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Input } from '../input';

/** For answers with more than ten fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The row, or only these fields of it where Simplify is on. */
export function simplified<R extends IDataObject>(input: Input, row: R, fields: readonly string[]): IDataObject {
	if (!input.flag('simplify', true)) return row;
	return Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, row[field]]));
}
