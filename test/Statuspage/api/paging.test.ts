import fc from 'fast-check';
import { PAGE_SIZE, readList } from '../../../nodes/Statuspage/api/paging';

interface Row {
	id: string;
	[field: string]: string;
}

const rows = (count: number, from = 0): Row[] => Array.from({ length: count }, (_, index) => ({ id: `row${from + index}` }));

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

test('a service that ignores the page number is noticed', async () => {
	const { asked } = serviceWith([]);
	const readPage = async (page: number, size: number) => {
		asked.push([page, size]);
		return rows(PAGE_SIZE);
	};
	await expect(readList({ limit: Infinity, readPage })).rejects.toThrow('does not end');
	expect(asked).toHaveLength(3);
});
