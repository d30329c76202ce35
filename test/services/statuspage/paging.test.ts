import fc from 'fast-check';
import {
	fewWasted,
	PAGE_SIZE,
	readList,
	tenthWasted,
	type ListOptions,
} from '../../../nodes/services/statuspage/paging';
import { ListMemory } from '../../../nodes/shared/client/listMemory';
import { systemClock, type Clock } from '../../../nodes/shared/http/clock';

import { numRuns } from '../../support/runs';
import { SlowPages } from '../../support/slowPages';

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

/** The clock of these tests needs many turns, so there are fewer runs. */
const fewer = { numRuns: numRuns(0.2) };

/** What a process remembers about a list. A new memory if none is given. */
const memoryOf = (memory = new ListMemory(), query = {}) =>
	memory.of(
		{ baseUrl: 'https://api.example.com', secret: 'key', name: 'listViewers', ids: { pageId: 'p' }, query },
		PAGE_SIZE,
	);

/** A list that answers slowly, and how it is read. */
class SlowList extends SlowPages<Row> {
	async read(options: Partial<ListOptions<Row>> = {}): Promise<Row[]> {
		const { readPage, sideBySide } = this;
		return await this.clock.finish(readList({ limit: Infinity, readPage, sideBySide, ...options }));
	}
}

/** As text, because comparing thousands of objects takes seconds. */
const idsIn = (list: Row[]) => list.map(({ id }) => id).join();

/** The smallest number of requests that shows a whole list. */
const needed = (count: number) => Math.floor(count / PAGE_SIZE) + 1;

test('pages are requested one after the other, so the first ones are on the wire while others are prepared', async () => {
	const service = new SlowList(rows(5000));
	const prepared: number[] = [];
	let [before, yields] = [0, 0];
	const { clock } = service.sideBySide;
	const sleep = async (ms: number) => {
		if (ms === 0) {
			prepared.push(service.asked.length - before);
			before = service.asked.length;
			yields++;
		}
		await clock.sleep(ms);
	};
	const counting = { now: () => clock.now(), sleep } as Clock;
	await service.read({ sideBySide: { ...service.sideBySide, clock: counting } });
	expect(Math.max(...prepared)).toBe(1);
	expect(yields).toBeGreaterThan(40);
});

describe('a list that is read for the first time', () => {
	test.each([
		[0, 1, 1],
		[99, 1, 1],
		[100, 3, 2],
		[199, 3, 2],
		[250, 3, 2],
		[299, 3, 2],
		[1250, 16, 5],
		[5000, 54, 7],
		[5900, 62, 7],
	])('of %d rows takes at most %d requests and %d round trips', async (count, requests, rounds) => {
		const service = new SlowList(rows(count));
		expect(idsIn(await service.read({ remembered: memoryOf() }))).toBe(idsIn(rows(count)));
		expect(service.asked.length).toBeLessThanOrEqual(requests);
		expect(service.rounds).toBeLessThanOrEqual(rounds);
	});

	test.each([
		['every tenth', (index: number) => index % 10 === 0, 500, 5],
		['only the first ones', (index: number) => index < 100, 100, 7],
		['more than the list contains', (index: number) => index % 10 === 0, 5000, 12],
	])('takes few round trips if some of its 5,000 objects are known: %s', async (_, isKnown, count, trips) => {
		const service = new SlowList(rows(5000));
		const known = { count, isOne: ({ id }: Row) => isKnown(Number(id.slice(3))) };
		expect(idsIn(await service.read({ known, mayWaste: fewWasted }))).toBe(idsIn(rows(5000)));
		expect(service.asked.length).toBeLessThanOrEqual(54);
		expect(service.rounds).toBeLessThanOrEqual(trips);
	});

	test('costs few pages in vain, whatever its length, and never more connections than allowed', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(9000),
				fc.integer({ min: 1, max: 30 }),
				fc.boolean(),
				fc.option(fc.record({ count: fc.nat(9000), share: fc.integer({ min: 1, max: 50 }) }), { nil: undefined }),
				async (count, atOnce, isPredictable, some) => {
					const service = new SlowList(rows(count));
					const mayWaste = isPredictable ? fewWasted : tenthWasted;
					const known = some && {
						count: some.count,
						isOne: ({ id }: Row) => Number(id.slice(3)) % some.share === 0,
					};
					expect(idsIn(await service.read({ sideBySide: { ...service.sideBySide, atOnce }, mayWaste, known }))).toBe(
						idsIn(rows(count)),
					);
					const wasted = service.asked.length - needed(count);
					expect(new Set(service.asked).size).toBe(service.asked.length);
					if (count < PAGE_SIZE) expect(wasted).toBe(0);
					else expect(wasted).toBeLessThanOrEqual(Math.max(3, isPredictable ? 0 : Math.floor(needed(count) / 10)));
					expect(service.most).toBeLessThanOrEqual(Math.min(20, atOnce));
					if (atOnce === 1) expect(wasted).toBe(0);
				},
			),
			fewer,
		);
	});

	test('takes few round trips, whatever its length', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(6000), async (count) => {
				const service = new SlowList(rows(count));
				await service.read();
				expect(service.rounds).toBeLessThanOrEqual(8);
			}),
			fewer,
		);
	});

	test('never takes longer than the window allows because of a page in vain', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(7000), fc.nat(100), async (count, slots) => {
				const service = new SlowList(rows(count), slots);
				expect(idsIn(await service.read())).toBe(idsIn(rows(count)));
				if (needed(count) <= slots) expect(service.asked.length).toBeLessThanOrEqual(slots);
			}),
			fewer,
		);
	});

	test('requests no page in vain while others wait', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(3000), fc.option(fc.nat(3000)), async (count, lastTime) => {
				const service = new SlowList(rows(count));
				const remembered = memoryOf();
				remembered.pageHad(PAGE_SIZE);
				if (lastTime !== null) remembered.ended(lastTime);
				expect(idsIn(await service.read({ sideBySide: { ...service.sideBySide, room: () => 0 }, remembered }))).toBe(
					idsIn(rows(count)),
				);
				expect(service.asked).toHaveLength(needed(count));
			}),
			fewer,
		);
	});

	test('requests no page that the limit does not need', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(3000), fc.integer({ min: 1, max: 3000 }), async (count, limit) => {
				const service = new SlowList(rows(count));
				expect(idsIn(await service.read({ limit }))).toBe(idsIn(rows(Math.min(count, limit))));
				const size = Math.min(PAGE_SIZE, limit);
				expect(Math.max(...service.asked)).toBeLessThanOrEqual(Math.ceil(limit / size));
			}),
			fewer,
		);
	});

	test('of which rows are left out is read page by page up to the limit', async () => {
		const service = new SlowList(rows(3000));
		const found = await service.read({ limit: 3, keep: ({ id }) => id.endsWith('50') });
		expect(found.map(({ id }) => id)).toEqual(['row50', 'row150', 'row250']);
		expect(service.asked).toEqual([1, 2, 3]);
	});
});

describe('a list that was read before', () => {
	test.each([
		[5900, 60, 3],
		[5000, 51, 3],
		[250, 3, 1],
		[51, 1, 1],
	])('of %d rows takes %d requests and %d round trips', async (count, requests, rounds) => {
		const memory = new ListMemory();
		await new SlowList(rows(count)).read({ remembered: memoryOf(memory) });
		const service = new SlowList(rows(count));
		expect(idsIn(await service.read({ remembered: memoryOf(memory) }))).toBe(idsIn(rows(count)));
		expect(service.asked).toHaveLength(requests);
		expect(service.rounds).toBeLessThanOrEqual(rounds);
	});

	test('is read to its end, however long it is by now', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(4000), fc.nat(4000), fc.nat(60), async (before, count, slots) => {
				const remembered = memoryOf();
				remembered.pageHad(PAGE_SIZE);
				remembered.ended(before);
				const service = new SlowList(rows(count), slots);
				expect(idsIn(await service.read({ remembered }))).toBe(idsIn(rows(count)));
				// A list that has become shorter costs one round of pages in vain.
				const wasted = service.asked.length - needed(count);
				expect(wasted).toBeLessThanOrEqual(before > count ? 19 : Math.max(3, Math.floor(needed(count) / 10)));
				if (needed(before) === needed(count)) expect(wasted).toBe(0);
			}),
			fewer,
		);
	});

	test('is read with its new length the next time', async () => {
		const memory = new ListMemory();
		for (const count of [5900, 250, 30, 2000]) {
			await new SlowList(rows(count)).read({ remembered: memoryOf(memory) });
			const service = new SlowList(rows(count));
			await service.read({ remembered: memoryOf(memory) });
			expect(service.asked).toHaveLength(needed(count));
		}
	});

	test('is another list with another query', async () => {
		const memory = new ListMemory();
		await new SlowList(rows(5900)).read({ remembered: memoryOf(memory) });
		const service = new SlowList(rows(40));
		await service.read({ remembered: memoryOf(memory, { state: 'all' }) });
		expect(service.asked).toEqual([1]);
	});
});

test('whatever is inserted or removed while a list is read side by side, nothing is doubled', async () => {
	const change = fc.record({ request: fc.nat(20), at: fc.nat(3000), isRemoval: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(fc.nat(3000), fc.array(change, { maxLength: 20 }), async (count, changes) => {
			let serial = 0;
			const service = new SlowList(rows(count), Infinity, (list, request) => {
				for (const { at, isRemoval } of changes.filter((entry) => entry.request === request)) {
					if (isRemoval) list.splice(at % Math.max(1, list.length), 1);
					else list.splice(at % (list.length + 1), 0, { id: `new${serial++}` });
				}
			});
			const ids = (await service.read()).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			// Each change can hide one row at the edge of each page.
			const stayed = new Set(service.list.map(({ id }) => id));
			const missed = rows(count).filter(({ id }) => stayed.has(id) && !ids.includes(id));
			expect(missed.length).toBeLessThanOrEqual(changes.length * needed(count));
		}),
		fewer,
	);
});

test('rows that are doubled within one page are returned once', async () => {
	const service = new SlowList([...rows(3), ...rows(3)]);
	expect(idsIn(await service.read())).toBe(idsIn(rows(3)));
});

describe('a page without an answer', () => {
	const failingAfter = (service: SlowList, last: number) => async (page: number, size: number) => {
		const answer = await service.readPage(page, size);
		if (page > last) throw new Error(`no page ${page}`);
		return answer;
	};

	test('does not matter if it is beyond the end', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(4000), async (count) => {
				const service = new SlowList(rows(count));
				expect(idsIn(await service.read({ readPage: failingAfter(service, needed(count)) }))).toBe(idsIn(rows(count)));
			}),
			fewer,
		);
	});

	test('is an error if it is needed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(4000), fc.nat(40), fc.boolean(), async (count, last, isRemembered) => {
				fc.pre(last < needed(count));
				const service = new SlowList(rows(count));
				const remembered = memoryOf();
				if (isRemembered) remembered.ended(count);
				await expect(service.read({ readPage: failingAfter(service, last), remembered })).rejects.toThrow('no page');
			}),
			fewer,
		);
	});
});

describe('a service that gives fewer rows than requested', () => {
	const cut = (list: Row[], limit: number, offset: (page: number, size: number) => number) => {
		const asked: Array<[number, number]> = [];
		const readPage = async (page: number, size: number) => {
			asked.push([page, size]);
			const start = offset(page, size);
			return list.slice(start, start + Math.min(size, limit));
		};
		return { asked, readPage };
	};

	/** Where a page starts: by the requested size, or by the size that the service allows. */
	const offsets = {
		'by the requested size': (page: number, size: number) => (page - 1) * size,
		'by its own size': (page: number, size: number, limit: number) => (page - 1) * Math.min(size, limit),
	};

	test.each(
		Object.entries(offsets).flatMap(([name, offset]) =>
			[10, 20, 25, 50].map((limit) => [limit, name, offset] as const),
		),
	)('at most %d, counted %s, is noticed', async (limit, _, offset) => {
		for (const count of [limit - 1, limit, limit + 1, limit * 3, 731]) {
			const memory = new ListMemory();
			for (let reading = 1; reading <= 2; reading++) {
				const { readPage } = cut(rows(count), limit, (page, size) => offset(page, size, limit));
				const sideBySide = { atOnce: 20, room: () => 100, clock: systemClock };
				const read = { limit: Infinity, readPage, sideBySide, remembered: memoryOf(memory) };
				expect(await readList(read)).toEqual(rows(count));
			}
		}
	});

	test('and a limit is kept', async () => {
		const { readPage } = cut(rows(731), 25, offsets['by the requested size']);
		expect(await readList({ limit: 60, readPage, remembered: memoryOf() })).toEqual(rows(60));
	});

	test.each([10, 20, 25, 50])('is looked for once per endpoint if a list has %d rows', async (count) => {
		const memory = new ListMemory();
		for (const expected of [2, 1]) {
			const { asked, readPage } = serviceWith(rows(count));
			await readList({ limit: Infinity, readPage, remembered: memoryOf(memory) });
			expect(asked).toHaveLength(expected);
		}
	});

	test('is not looked for where a page had more rows', async () => {
		const memory = new ListMemory();
		await readList({ limit: Infinity, ...serviceWith(rows(26)), remembered: memoryOf(memory) });
		const { asked, readPage } = serviceWith(rows(25));
		await readList({ limit: Infinity, readPage, remembered: memoryOf(memory, { state: 'all' }) });
		expect(asked).toHaveLength(1);
	});

	test('and also ignores the page number is read once', async () => {
		const readPage = async () => rows(25);
		expect(await readList({ limit: Infinity, readPage, remembered: memoryOf() })).toEqual(rows(25));
	});
});

describe('a service that ignores the page number', () => {
	test('is noticed page by page', async () => {
		const { asked } = serviceWith([]);
		const readPage = async (page: number, size: number) => {
			asked.push([page, size]);
			return rows(PAGE_SIZE);
		};
		await expect(readList({ limit: Infinity, readPage })).rejects.toThrow('does not end');
		expect(asked).toHaveLength(3);
	});

	test.each([
		['for the first time', undefined, 5],
		['after a long list', 5900, 22],
	])('is noticed %s', async (_, lastTime, requests) => {
		const remembered = memoryOf();
		if (lastTime !== undefined) remembered.ended(lastTime);
		const service = new SlowList(rows(PAGE_SIZE));
		const readPage = async (page: number) => {
			await service.readPage(page, PAGE_SIZE);
			return rows(PAGE_SIZE);
		};
		await expect(service.read({ readPage, remembered })).rejects.toThrow('does not end');
		expect(service.asked.length).toBeLessThanOrEqual(requests);
	});
});
