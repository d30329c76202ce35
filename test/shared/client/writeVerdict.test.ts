import fc from 'fast-check';
import {
	contentsOf,
	stillWanted,
	verdictOf,
	type ConfirmedWrite,
	type Entries,
} from '../../../nodes/shared/client/writeVerdict';

const added = (before: string, ids: string): ConfirmedWrite => ({
	before: contentsOf([...before]),
	changes: new Map([...ids].map((id) => [id, ''])),
	isRemoval: false,
});
const removed = (before: string, ids: string): ConfirmedWrite => ({
	before: contentsOf([...before]),
	changes: new Map([...ids].map((id) => [id, undefined])),
	isRemoval: true,
});
const later = (ids: string, value: string | undefined): Entries => new Map([...ids].map((id) => [id, value]));

interface Row {
	name: string;
	writes: ConfirmedWrite[];
	current: string;
	later?: Entries[];
	overwritten?: string;
	undone?: string;
}

const TABLE: Row[] = [
	{ name: 'all are there', writes: [added('x', 'abc')], current: 'xabc' },
	{ name: 'all are there, and others too', writes: [added('x', 'abc')], current: 'abcyz' },
	{ name: 'none is there, beside a new one', writes: [added('x', 'abc')], current: 'xy', overwritten: 'abc' },
	{ name: 'none is there, and one less', writes: [added('xy', 'abc')], current: 'x', overwritten: 'abc' },
	{ name: 'one is missing', writes: [added('x', 'abc')], current: 'xab', undone: 'c' },
	{ name: 'exactly as before the addition', writes: [added('x', 'abc')], current: 'x', undone: 'abc' },
	{ name: 'all are removed', writes: [removed('xab', 'ab')], current: 'x' },
	{ name: 'all are back', writes: [removed('xab', 'ab')], current: 'xaby', overwritten: 'ab' },
	{ name: 'exactly as before the removal', writes: [removed('xab', 'ab')], current: 'xab', overwritten: 'ab' },
	{ name: 'one is back', writes: [removed('xab', 'ab')], current: 'xa', undone: 'a' },
	{
		name: 'the last write is missing',
		writes: [added('x', 'ab'), added('xab', 'cd')],
		current: 'xaby',
		overwritten: 'cd',
	},
	{
		name: 'both writes are missing',
		writes: [added('x', 'ab'), added('xab', 'cd')],
		current: 'xy',
		overwritten: 'abcd',
	},
	{
		name: 'only the first write is missing',
		writes: [added('x', 'ab'), added('xab', 'cd')],
		current: 'xcdy',
		undone: 'ab',
	},
	{
		name: 'one of the first write is missing',
		writes: [added('x', 'ab'), added('xab', 'cd')],
		current: 'xay',
		undone: 'bcd',
	},
	{ name: 'this process removed one', writes: [added('x', 'abc')], current: 'xab', later: [later('c', undefined)] },
	{ name: 'this process removed all', writes: [added('x', 'ab')], current: 'x', later: [later('ab', undefined)] },
	{
		name: 'this process removed one, and none is there',
		writes: [added('x', 'abc')],
		current: 'xy',
		later: [later('c', undefined)],
		overwritten: 'ab',
	},
	{
		name: 'this process added one, and another removed all',
		writes: [added('x', 'ab')],
		current: 'xy',
		later: [later('y', '')],
		undone: 'ab',
	},
	{ name: 'this process added one back', writes: [removed('xab', 'ab')], current: 'xa', later: [later('a', '')] },
	{
		name: 'this process added one too',
		writes: [added('x', 'ab')],
		current: 'xy',
		later: [later('a', '')],
		overwritten: 'ab',
	},
];

test.each(TABLE)('$name', ({ writes, current, later: changes, overwritten = '', undone = '' }) =>
	expect(verdictOf(writes, contentsOf([...current]), changes)).toEqual({
		overwritten: [...overwritten],
		undone: [...undone],
	}),
);

test('another value of the same ID counts as missing', () => {
	const write: ConfirmedWrite = { before: new Map([['p', '1']]), changes: new Map([['p', '2']]), isRemoval: false };
	expect(verdictOf([write], new Map([['p', '2']]))).toEqual({ overwritten: [], undone: [] });
	expect(verdictOf([write], new Map([['p', '1']]))).toEqual({ overwritten: [], undone: ['p'] });
	expect(
		verdictOf(
			[write],
			new Map([
				['p', '1'],
				['q', '1'],
			]),
		),
	).toEqual({ overwritten: ['p'], undone: [] });
});

test('IDs that this process changed again are no longer wanted', () => {
	const writes = [added('x', 'ab'), added('xab', 'c')];
	const wanted = stillWanted(writes, [later('ac', undefined)]);
	expect(wanted.map(({ changes }) => [...changes.keys()])).toEqual([['b']]);
});

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 }).map((list) => list.join(''));

test('a missing ID is either overwritten or undone, and an ID that is there is neither', () => {
	fc.assert(
		fc.property(ids, ids, ids, fc.boolean(), (before, changed, current, isAddition) => {
			const own = [...changed].filter((id) => before.includes(id) !== isAddition);
			const write = isAddition ? added(before, own.join('')) : removed(before, own.join(''));
			const { overwritten, undone } = verdictOf([write], contentsOf([...current]));
			const missing = own.filter((id) => current.includes(id) !== isAddition);
			expect([...overwritten, ...undone]).toEqual(missing);
			// Only a whole write is repeated.
			if (overwritten.length > 0) expect(overwritten).toEqual(own);
		}),
	);
});
