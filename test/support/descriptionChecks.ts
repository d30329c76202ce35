import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import type { Operation, Resource } from '../../nodes/shared/operations/operation';
import { usesOf } from '../../nodes/shared/operations/uses';
import type { Endpoint } from '../../nodes/shared/client/endpoint';

export interface CheckedNode {
	node: INodeType;
	resources: ReadonlyArray<{ name: string; value: string; operations: readonly unknown[] }>;
	endpoints: Record<string, Endpoint>;
}

function fieldsIn(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((field) => {
		const inner = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return (option as INodePropertyCollection).values;
			return 'displayName' in option ? [option as INodeProperties] : [];
		});
		return [field, ...fieldsIn(inner)];
	});
}

export const names = (list: ReadonlyArray<{ name: string }>) => list.map(({ name }) => name);
const sorted = (list: string[]) => [...list].sort((a, b) => a.localeCompare(b));

/** Tests for a node's description that n8n's lint rules can't check, because the dropdowns are generated. */
export function checkDescription({ node, resources: given, endpoints }: CheckedNode): void {
	const { properties } = node.description;
	const resources = given as readonly Resource[];
	const operations = resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
	const named = operations.map(
		({ resource, operation }) => [`${resource.value} ${operation.value}`, operation] as [string, Operation],
	);

	test('resources and operations are unique and sorted by label', () => {
		expect(names(resources)).toEqual(sorted(names(resources)));
		for (const resource of resources) {
			expect(names(resource.operations)).toEqual(sorted(names(resource.operations)));
			const values = resource.operations.map(({ value }) => value);
			expect(new Set(values).size).toBe(values.length);
		}
		expect(new Set(operations.map(({ operation }) => operation.action)).size).toBe(operations.length);
	});

	describe.each(named)('%s', (_, operation) => {
		test('has texts that follow the guidelines of n8n', () => {
			const { name, action, description, effects = '', warning = '', value, isReadOnly } = operation;
			expect(name).toMatch(/^[A-Z]/);
			expect(action).toMatch(/^[A-Z][^A-Z]*$/);
			expect(action).not.toMatch(/\b(a|an|the)\b|undone|permanent|takes/i);
			expect(description).toMatch(/^[A-Z].*[^\s.]$/);
			expect(description.length).toBeLessThanOrEqual(120);
			// AI agents and readers of the documentation don't see the notices on the screen.
			if (!isReadOnly) expect(effects).toMatch(/notif|email/i);
			if (effects) expect(effects).toMatch(/^[A-Z].*\.$/);
			if (/^(delete|replace)/.test(value)) expect(warning).toMatch(/^[A-Z].*\.$/);
			expect(warning.length).toBeLessThanOrEqual(140);
		});

		test('has sorted fields with descriptions and unique names', () => {
			for (const field of fieldsIn(operation.fields)) {
				if (field.type === 'notice') continue;
				expect([field.name, field.description ?? '']).not.toEqual([
					field.name,
					field.type === 'collection' ? null : '',
				]);
				if (field.type === 'boolean') expect(field.description).toMatch(/^Whether /);
				if (field.type === 'collection') {
					const shown = (field.options as INodeProperties[]).map(({ displayName }) => displayName);
					expect(shown).toEqual(sorted(shown));
				}
				if (field.type === 'options' && !field.typeOptions?.loadOptionsMethod) {
					const shown = names(field.options as INodePropertyOptions[]);
					expect(shown).toEqual(sorted(shown));
				}
			}
			const own = names(operation.fields);
			expect(new Set(own).size).toBe(own.length);
		});

		test('only uses existing API operations and methods of the node', () => {
			for (const endpoint of usesOf(operation, endpoints)) expect(endpoints).toHaveProperty(endpoint);
			const { listSearch, loadOptions } = node.methods ?? {};
			for (const { modes, typeOptions } of fieldsIn(operation.fields)) {
				for (const mode of modes ?? []) {
					const method = mode.typeOptions?.searchListMethod;
					if (method) expect(listSearch).toHaveProperty(method);
				}
				if (typeOptions?.loadOptionsMethod) expect(loadOptions).toHaveProperty(typeOptions.loadOptionsMethod);
			}
		});
	});

	test('every API operation is used', () => {
		const used = new Set(operations.flatMap(({ operation }) => usesOf(operation as Operation, endpoints)));
		expect(sorted([...used])).toEqual(sorted(Object.keys(endpoints)));
	});

	test('each field of a resource appears once, for exactly the operations that have it', () => {
		const shown = properties.filter(({ name }) => !['resource', 'operation', 'toolDescription'].includes(name));
		const keys = shown.map(({ displayOptions, ...field }) => {
			const { resource, operation, ...own } = displayOptions?.show ?? {};
			expect(operation).toEqual(expect.any(Array));
			return JSON.stringify([resource, own, field]);
		});
		const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
		expect(repeated).toEqual([]);
		for (const { resource, operation } of operations) {
			const { value, fields, warning } = operation as Operation;
			const own = shown.filter(
				({ displayOptions: { show } = {} }) =>
					show?.resource?.includes(resource.value) && show.operation?.includes(value),
			);
			// In the order of the operation.
			expect([value, names(own)]).toEqual([value, [...(warning ? ['warningNotice'] : []), ...names(fields)]]);
		}
	});

	test('the description for AI agents explains each operation and its effects', () => {
		const texts = properties.filter(({ name }) => name === 'toolDescription');
		expect(texts).toHaveLength(operations.length);
		for (const { resource, operation } of operations) {
			const { value, description, effects = '' } = operation as Operation;
			const show = { '@tool': [true], resource: [resource.value], operation: [value] };
			const found = texts.find(({ displayOptions }) => JSON.stringify(displayOptions?.show) === JSON.stringify(show));
			for (const part of [node.description.displayName, description.replace(/\.$/, ''), effects.replace(/\.$/, '')])
				expect(found?.default).toContain(part);
		}
	});

	test('the description is small', () => {
		const withoutTools = properties.filter(({ name }) => name !== 'toolDescription');
		expect(withoutTools.length).toBeLessThanOrEqual(260);
		expect(JSON.stringify(withoutTools).length).toBeLessThanOrEqual(200_000);
	});

	test('the node can be an AI tool, has icons for light and dark mode, and has one credential', () => {
		const { usableAsTool, icon, credentials } = node.description;
		expect(usableAsTool).toBe(true);
		expect(icon).toEqual({
			light: expect.stringMatching(/^file:.*svg$/),
			dark: expect.stringMatching(/^file:.*dark\.svg$/),
		});
		expect(credentials).toHaveLength(1);
	});
}
