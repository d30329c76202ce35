import fc from 'fast-check';
import { findInParts, KnownPages } from '../../../nodes/shared/client/findInParts';
import { CountingClock } from '../../support/countingClock';

interface Row {
	id: string;
	email: string;
}

/** A list of `length` rows with pages of 10, which counts its requests. */
function serviceOf(length: number, atOnce = 1) {
	const all = Array.from({ length }, (_, index): Row => ({ id: `id${index}`, email: `e${index}` }));
	const pages: number[] = [];
	const searched: string[] = [];
	const searchFor = (keys: string[]) => ({
		keys,
		keyOf: ({ email }: Row) => email,
		size: 10,
		readPage: async (page: number) => {
			pages.push(page);
			return all.slice((page - 1) * 10, page * 10);
		},
		lookUp: async (key: string) => {
			searched.push(key);
			return all.filter(({ email }) => email === key);
		},
		confirmsMissing: true,
		absenceNeedsList: false,
		sideBySide: { atOnce, room: () => 10, clock: new CountingClock(0) },
	});
	return { all, pages, searched, searchFor };
}

const numbers = fc.uniqueArray(fc.nat(150), { maxLength: 60 });

test('each part finds all of its objects, and no page is read twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(120),
			fc.array(numbers, { maxLength: 5 }),
			fc.constantFrom(1, 8),
			async (length, parts, atOnce) => {
				const { pages, searchFor } = serviceOf(length, atOnce);
				const known = new KnownPages<Row>(10);
				for (const part of parts) {
					const keys = part.map((number) => `e${number}`);
					const { rows, missing } = await findInParts(known, searchFor(keys));
					const there = part.filter((number) => number < length);
					expect([...rows.keys()].sort()).toEqual(there.map((number) => `e${number}`).sort());
					for (const [key, found] of rows) expect(found.map(({ email }) => email)).toEqual([key]);
					expect([...missing].sort()).toEqual(keys.filter((key) => !rows.has(key)).sort());
				}
				expect(new Set(pages).size).toBe(pages.length);
				// Up to three pages per part may be requested in vain.
				const allowed = Math.floor(length / 10) + 1 + (atOnce > 1 ? 3 * parts.length : 0);
				expect(pages.length).toBeLessThanOrEqual(allowed);
			},
		),
	);
});

test('a part continues after the pages of the parts before it, and searches for nothing that is on a page', async () => {
	const { all, pages, searched, searchFor } = serviceOf(200);
	const known = new KnownPages<Row>(10);
	for (const [start, end] of [
		[0, 50],
		[50, 100],
		[100, 120],
		[0, 120],
	])
		await findInParts(known, searchFor(all.slice(start, end).map(({ email }) => email)));
	expect(pages).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
	expect(searched).toEqual([]);
});

test('after the whole list was read, no page is requested again', async () => {
	const { all, pages, searched, searchFor } = serviceOf(25);
	const known = new KnownPages<Row>(10);
	await findInParts(known, searchFor([...all.map(({ email }) => email), 'missing1']));
	const { isWhole, missing } = await findInParts(known, searchFor(['missing2', 'missing3', 'missing4']));
	expect(pages).toEqual([1, 2, 3]);
	expect({ isWhole, missing }).toEqual({ isWhole: true, missing: ['missing2', 'missing3', 'missing4'] });
	expect(searched).toEqual(['missing1', 'missing2', 'missing3', 'missing4']);
});

test('several objects with one key are all found, also on pages of an earlier part', async () => {
	const { all, searchFor } = serviceOf(30);
	all[15].email = 'e3';
	const known = new KnownPages<Row>(10);
	await findInParts(known, searchFor(['e1', 'e2', 'e12', 'e25']));
	const { rows } = await findInParts(known, searchFor(['e3', 'e4', 'e5']));
	expect(rows.get('e3')?.map(({ id }) => id)).toEqual(['id3', 'id15']);
});

test('another object with the key of an earlier page is found on a page of a later part', async () => {
	const { all, searchFor } = serviceOf(40);
	all[25].email = 'e3';
	const known = new KnownPages<Row>(10);
	await findInParts(known, searchFor(['e1', 'e2', 'e4']));
	const { rows } = await findInParts(known, searchFor(['e3', 'e15', 'e16', 'e22', 'e24']));
	expect(rows.get('e3')?.map(({ id }) => id)).toEqual(['id3', 'id25']);
});
