import fc from 'fast-check';
import { readListing, type ListingOptions } from '../../../nodes/services/scim/listing';
import { systemClock } from '../../../nodes/shared/http/clock';
import { FakeClock } from '../../support/fakeClock';
import { numRuns } from '../../support/runs';

interface Row {
	id: string;
}

/** Reads a list with 20 requests at the same time. */
const read = async (options: Pick<ListingOptions<Row>, 'limit' | 'readPage'>) =>
	await readListing({ ...options, atOnce: 20, clock: systemClock });

/** A directory that changes between two requests, and returns at most `pageSize` entries. */
class Directory {
	requests: Array<{ startIndex: number; count: number }> = [];

	constructor(
		readonly rows: Row[],
		private readonly before: (request: number, rows: Row[]) => void = () => {},
		private readonly pageSize = 100,
	) {}

	readonly readPage = async (startIndex: number, count: number) => {
		this.before(this.requests.length, this.rows);
		this.requests.push({ startIndex, count });
		return {
			rows: this.rows.slice(startIndex - 1, startIndex - 1 + Math.min(count, this.pageSize)),
			total: this.rows.length,
		};
	};
}

const people = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: `u${index}` }));
const ids = (rows: Row[]) => rows.map(({ id }) => id);

test.each([
	[0, 1],
	[1, 1],
	[99, 1],
	[100, 1],
	[101, 2],
	[1200, 12],
	[1250, 13],
])('%i users take %i requests', async (count, requests) => {
	const directory = new Directory(people(count));
	const listing = await read({ limit: Infinity, readPage: directory.readPage });
	expect(listing).toEqual({ rows: people(count), isOnePiece: requests === 1 });
	expect(directory.requests).toHaveLength(requests);
});

test('a limit requests no entry that is not needed', async () => {
	const directory = new Directory(people(1250));
	expect((await read({ limit: 130, readPage: directory.readPage })).rows).toEqual(people(130));
	expect(directory.requests).toEqual([
		{ startIndex: 1, count: 100 },
		{ startIndex: 101, count: 30 },
	]);
});

test('reading continues after the received entries if they are fewer than requested', async () => {
	const directory = new Directory(people(130), undefined, 40);
	expect((await read({ limit: Infinity, readPage: directory.readPage })).rows).toEqual(people(130));
	expect(directory.requests.map(({ startIndex }) => startIndex)).toEqual([1, 41, 81, 121]);
});

test('a removal that shifts a row past the place that is read is noticed, and mended by reading again', async () => {
	const directory = new Directory(people(250), (request, rows) => void (request === 1 && rows.shift()));
	const listing = await read({ limit: Infinity, readPage: directory.readPage });
	// The first reading misses u100, which moved to the first page, and still contains u0.
	expect(ids(listing.rows)).toEqual(ids(people(250)).slice(1));
	expect(listing.unsettled).toBeUndefined();
	expect(directory.requests).toHaveLength(6);
});

test('an insertion causes no duplicate, and the new entry is listed', async () => {
	const directory = new Directory(people(250), (request, rows) => void (request === 1 && rows.unshift({ id: 'new' })));
	const { rows } = await read({ limit: Infinity, readPage: directory.readPage });
	expect(ids(rows)).toEqual(['new', ...ids(people(250))]);
});

test('a directory that changes all the time is read three times, and the result says so', async () => {
	const directory = new Directory(people(250), (request, rows) => void rows.push({ id: `late${request}` }));
	const listing = await read({ limit: Infinity, readPage: directory.readPage });
	expect(listing.unsettled).toEqual({ total: directory.rows.length });
	expect(new Set(ids(listing.rows)).size).toBe(listing.rows.length);
	expect(directory.requests).toHaveLength(9);
});

test('a total that counts more than there is ends, and is told', async () => {
	const readPage = async (startIndex: number) => ({ rows: startIndex === 1 ? people(3) : [], total: 5 });
	expect(await read({ limit: Infinity, readPage })).toEqual({
		rows: people(3),
		isOnePiece: false,
		unsettled: { total: 5 },
	});
});

test('without a total, an empty page is the end', async () => {
	const { rows } = new Directory(people(150));
	const readPage = async (startIndex: number, count: number) => ({
		rows: rows.slice(startIndex - 1, startIndex - 1 + count),
		total: Infinity,
	});
	expect(await read({ limit: Infinity, readPage })).toEqual({ rows, isOnePiece: false });
});

test('a service that ignores the start index is noticed, not looped over', async () => {
	const readPage = async () => ({ rows: people(100), total: 1250 });
	await expect(read({ limit: Infinity, readPage })).rejects.toThrow('The list does not end');
});

test('with any changes meanwhile: no duplicates, and a settled list contains every entry that existed all the time', async () => {
	const change = fc.record({ before: fc.nat(8), isRemoval: fc.boolean(), at: fc.nat(400) });
	await fc.assert(
		fc.asyncProperty(fc.nat(400), fc.array(change, { maxLength: 3 }), async (count, changes) => {
			// One removal and one insertion between two requests leave the total as it was: nothing in the API shows that.
			const kinds = new Set(changes.map(({ isRemoval }) => isRemoval));
			fc.pre(kinds.size < 2);
			const directory = new Directory(people(count), (request, rows) => {
				for (const { before, isRemoval, at } of changes) {
					if (before !== request) continue;
					if (isRemoval) rows.splice(at, 1);
					else rows.splice(at, 0, { id: `new${request}-${at}-${rows.length}` });
				}
			});
			const { rows, unsettled } = await read({ limit: Infinity, readPage: directory.readPage });
			expect(new Set(ids(rows)).size).toBe(rows.length);
			if (unsettled) return;
			const afterwards = new Set(ids(directory.rows));
			const stayed = ids(people(count)).filter((id) => afterwards.has(id));
			expect(ids(rows)).toEqual(expect.arrayContaining(stayed));
		}),
		{ numRuns: numRuns(0.5) },
	);
});

describe('side by side', () => {
	const LATENCY_MS = 100;

	/** Reads a directory that answers each request after 100 ms. */
	async function timed(directory: Directory, limit: number, atOnce: number) {
		const clock = new FakeClock();
		let running = 0;
		let most = 0;
		const readPage = async (startIndex: number, count: number) => {
			most = Math.max(most, ++running);
			await clock.sleep(LATENCY_MS);
			running--;
			return await directory.readPage(startIndex, count);
		};
		const { rows } = await clock.finish(readListing({ limit, readPage, atOnce, clock }));
		return { rows, most, rounds: clock.now() / LATENCY_MS };
	}

	test.each([
		[1250, 100, 20, 13, 2],
		[1250, 100, 4, 13, 4],
		[1250, 100, 1, 13, 13],
		[1250, 40, 20, 32, 3],
		[5000, 100, 20, 50, 4],
		[90, 100, 20, 1, 1],
	])(
		'%d users in pages of %d, %d requests at the same time: %d requests in %d round trips',
		async (count, pageSize, atOnce, requests, rounds) => {
			const directory = new Directory(people(count), undefined, pageSize);
			const reading = await timed(directory, Infinity, atOnce);
			expect(reading.rows).toEqual(people(count));
			expect(directory.requests).toHaveLength(requests);
			expect(reading.rounds).toBe(rounds);
			expect(reading.most).toBeLessThanOrEqual(atOnce);
		},
	);

	test('of any length, limit and page size, all entries are returned in their order', async () => {
		const amount = fc.integer({ min: 1, max: 700 });
		await fc.assert(
			fc.asyncProperty(fc.nat(700), amount, fc.integer({ min: 7, max: 120 }), async (count, limit, pageSize) => {
				const directory = new Directory(people(count), undefined, pageSize);
				const { rows } = await timed(directory, limit, 20);
				expect(rows).toEqual(people(Math.min(count, limit)));
				expect(directory.requests).toHaveLength(Math.max(1, Math.ceil(rows.length / Math.min(pageSize, 100))));
			}),
			{ numRuns: numRuns(0.3) },
		);
	});
});
