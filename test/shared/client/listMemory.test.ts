/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inspect } from 'node:util';
import { ListMemory, type ListPlace } from '../../../nodes/shared/client/listMemory';

const SIZE = 100;
const place: ListPlace = {
	baseUrl: 'https://api.example.com/v1',
	secret: 'secret-key',
	name: 'listViewers',
	ids: { pageId: 'page1' },
	query: { email: 'anna@example.com' },
};

test('a list is remembered for its key, address, IDs and query', () => {
	const memory = new ListMemory();
	memory.of(place, SIZE).ended(5900);
	expect(memory.of({ ...place }, SIZE).rows).toBe(5900);
	const others: Array<Partial<ListPlace>> = [
		{ baseUrl: 'https://other.example.com/v1' },
		{ secret: 'other-key' },
		{ name: 'listViewerGroups' },
		{ ids: { pageId: 'page2' } },
		{ query: { email: 'ben@example.com' } },
		{ query: undefined },
	];
	for (const other of others) expect(memory.of({ ...place, ...other }, SIZE).rows).toBeUndefined();
});

test('a list of one page is not remembered', () => {
	const memory = new ListMemory();
	memory.of(place, SIZE).ended(5900);
	memory.of(place, SIZE).ended(99);
	expect(memory.of(place, SIZE).rows).toBeUndefined();
});

test('only the 1,000 lists that were used last are remembered', () => {
	const memory = new ListMemory();
	const list = (index: number) => memory.of({ ...place, ids: { pageId: `page${index}` } }, SIZE);
	for (let index = 0; index < 1000; index++) list(index).ended(200 + index);
	expect(list(0).rows).toBe(200);
	list(1000).ended(5000);
	// The first one was used again, so the second one is the oldest.
	expect([0, 1, 2, 1000].map((index) => list(index).rows)).toEqual([200, undefined, 202, 5000]);
});

test('neither keys nor contents are remembered', () => {
	const memory = new ListMemory();
	const list = memory.of(place, SIZE);
	list.ended(5900);
	list.pageHad(100);
	const text = inspect(memory, { depth: 10, showHidden: true });
	for (const secret of ['secret-key', 'anna', 'page1', 'listViewers', 'api.example.com'])
		expect(text).not.toContain(secret);
});

test('a page may be cut at a typical number of rows until one is longer, or there is no second page', () => {
	const memory = new ListMemory();
	const list = memory.of(place, SIZE);
	const cuts = () => [0, 9, 10, 20, 25, 26, 50, 100].filter((rows) => list.mayBeCut(rows));
	expect(cuts()).toEqual([10, 20, 25, 50]);
	list.isNotCutAt(20);
	expect(cuts()).toEqual([10, 25, 50]);
	list.pageHad(25);
	expect(cuts()).toEqual([25, 50]);
	// The same endpoint serves other lists.
	expect(memory.of({ ...place, ids: { pageId: 'page2' } }, SIZE).mayBeCut(10)).toBe(false);
	expect(memory.of({ ...place, name: 'listSubscribers' }, SIZE).mayBeCut(10)).toBe(true);
	list.pageHad(100);
	expect(cuts()).toEqual([]);
});
