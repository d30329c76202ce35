import fc from 'fast-check';
import { toBoolean, toChoice, toNumber, toObject, toText } from '../../../nodes/shared/operations/convert';
import { isIsoDate, toDay, toPartialDate } from '../../../nodes/shared/operations/dates';
import { toColor } from '../../../nodes/shared/operations/toColor';
import { toPassword } from '../../../nodes/shared/operations/toPassword';

/** Results of expressions that refer to a missing value. */
const NOTHING: unknown[] = [undefined, null, NaN, 'undefined', 'null', '[object Object]', ' undefined '];
const CHOICES = [
	{ name: 'Remove Permissions', value: 'removePermissions' },
	{ name: 'Leave', value: 'leave' },
	{ name: 'Delete', value: 'delete' },
];

describe('text', () => {
	test.each<[unknown, string]>([
		['abc', 'abc'],
		['  abc ', 'abc'],
		['', ''],
		[17, '17'],
		[0, '0'],
		[-2.5, '-2.5'],
		['true', 'true'],
		['nullable', 'nullable'],
	])('%j is %j', (value, text) => expect(toText(value)).toBe(text));

	test.each([
		...NOTHING,
		true,
		false,
		{},
		[],
		['a'],
		{ id: 'a' },
		Infinity,
		-Infinity,
		1e21,
		1e-7,
		2 ** 53,
		new Date(),
		() => 'a',
		Symbol('a'),
	])('%p is rejected', (value) => {
		expect(() => toText(value)).toThrow(/^(must be text, not|is the number)/);
	});

	test('a number that is too large to be exact is rejected', () =>
		expect(() => toText(2 ** 60)).toThrow(/too large to be exact/));
});

describe('a number', () => {
	test.each<[unknown, number]>([
		[5, 5],
		['5', 5],
		[' 5 ', 5],
		['-2.50', -2.5],
		['+3', 3],
		[0, 0],
	])('%j is %j', (value, number) => expect(toNumber(value)).toBe(number));

	test.each([
		...NOTHING,
		'',
		' ',
		'abc',
		'1,000',
		'1e3',
		'0x10',
		'5 %',
		'١',
		true,
		{},
		[],
		[5],
		'5.',
		'.5',
		Infinity,
		'Infinity',
		new Date(),
	])('%p is rejected', (value) => {
		expect(() => toNumber(value)).toThrow(/^must be a number, not /);
	});

	test.each<[unknown, object, string]>([
		[0, { min: 1, isWhole: true }, 'must be a whole number of at least 1, not the number 0'],
		[1.5, { min: 1, isWhole: true }, 'must be a whole number of at least 1, not the number 1.5'],
		['-1', { min: 1 }, 'must be a number of at least 1, not the text "-1"'],
		[101, { min: 0, max: 100 }, 'must be a number from 0 to 100, not the number 101'],
		[2 ** 53, { isWhole: true }, 'must be a whole number, not the number 9007199254740992'],
		[3, { max: 2 }, 'must be a number of at most 2, not the number 3'],
	])('%p within %j', (value, range, message) => expect(() => toNumber(value, range)).toThrow(message));

	test('every number is converted to itself', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.integer(),
					fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1000) / 1000 + 0),
				),
				(value) => {
					expect(toNumber(value)).toBe(value);
					if (/^-?\d+(\.\d+)?$/.test(String(value))) expect(toNumber(String(value))).toBe(value);
				},
			),
		);
	});
});

describe('a boolean', () => {
	test.each<[unknown, boolean]>([
		[true, true],
		['true', true],
		['True', true],
		[' TRUE ', true],
		[1, true],
		['1', true],
		[false, false],
		['False', false],
		[0, false],
		['0', false],
	])('%j is %j', (value, flag) => expect(toBoolean(value)).toBe(flag));

	test.each([...NOTHING, '', 'yes', 'no', 'on', 'off', 2, -1, 1.5, {}, [], [true], new Date(), 'truee'])(
		'%p is not',
		(value) => {
			expect(() => toBoolean(value)).toThrow(/^must be true or false, not /);
		},
	);
});

describe('a choice', () => {
	test.each<[unknown, string]>([
		['leave', 'leave'],
		['Leave', 'leave'],
		['LEAVE', 'leave'],
		['Remove Permissions', 'removePermissions'],
		['remove permissions', 'removePermissions'],
		['removepermissions', 'removePermissions'],
		[' delete ', 'delete'],
	])('%j is %j', (value, choice) => expect(toChoice(value, CHOICES)).toBe(choice));

	test.each([...NOTHING, '', ' ', 'remove', 'deleted', true, 1, {}, [], ['leave']])('%p is rejected', (value) => {
		expect(() => toChoice(value, CHOICES)).toThrow(/^must be one of Remove Permissions, Leave, Delete, not /);
	});

	test('a former spelling of a label stays accepted', () =>
		expect(toChoice('People of E-Mail Domains', [{ name: 'People of Email Domains', value: 'domains' }])).toBe(
			'domains',
		));

	test('choices that are numbers are also found by text', () =>
		expect(toChoice('7', [{ name: 'Week', value: 7 }])).toBe(7));
});

describe('an object', () => {
	test.each<[unknown, object]>([
		[{ a: 1 }, { a: 1 }],
		['{ "a": [1] }', { a: [1] }],
	])('%j', (value, object) => expect(toObject(value)).toEqual(object));

	test.each([...NOTHING, '', '[]', '1', '"text"', 'null', [], 5, true, new Date()])('%p is rejected', (value) =>
		expect(() => toObject(value)).toThrow(/^must be a JSON object, not /),
	);
});

describe('a day', () => {
	test.each<[unknown, string]>([
		['2026-01-31', '2026-01-31'],
		['2024-02-29', '2024-02-29'],
		['2026-01-31T23:30:00.000-11:00', '2026-01-31'],
		['2026-01-31T10:00', '2026-01-31'],
		['2026-01-31T10:00:00Z', '2026-01-31'],
		[{ toISO: () => '2026-03-01T00:00:00.000+01:00' }, '2026-03-01'],
		// New Year's Eve in New York is the first of January in Berlin.
		[new Date('2025-12-31T23:30:00Z'), '2026-01-01'],
	])('%p is %s', (value, day) => expect(toDay(value, 'Europe/Berlin')).toBe(day));

	test.each([
		...NOTHING,
		'',
		'2026-02-31',
		'2026-02-29',
		'2026-13-01',
		'2026-00-10',
		'2026-1-1',
		'31.01.2026',
		'01/31/2026',
		'2026-01-31T25:00',
		'tomorrow',
		20260131,
		0,
		true,
		{},
		[],
		new Date('x'),
		{ toISO: () => null },
	])('%p is rejected', (value) =>
		expect(() => toDay(value, 'UTC')).toThrow(/^must be a valid date in the format YYYY-MM-DD, not /),
	);

	test.each<[unknown, string]>([
		['2026', '2026'],
		[2026, '2026'],
		['2026-12', '2026-12'],
		['2026-12-31', '2026-12-31'],
	])('a partial date: %p', (value, text) => expect(toPartialDate(value, 'UTC')).toBe(text));

	test.each(['2026-13', '2026-00', 20261, '26', '2026-02-30', undefined, null])('not a partial date: %p', (value) =>
		expect(() => toPartialDate(value, 'UTC')).toThrow(/YYYY-MM or YYYY/),
	);

	test('every date of JavaScript is valid', () => {
		fc.assert(
			fc.property(
				fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
				(date) => {
					expect(isIsoDate(date.toISOString())).toBe(true);
					expect(toDay(date, 'UTC')).toBe(date.toISOString().slice(0, 10));
				},
			),
		);
	});

	test('a day is valid exactly if the calendar contains it', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1900, max: 2100 }),
				fc.integer({ min: 0, max: 14 }),
				fc.integer({ min: 0, max: 33 }),
				(year, month, day) => {
					const text = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
					const date = new Date(`${text}T00:00:00Z`);
					expect(isIsoDate(text)).toBe(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text));
				},
			),
		);
	});
});

describe('a color', () => {
	test.each<[unknown, string]>([
		['#abc', '#abc'],
		[' #2FCC66 ', '#2FCC66'],
		['2fcc66', '2fcc66'],
		[123456, '123456'],
		['white', 'white'],
		['rgb(47, 204, 102)', 'rgb(47, 204, 102)'],
		['hsla(120deg 100% 50% / .2)', 'hsla(120deg 100% 50% / .2)'],
	])('%j is %j', (value, color) => expect(toColor(value)).toBe(color));

	test.each([...NOTHING, true, {}, [], '', '#12', '#12345', '12g456', 'two words', 'url(x)', 'rgb(0,0,0);}', 'red; }'])(
		'%j is rejected',
		(value) => expect(() => toColor(value)).toThrow('must be a CSS color such as #2fcc66'),
	);
});

describe('a password', () => {
	test.each<[unknown, string]>([
		['  abc ', '  abc '],
		[12345678, '12345678'],
		['null and void', 'null and void'],
	])('%j is %j', (value, password) => expect(toPassword(value)).toBe(password));

	test.each([...NOTHING, true, 1.5, 1e21, {}, ['abc'], '\ud800'])('%j is rejected without the value', (value) =>
		expect(() => toPassword(value)).toThrow(/^must be text$/),
	);
});
