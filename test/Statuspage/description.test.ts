import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { resources } from '../../nodes/Statuspage/actions';
import { endpoints } from '../../nodes/Statuspage/api/endpoints';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';

/** What the lint cannot see, because the dropdowns are derived. */
const { properties } = new Statuspage().description;
const operations = resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
const named = operations.map(({ resource, operation }) => [`${resource.value} ${operation.value}`, { resource, operation }] as const);

function fieldsIn(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((field) => {
		const inner = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return (option as INodePropertyCollection).values;
			return 'displayName' in option ? [option as INodeProperties] : [];
		});
		return [field, ...fieldsIn(inner)];
	});
}

const names = (list: ReadonlyArray<{ name: string }>) => list.map(({ name }) => name);
const sorted = (list: string[]) => [...list].sort((a, b) => a.localeCompare(b));

test('resources and operations are sorted by what the screen shows, and unique', () => {
	expect(names(resources)).toEqual(sorted(names(resources)));
	for (const resource of resources) {
		expect(names(resource.operations)).toEqual(sorted(names(resource.operations)));
		const values = resource.operations.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
	}
	expect(new Set(operations.map(({ operation }) => operation.action)).size).toBe(operations.length);
});

describe.each(named)('%s', (_, { operation }) => {
	test('has texts as n8n wants them', () => {
		const { name, action, description, value } = operation;
		expect(name).toMatch(/^[A-Z]/);
		expect(action).toMatch(/^[A-Z][^A-Z]*$/);
		expect(action).not.toMatch(/\b(a|an|the)\b/i);
		expect(description).toMatch(/\S$/);
		if (/^(delete|remove|replace)/.test(value)) {
			// An AI agent sees little else.
			expect(action).toMatch(/cannot be undone|takes (access|all others|every page|away)|takes away/);
			expect(description).toMatch(/undone/);
		}
	});

	test('has fields that are sorted, described and named once', () => {
		for (const field of fieldsIn(operation.fields)) {
			if (field.type === 'notice') continue;
			expect([field.name, field.description ?? '']).not.toEqual([field.name, field.type === 'collection' ? null : '']);
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

	test('uses API operations that exist, and methods that the node has', () => {
		for (const endpoint of operation.uses) expect(endpoints).toHaveProperty(endpoint);
		const { listSearch, loadOptions } = new Statuspage().methods;
		for (const { modes, typeOptions } of fieldsIn(operation.fields)) {
			for (const mode of modes ?? []) {
				const method = mode.typeOptions?.searchListMethod;
				if (method) expect(listSearch).toHaveProperty(method);
			}
			if (typeOptions?.loadOptionsMethod) expect(loadOptions).toHaveProperty(typeOptions.loadOptionsMethod);
		}
	});
});

test('every operation that writes viewers or what they may see carries the notice', () => {
	const writes = operations.filter(({ operation: { uses } }) =>
		uses.some((name) => endpoints[name].method !== 'GET' && /page_access/.test(endpoints[name].path)),
	);
	expect(writes.length).toBeGreaterThan(20);
	for (const { operation } of writes) expect([operation.action, names(operation.fields)]).toEqual([operation.action, expect.arrayContaining(['audienceNotice'])]);
});

test('every API operation is used', () => {
	const used = new Set(operations.flatMap(({ operation }) => operation.uses as readonly string[]));
	// Behind dropdowns only.
	for (const name of ['listComponentGroups', 'listMetrics']) used.add(name);
	expect(sorted([...used])).toEqual(sorted(Object.keys(endpoints)));
});

test('no call of the dangerous kind has a row: each would take access away from all when its body is lost', () => {
	const rows = Object.values(endpoints).map(({ method, path }) => `${method} ${path}`);
	for (const row of rows) expect(row).not.toMatch(/^DELETE .*\/(components|metrics|page_access_users|page_access_groups)$/);
});

test('each field is shown for its own operation only', () => {
	for (const property of properties.slice(1)) {
		if (property.name === 'operation') continue;
		expect(property.displayOptions?.show).toMatchObject({ resource: [expect.any(String)], operation: [expect.any(String)] });
	}
});
