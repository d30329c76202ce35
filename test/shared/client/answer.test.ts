import {
	filledText,
	flag,
	idList,
	many,
	nullable,
	object,
	one,
	optional,
	removal,
	text,
	type Check,
} from '../../../nodes/shared/client/answer';
import { NotUnderstood } from '../../../nodes/shared/http/outcome';

const row = object({ id: filledText, name: text, ids: idList, note: optional(text), parent: nullable(text) });
const good = { id: 'a', name: '', ids: ['x'], parent: null, other: 5 };

test('an object has the required fields, and keeps the others', () => expect(row(good, 'the thing')).toBe(good));

test.each<[string, unknown, string]>([
	['no object', undefined, 'the thing is missing'],
	['null', null, 'the thing is missing'],
	['a list', [], 'the thing has an unknown shape'],
	['text', 'x', 'the thing has an unknown shape'],
	['no ID', { ...good, id: undefined }, 'the id of the thing is missing'],
	['an empty ID', { ...good, id: ' ' }, 'the id of the thing is empty'],
	['a number as ID', { ...good, id: 5 }, 'the id of the thing has an unknown shape'],
	['no list', { ...good, ids: undefined }, 'the ids of the thing is missing'],
	['null as list', { ...good, ids: null }, 'the ids of the thing is missing'],
	['text as list', { ...good, ids: 'x' }, 'the ids of the thing has an unknown shape'],
	['an odd list', { ...good, ids: ['x', 5] }, 'an ID in the ids of the thing has an unknown shape'],
	['an empty ID in a list', { ...good, ids: [''] }, 'an ID in the ids of the thing is empty'],
	['nothing where null may be', { ...good, parent: undefined }, 'the parent of the thing is missing'],
	['an odd optional field', { ...good, note: 5 }, 'the note of the thing has an unknown shape'],
])('%s is not understood', (_, value, message) => {
	expect(() => row(value, 'the thing')).toThrow(NotUnderstood);
	expect(() => row(value, 'the thing')).toThrow(message);
});

test('what may be left out may be null', () =>
	expect([optional(flag)(undefined, ''), optional(flag)(null, ''), optional(flag)(false, '')]).toEqual([
		undefined,
		null,
		false,
	]));

test('a check that converts changes a copy', () => {
	const upper: Check<string> = (value) => String(value).toUpperCase();
	const given = { name: 'a' };
	expect(object({ name: upper })(given, 'x')).toEqual({ name: 'A' });
	expect(given.name).toBe('a');
});

test('one object has the requested ID', () => {
	const answer = one(object({ id: filledText }), 'thing', 'thingId');
	expect(answer({ id: 'a' }, { thingId: 'a' })).toEqual({ id: 'a' });
	expect(() => answer({ id: 'b' }, { thingId: 'a' })).toThrow('it is about thing b instead of a');
	expect(one(object({ id: filledText }), 'thing')({ id: 'b' }, {})).toEqual({ id: 'b' });
});

test('a list names the row that is not understood', () => {
	const answer = many(row, 'thing');
	expect(answer([good, good], {})).toHaveLength(2);
	expect(answer([], {})).toEqual([]);
	expect(() => answer([good, { ...good, id: 'b', ids: null }], {})).toThrow('the ids of thing b is missing');
	expect(() => answer([good, {}], {})).toThrow('the id of thing 2 is missing');
	for (const body of [{}, null, '', 'x', { 0: good }, undefined]) expect(() => answer(body, {})).toThrow(NotUnderstood);
});

const done = { isClear: true };
const unclear = { isClear: false };

test.each<[unknown, object, object]>([
	[undefined, done, done],
	['', done, done],
	[{ id: 'a', name: 'x' }, unclear, { isClear: true, row: { id: 'a', name: 'x' } }],
	[{ id: 'b' }, unclear, unclear],
	[{}, unclear, unclear],
	[[], unclear, unclear],
	[null, unclear, unclear],
	['<html></html>', unclear, unclear],
	[{ message: 'ok' }, unclear, unclear],
])('a deletion that is answered with %j is %j, or %j where the service names the object', (body, nothing, named) => {
	expect(removal()(body, {})).toEqual(nothing);
	expect(removal(one(object({ id: filledText }), 'thing', 'thingId'))(body, { thingId: 'a' })).toEqual(named);
});
