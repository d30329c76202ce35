import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { plainValue } from '../../../nodes/shared/operations/plainValue';
import type { Example } from '../../support/exampleFiles';
import { evaluate } from '../../support/evaluate';
import { numRuns } from '../../support/runs';

const node = { id: '1', name: 'Statuspage', type: 'any', typeVersion: 1, position: [0, 0], parameters: {} };
const example = { nodes: [node], connections: {} } as unknown as Example;

/** What n8n itself evaluates. */
const byN8n = (expression: string, json: IDataObject) =>
	evaluate(example, expression, { node: 'Statuspage', input: [json] });

const NAMES = ['email', 'Name', 'last name', 'a1', 'E-Mail', 'length', 'toString', 'constructor', '__proto__', '1'];
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	leaf: fc.oneof(
		fc.string(),
		fc.constantFrom('={{ $json.email }}', '{{ 1 + 1 }}', ' padded ', 'true', '17', ''),
		fc.double(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
	),
	value: fc.oneof({ weight: 3, arbitrary: tie('leaf') }, fc.dictionary(fc.constantFrom(...NAMES), tie('leaf'))),
})).value;
const item = fc.dictionary(fc.constantFrom(...NAMES), value) as fc.Arbitrary<IDataObject>;
const step = fc
	.constantFrom(...NAMES)
	.chain((name) => fc.constantFrom(...(/^\w+$/.test(name) ? [`.${name}`] : []), `["${name}"]`, `['${name}']`));
const blank = fc.constantFrom('', ' ', '  ');
const reference = fc
	.tuple(blank, fc.array(step, { minLength: 1, maxLength: 3 }), blank)
	.map(([before, steps, after]) => `={{${before}$json${steps.join('')}${after}}}`);

test('a reference to a field has the value that n8n evaluates', () => {
	let seen = 0;
	fc.assert(
		fc.property(reference, item, (expression, json) => {
			const plain = plainValue(expression, json);
			if (plain === undefined) return;
			seen++;
			expect(plain).toEqual(byN8n(expression, json));
		}),
		{ numRuns: numRuns(4) },
	);
	expect(seen).toBeGreaterThan(0);
});

test.each([
	['={{ $json.email }}', { email: 'anna@example.com' }, 'anna@example.com'],
	['={{$json["E-Mail"]}}', { 'E-Mail': 'anna@example.com' }, 'anna@example.com'],
	["={{ $json['user']['last name'] }}", { user: { 'last name': 'Ito' } }, 'Ito'],
	['={{ $json.groups }}', { groups: ['Acme', 'Contoso'] }, ['Acme', 'Contoso']],
	['={{ $json.count }}', { count: 0 }, 0],
	['={{ $json.isActive }}', { isActive: false }, false],
	['={{ $json.name }}', { name: '' }, ''],
	['plain text', {}, 'plain text'],
	[true, {}, true],
	[{ __rl: true, mode: 'id', value: '={{ $json.id }}' }, { id: 'a1' }, { __rl: true, mode: 'id', value: 'a1' }],
	[{ rows: [{ name: '={{ $json.name }}' }, { name: 'B' }] }, { name: 'A' }, { rows: [{ name: 'A' }, { name: 'B' }] }],
])('%j of %j is %j', (raw, json, expected) => {
	expect(plainValue(raw, json as IDataObject)).toEqual(expected);
});

test.each([
	['a missing field', '={{ $json.email }}', {}],
	['null', '={{ $json.email }}', { email: null }],
	['an object', '={{ $json.user }}', { user: { name: 'Anna' } }],
	['a list with other values than texts', '={{ $json.ids }}', { ids: ['a', 1] }],
	['a date', '={{ $json.at }}', { at: new Date(0) }],
	['a field of a text', '={{ $json.email.length }}', { email: 'a@example.com' }],
	['an entry of a list', '={{ $json.ids["0"] }}', { ids: ['a'] }],
	['a name that n8n blocks', '={{ $json.constructor }}', { constructor: 'x' }],
	['a calculation', '={{ $json.count + 1 }}', { count: 1 }],
	['a function', '={{ $json.email.trim() }}', { email: 'a' }],
	['text around an expression', '={{ $json.id }}!', { id: 'a' }],
	['text before an expression', '= {{ $json.id }}', { id: 'a' }],
	['two expressions', '={{ $json.id }}{{ $json.id }}', { id: 'a' }],
	['another node', "={{ $('Users').item.json.email }}", { email: 'a' }],
	['one of many', { a: '={{ $json.id }}', b: '={{ $json.id + 1 }}' }, { id: 'a' }],
])('n8n evaluates %s', (_, raw, json) => {
	expect(plainValue(raw, json as unknown as IDataObject)).toBeUndefined();
});
