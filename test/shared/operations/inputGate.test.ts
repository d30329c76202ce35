import type { Field } from '../../../nodes/shared/fields/field';
import { emptyClearsOption } from '../../../nodes/shared/fields/options';
import { InputGate, type ParameterValue } from '../../../nodes/shared/operations/inputGate';
import type { Values } from '../../../nodes/shared/operations/values';
import { testValuesFor } from '../../support/wrongValues';

const field = (name: string, displayName: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
	name,
	displayName,
	type,
	default: '',
	...more,
});
const collection = (name: string, displayName: string, options: Field[], more: Partial<Field> = {}) =>
	field(name, displayName, 'collection', { default: {}, options, ...more });

/** n8n provides the raw and the resolved value. They are equal without expressions. */
function gate(fields: Field[], given: Record<string, unknown>, raw: Record<string, unknown> = given): Values {
	const read = (name: string): ParameterValue | undefined =>
		name in given ? { value: given[name], raw: raw[name] } : undefined;
	return new InputGate({ fields, read, timeZone: 'UTC', item: 3 }).values();
}

function failure(work: () => unknown): { message: string; advice: string; item: number } {
	try {
		work();
	} catch (error) {
		const { facts, message } = error as { message: string; facts: { advice: string; item: number } };
		return { message, advice: facts.advice, item: facts.item };
	}
	throw new Error('It was let through');
}

describe('an invalid value', () => {
	const limit = field('limit', 'Limit', 'number', { typeOptions: { minValue: 1, numberPrecision: 0 }, default: 50 });

	test('is an error with the label, the value and advice', () => {
		expect(failure(() => gate([limit], { limit: undefined }, { limit: '={{ $json.limit }}' }))).toEqual({
			message: "'Limit' must be a whole number of at least 1, not undefined",
			advice: expect.stringMatching(/^Check the expression.*No request was sent for this item$/),
			item: 3,
		});
	});

	test('is ignored in a field that is not displayed', () => {
		const fields = [
			field('returnAll', 'Return All', 'boolean', { default: false }),
			{ ...limit, displayOptions: { show: { returnAll: [false] } } },
		];
		expect(gate(fields, { returnAll: 'TRUE', limit: 'abc' }).has('limit')).toBe(false);
		expect(failure(() => gate(fields, { returnAll: 'False', limit: 'abc' })).message).toMatch(/^'Limit' must be/);
	});

	test('is ignored in a collection if another field of the operation hides its field', () => {
		const fields = [
			field('returnAll', 'Return All', 'boolean', { default: false }),
			collection('filters', 'Filters', [{ ...limit, displayOptions: { show: { '/returnAll': [false] } } }]),
		];
		expect(
			gate(fields, { returnAll: true, filters: { limit: 'abc' } })
				.collection('filters')
				.has('limit'),
		).toBe(false);
		expect(failure(() => gate(fields, { returnAll: false, filters: { limit: 'abc' } })).message).toMatch(
			/^'Limit' must/,
		);
	});

	test('is reported with the field in a collection and the row of a fixed collection', () => {
		const fields = [
			collection('options', 'Options', [limit]),
			field('pages', 'Pages', 'fixedCollection', {
				default: {},
				options: [{ name: 'page', displayName: 'Page', values: [limit] }],
			}),
		];
		expect(failure(() => gate(fields, { options: { limit: 'x' }, pages: { page: [{ limit: 1 }] } })).message).toMatch(
			/^'Limit' must be/,
		);
		expect(failure(() => gate(fields, { options: {}, pages: { page: [{ limit: 1 }, { limit: 0 }] } })).message).toMatch(
			/^'Limit' in row 2 of 'Pages' must be/,
		);
		expect(failure(() => gate(fields, { options: [], pages: {} })).message).toMatch(
			/^'Options' must be a collection of fields, not a list with 0 items/,
		);
	});

	test('can be an expression that cannot be evaluated', () => {
		const read = () => {
			throw new Error('x is not defined');
		};
		expect(failure(() => new InputGate({ fields: [limit], read, timeZone: 'UTC', item: 3 }).values()).message).toBe(
			"'Limit' contains an expression that can't be evaluated: x is not defined",
		);
	});
});

test('a parameter that the workflow does not contain has its default value', () => {
	expect(gate([field('returnAll', 'Return All', 'boolean', { default: true })], {}).flag('returnAll')).toBe(true);
});

describe('an empty text', () => {
	const expression = { title: '={{ $json.title }}' };
	const fields = (whenEmpty: Field['whenEmpty']) => [
		collection('fields', 'Fields', [field('title', 'Title', 'string')], { whenEmpty }),
		collection('options', 'Options', [emptyClearsOption]),
	];
	const typed = (whenEmpty: Field['whenEmpty'], options = {}) =>
		gate(fields(whenEmpty), { fields: { title: ' ' }, options }).collection('fields');
	const computed = (whenEmpty: Field['whenEmpty'], options = {}) =>
		gate(fields(whenEmpty), { fields: { title: '' }, options }, { fields: expression, options }).collection('fields');

	test('clears a field that was left empty, or with Empty Clears on', () => {
		expect(typed('clears').text('title')).toBe('');
		expect(computed('clears', { emptyClears: true }).text('title')).toBe('');
		expect(failure(() => computed('clears')).advice).toContain("turn on the option 'Empty Clears'");
		expect(failure(() => computed('clears', { emptyClears: false })).message).toBe("'Title' is empty");
	});

	test('is an error in a filter if it comes from an expression', () => {
		expect(typed('unset').has('title')).toBe(false);
		expect(failure(() => computed('unset')).advice).toContain('An empty value would be ignored');
	});

	test('counts as not added in a field of a new object', () => {
		expect(typed('omitted').has('title')).toBe(false);
		expect(computed('omitted').has('title')).toBe(false);
	});

	test('is always an error in a required field', () => {
		const required = [field('name', 'Name', 'string', { required: true })];
		for (const raw of [' ', '={{ $json.name }}'])
			expect(failure(() => gate(required, { name: '' }, { name: raw })).message).toBe("'Name' is empty");
	});

	test.each(['number', 'boolean'] as const)('is rejected in a field of type %s', (type) => {
		expect(failure(() => gate([field('x', 'X', type, { default: 1 })], { x: '' })).message).toBe("'X' is empty");
	});

	test('is rejected in a dropdown', () => {
		expect(
			failure(() => gate([field('x', 'X', 'options', { options: [{ name: 'A', value: 'a' }] })], { x: '' })).message,
		).toBe("'X' is empty");
	});
});

describe('an empty list', () => {
	const roles = field('roles', 'Roles', 'multiOptions', {
		default: [],
		whenEmpty: 'clears',
		options: [{ name: 'A', value: 'a' }],
	});

	test('clears a field, while an empty text from an expression does not', () => {
		expect(gate([roles], { roles: [] }, { roles: '={{ [] }}' }).choices('roles')).toEqual([]);
		expect(failure(() => gate([roles], { roles: '' }, { roles: '={{ $json.roles }}' })).message).toBe(
			"'Roles' is empty",
		);
		expect(failure(() => gate([roles], { roles: ' , ' }, { roles: '={{ $json.roles }}' })).message).toBe(
			"'Roles' is empty",
		);
	});

	test('is never treated as "all"', () => {
		const required = field('ids', 'IDs', 'string', { accepts: 'list', required: true });
		for (const ids of ['', ',', [], '[]'])
			expect(failure(() => gate([required], { ids })).message).toBe("'IDs' is empty");
	});
});

test.each([undefined, null, 'a', ['a'], 5])('a row that is %p is an error', (row) => {
	const fields = [
		field('pages', 'Pages', 'fixedCollection', {
			default: {},
			options: [{ name: 'page', displayName: 'Page', values: [field('x', 'X', 'string')] }],
		}),
	];
	expect(failure(() => gate(fields, { pages: { page: [row] } })).message).toMatch(/^'Pages' contains .* in row 1/);
});

test('no rows are an error, because n8n drops an expression for all rows', () => {
	const fields = [
		field('pages', 'Pages', 'fixedCollection', {
			default: {},
			options: [{ name: 'page', displayName: 'Page', values: [field('x', 'X', 'string')] }],
		}),
	];
	for (const pages of [{}, { page: [] }])
		expect(failure(() => gate(fields, { pages })).message).toBe("'Pages' has no entries");
});

test('reading a field as another type throws', () => {
	const values = gate([field('limit', 'Limit', 'number', { default: 5 })], { limit: 5 });
	expect(() => values.text('limit')).toThrow('has another type');
	expect(() => values.text('nothing')).toThrow('has no field nothing');
});

describe('a field for a point in time', () => {
	const USUAL = '2026-02-15T01:00:00Z';
	test.each<[string, Field]>([
		['type dateTime', field('from', 'From', 'dateTime')],
		['text with an instant', field('from', 'From', 'string', { accepts: 'instant' })],
		['text with a timestamp', field('from', 'From', 'string', { accepts: 'timestamp' })],
	])('%s: each test value has its meaning, or is an error with the label', (_, time) => {
		const valueOf = (value: unknown) => {
			const values = gate([time], { from: value }, { from: '={{ $json.from }}' });
			return time.accepts === 'timestamp' ? values.number('from') : values.text('from');
		};
		expect(valueOf(USUAL)).toBe(time.accepts === 'timestamp' ? 1771117200 : '2026-02-15T01:00:00.000Z');
		for (const { value, expected } of testValuesFor({ field: time, path: ['from'], whenEmpty: 'unset' }, USUAL)) {
			if (expected === 'error') expect(failure(() => valueOf(value)).message).toMatch(/^'From' /);
			else expect(valueOf(value)).toBe(valueOf((expected as { literal: unknown }).literal));
		}
	});

	test('a local time is in the time zone of the workflow', () => {
		const fields = [field('from', 'From', 'dateTime')];
		const read = () => ({ value: '2026-02-15T02:00:00', raw: '2026-02-15T02:00:00' });
		const values = new InputGate({ fields, read, timeZone: 'Europe/Berlin', item: 0 }).values();
		expect(values.text('from')).toBe('2026-02-15T01:00:00.000Z');
	});
});

test('an empty value is rejected with the advice of its field', () => {
	const members = field('members', 'Members', 'multiOptions', {
		typeOptions: { loadOptionsMethod: 'getMembers' },
		whenEmpty: 'rejected',
		adviceIfEmpty: 'Delete the group instead',
	});
	for (const value of ['', [], ' , '])
		expect(failure(() => gate([members], { members: value }))).toMatchObject({
			message: "'Members' is empty",
			advice: 'Delete the group instead. No request was sent for this item',
		});
});

test('a cleared email is an empty email', () => {
	const email = field('email', 'Email', 'string', { accepts: 'email', whenEmpty: 'clears' });
	expect(gate([email], { email: '' }).email('email')).toEqual({ email: '' });
});
