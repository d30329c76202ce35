import fc from 'fast-check';
import { toEmails, toEntryList, toPeople } from '../../../nodes/shared/operations/entryList';

const texts = (value: unknown) => toEntryList(value).entries.map(({ text }) => text);

test.each<[unknown, string[]]>([
	['a, b;c\nd\r\ne', ['a', 'b', 'c', 'd', 'e']],
	[' a , ,b,, ', ['a', 'b']],
	[',;\n', []],
	['', []],
	[[], []],
	[
		['a', 'b', 'a'],
		['a', 'b'],
	],
	[
		['a', ['b', ['c']]],
		['a', 'b', 'c'],
	],
	['["a","b"]', ['a', 'b']],
	['[{"id":"a","name":"x, y"}]', ['a']],
	[
		[{ id: 'a', name: 'b' }, { id: 7 }],
		['a', '7'],
	],
	[17, ['17']],
	[
		[1, 2],
		['1', '2'],
	],
	['[Ops] team', ['[Ops] team']],
	[['Sales, EMEA'], ['Sales, EMEA']],
])('%j lists %j', (value, list) => expect(texts(value)).toEqual(list));

test('the ID of an object is never a name', () => {
	expect(toEntryList([{ id: 'a' }, 'a']).entries).toEqual([{ text: 'a', isId: true }, { text: 'a' }]);
	expect(toEntryList('[{ "id": "a" }]').entries).toEqual([{ text: 'a', isId: true }]);
});

test('a text with separators may also be a single name', () => {
	expect(toEntryList('Sales, EMEA')).toEqual({
		entries: [{ text: 'Sales' }, { text: 'EMEA' }],
		fullText: 'Sales, EMEA',
	});
	expect(toEntryList('Sales')).toEqual({ entries: [{ text: 'Sales' }] });
});

test.each<[unknown, RegExp]>([
	[undefined, /^must be a list, not undefined/],
	[null, /^must be a list, not null/],
	['undefined', /^must be a list/],
	['[object Object]', /^must be a list/],
	['a, undefined', /^contains the text "undefined"/],
	['a,[object Object],b', /^contains the text "\[object Object\]"/],
	[true, /^must be a list, not true/],
	[{ id: 'a' }, /^must be a list, not an object/],
	[{ name: 'a' }, /^must be a list, not an object/],
	[['a', null], /^contains null at position 2/],
	[['a', undefined, 'b'], /^contains undefined at position 2/],
	[['', 'b'], /^contains an empty value at position 1/],
	[['a', { name: 'b' }], /^contains an object at position 2/],
	[['a', { id: null }], /^contains an object at position 2/],
	[['a', true], /^contains true at position 2/],
	['["a", null]', /^contains null at position 2/],
	[[NaN], /^contains NaN at position 1/],
	[['[object Object]'], /^contains the text "\[object Object\]" at position 1/],
])('%j is rejected', (value, message) => expect(() => toEntryList(value)).toThrow(message));

test('people are emails or IDs without duplicates', () => {
	expect(toPeople('Anna@example.com, abc; <Anna@example.com>,abc')).toEqual([
		{ email: 'Anna@example.com' },
		{ id: 'abc' },
	]);
	expect(toPeople(['mailto:a@example.com', { id: 'xyz' }])).toEqual([
		{ email: 'a@example.com', emailGiven: 'mailto:a@example.com' },
		{ id: 'xyz' },
	]);
	expect(() => toPeople('a@')).toThrow(/not an email address/);
	expect(() => toPeople('../x')).toThrow(/is not an ID/);
	expect(() => toPeople([{ id: 'a b' }])).toThrow(/is not an ID/);
});

test('a list of emails accepts only email addresses', () => {
	expect(toEmails('a@example.com; b@example.com.')).toEqual([
		{ email: 'a@example.com' },
		{ email: 'b@example.com', emailGiven: 'b@example.com.' },
	]);
	expect(() => toEmails('a@example.com, bob')).toThrow(/"bob"/);
});

test('an array, text and JSON give the same list', () => {
	const entry = fc
		.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'abc 12-_.ü') })
		.map((text) => text.trim())
		.filter((text) => text !== '');
	fc.assert(
		fc.property(fc.uniqueArray(entry, { maxLength: 6 }), (list) => {
			expect(texts(list)).toEqual(list);
			expect(texts(list.join(', '))).toEqual(list);
			expect(texts(list.join(';\n'))).toEqual(list);
			expect(texts(JSON.stringify(list))).toEqual(list);
			expect(texts(list.map((id) => ({ id })))).toEqual(list);
		}),
	);
});
