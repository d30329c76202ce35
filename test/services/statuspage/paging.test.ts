import fc from 'fast-check';
import { PAGE_SIZE, readList } from '../../../nodes/services/statuspage/paging';

interface Row {
	id: string;
	[field: string]: string;
}

const rows = (count: number, from = 0): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `row${from + index}` }));

/** A service with a list that the test may change between two pages. */
function serviceWith(list: Row[], betweenPages: (list: Row[], page: number) => void = () => {}) {
	const asked: Array<[number, number]> = [];
	const readPage = async (page: number, size: number) => {
		asked.push([page, size]);
		const answer = list.slice((page - 1) * size, page * size);
		betweenPages(list, page);
		return answer;
	};
	return { asked, readPage };
}

test.each([
	[0, Infinity, 1],
	[99, Infinity, 1],
	[100, Infinity, 2],
	[5900, Infinity, 60],
	[250, 5, 1],
	[250, 100, 1],
	[250, 101, 2],
	[3, 100, 1],
])('%d rows with limit %d cost %d requests', async (count, limit, requests) => {
	const { asked, readPage } = serviceWith(rows(count));
	expect(await readList({ limit, readPage })).toHaveLength(Math.min(count, limit));
	expect(asked).toHaveLength(requests);
});

test('rows that are left out do not count towards the limit', async () => {
	const { readPage } = serviceWith(rows(1000));
	const found = await readList({ limit: 3, readPage, keep: ({ id }) => id.endsWith('50') });
	expect(found.map(({ id }) => id)).toEqual(['row50', 'row150', 'row250']);
});

test('nothing is doubled, and nothing that stayed before the removals is missed, however the list changes on the way', async () => {
	const change = fc.record({ page: fc.integer({ min: 1, max: 6 }), at: fc.nat(700), isRemoval: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 0, max: 600 }), fc.array(change, { maxLength: 20 }), async (count, changes) => {
			let serial = 0;
			const { readPage } = serviceWith(rows(count), (list, page) => {
				for (const { at, isRemoval } of changes.filter((entry) => entry.page === page)) {
					if (isRemoval) list.splice(at % Math.max(1, list.length), 1);
					else list.splice(at % (list.length + 1), 0, { id: `new${serial++}` });
				}
			});
			const ids = (await readList({ limit: Infinity, readPage })).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			const removals = changes.filter(({ isRemoval }) => isRemoval).length;
			if (removals === 0) expect(ids).toEqual(expect.arrayContaining(rows(count).map(({ id }) => id)));
			else expect(ids.filter((id) => id.startsWith('row')).length).toBeGreaterThanOrEqual(count - 6 * removals);
		}),
	);
});

describe('where the window has room', () => {
	const slow = (list: Row[]) => {
		const state = { asked: 0, running: 0, most: 0 };
		const readPage = async (page: number, size: number) => {
			state.asked++;
			state.most = Math.max(state.most, ++state.running);
			for (let turn = 0; turn < 10; turn++) await Promise.resolve();
			state.running--;
			return list.slice((page - 1) * size, page * size);
		};
		return { state, readPage };
	};

	test('long lists are read ahead, four pages at most, with at most three requests for nothing', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(8000), fc.integer({ min: 0, max: 100 }), async (count, room) => {
				const { state, readPage } = slow(rows(count));
				expect(await readList({ limit: Infinity, readPage, room: () => room })).toEqual(rows(count));
				expect(state.most).toBeLessThanOrEqual(4);
				expect(state.asked).toBeLessThanOrEqual(Math.floor(count / PAGE_SIZE) + 1 + 3);
				if (room < 4) expect(state.most).toBe(1);
				if (count >= 1000 && room >= 8) expect(state.most).toBe(4);
			}),
		);
	});

	test.each([1, 100, 250, 299])('a short list of %d rows costs no request for nothing', async (count) => {
		const { state, readPage } = slow(rows(count));
		await readList({ limit: Infinity, readPage, room: () => 60 });
		expect(state.asked).toBe(Math.floor(count / PAGE_SIZE) + 1);
	});

	test('a limit fetches no page that it does not need', async () => {
		const { state, readPage } = slow(rows(8000));
		expect(await readList({ limit: 1250, readPage, room: () => 60 })).toHaveLength(1250);
		expect(state.asked).toBe(13);
	});

	test('a page behind the end may fail', async () => {
		const { readPage } = slow(rows(1250));
		const failing = async (page: number, size: number) => {
			if (page > 13) throw new Error('no such page');
			return await readPage(page, size);
		};
		expect(await readList({ limit: Infinity, readPage: failing, room: () => 60 })).toHaveLength(1250);
	});
});

test('a service that ignores the page number is noticed', async () => {
	const { asked } = serviceWith([]);
	const readPage = async (page: number, size: number) => {
		asked.push([page, size]);
		return rows(PAGE_SIZE);
	};
	await expect(readList({ limit: Infinity, readPage })).rejects.toThrow('does not end');
	expect(asked).toHaveLength(3);
});
