import type { IDataObject } from 'n8n-workflow';

/** The part of JSON schema that n8n shows as a preview of a node's output. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

function schemaOf(value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? schemaOf(value[0]) : { type: 'string' } };
	if (typeof value === 'object' && value !== null) {
		return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, schemaOf(entry)])) };
	}
	// What is null on the simulator's page is a text elsewhere.
	return { type: value === null || value === undefined ? 'string' : typeof value };
}

/** The schema of an operation's output, as n8n's editor reads it. */
export function outputSchema(rows: IDataObject[]): Schema {
	return { ...schemaOf(Object.assign({}, ...rows)), version: 1 };
}
