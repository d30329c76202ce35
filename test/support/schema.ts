/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

/** The part of JSON Schema that n8n uses to preview a node's output. */
interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

function schemaOf(value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? schemaOf(value[0]) : { type: 'string' } };
	if (typeof value === 'object' && value !== null) {
		return {
			type: 'object',
			properties: Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, schemaOf(entry)])),
		};
	}
	// Fields that are null in the simulator can be text in a real page.
	return { type: value === null || value === undefined ? 'string' : typeof value };
}

/** Creates the schema of an operation's output for n8n's editor. */
function outputSchema(rows: IDataObject[]): Schema {
	return { ...schemaOf(Object.assign({}, ...rows)), version: 1 };
}

/**
 * Expects that an operation's file in __schema__ matches its output. n8n's editor shows the file as a preview before the first run. For
 * an empty list, the item type is taken from the file. If WRITE_SCHEMAS is set, the file is written instead.
 *
 * @param name "resource operation"
 */
export function requirePreview(node: string, name: string, rows: IDataObject[]): void {
	const [resource, operation] = name.split(' ');
	const path = join(__dirname, `../../nodes/${node}/__schema__/v1.0.0`, resource, `${operation}.json`);
	const seen = outputSchema(rows);
	if (process.env.WRITE_SCHEMAS) {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, `${JSON.stringify(seen, null, '\t')}\n`);
	}
	const committed = JSON.parse(readFileSync(path, 'utf8')) as Schema;
	expect(Object.keys(committed.properties ?? {}).sort()).toEqual(
		expect.arrayContaining(Object.keys(seen.properties ?? {}).sort()),
	);
	for (const [field, schema] of Object.entries(seen.properties ?? {}))
		expect([field, committed.properties?.[field].type]).toEqual([field, schema.type]);
}
