/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { AtlassianScim } from '../nodes/AtlassianScim/AtlassianScim.node';
import { Statuspage } from '../nodes/Statuspage/Statuspage.node';

const FOLDER = join(__dirname, '..', 'examples');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
/** The nodes of the package, by the part of the type that follows its name. */
const PROPERTIES: Record<string, INodeProperties[]> = {
	atlassianScim: new AtlassianScim().description.properties,
	statuspage: new Statuspage().description.properties,
};

interface Example {
	name: string;
	nodes: Array<{ name: string; type: string; parameters: Record<string, unknown>; credentials?: unknown }>;
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;

function fieldsOf(type: string, { resource, operation }: Record<string, unknown>): INodeProperties[] {
	return PROPERTIES[type.replace(/^n8n-nodes-statuspage\.|Tool$/g, '')].filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return (!resources || resources.includes(String(resource))) && (!operations || operations.includes(String(operation)));
	});
}

describe.each(files)('%s', (file) => {
	const { nodes, connections } = read(file);
	const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-statuspage.'));

	test('says what it is for, and is named in the README', () => {
		expect(nodes.some(({ type, parameters }) => type.endsWith('.stickyNote') && String(parameters.content).startsWith('## '))).toBe(true);
		expect(readFileSync(join(__dirname, '..', 'README.md'), 'utf8')).toContain(`](examples/${file})`);
	});

	test('holds no credential', () => expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]));

	test('connects nodes that exist', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, kinds] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const { node } of Object.values(kinds).flat(2)) expect(names).toContain(node);
		}
	});

	test('refers to nodes that exist', () => {
		const names = nodes.map(({ name }) => name);
		for (const [, name] of JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)) expect(names).toContain(name);
	});

	test('names operations, parameters and options that exist', () => {
		for (const { type, parameters } of ours) {
			const fields = fieldsOf(type, parameters);
			const { resource, operation } = parameters;
			const operations = fields.find(({ name }) => name === 'operation')?.options as Array<{ value: string }>;
			expect([resource, operations.map(({ value }) => value)]).toEqual([resource, expect.arrayContaining([operation])]);
			for (const [name, value] of Object.entries(parameters)) {
				if (['descriptionType', 'toolDescription'].includes(name)) continue;
				const field = fields.find((entry) => entry.name === name);
				expect([name, field?.name]).toEqual([name, name]);
				if (field?.type !== 'collection') continue;
				const known = (field.options as INodeProperties[]).map((option) => option.name);
				for (const option of Object.keys(value as object)) expect(known).toContain(option);
			}
		}
	});
});
