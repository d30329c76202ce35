import fc from 'fast-check';
import { partsOf } from '../../../nodes/shared/operations/partsOf';

const sizes = (count: number) => partsOf(count).map(({ start, end }) => end - start);

test.each([
	[1, [1]],
	[1000, [1000]],
	[1001, [1000, 1]],
	[2000, [1000, 1000]],
	[5000, [1000, 1000, 2000, 1000]],
	[100_000, [1000, 1000, 2000, 4000, 8000, 16_000, 32_000, 36_000]],
])('%i items run in parts of %j', (count, expected) => expect(sizes(count)).toEqual(expected));

test('parts contain each item once and in order, and none is longer than all before it', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
			const parts = partsOf(count);
			expect(parts[0].start).toBe(0);
			expect(parts[0].end).toBeLessThanOrEqual(1000);
			expect(parts.at(-1)?.end).toBe(count);
			for (const [index, { start, end }] of parts.entries()) {
				expect(end).toBeGreaterThan(start);
				if (index === 0) continue;
				expect(start).toBe(parts[index - 1].end);
				expect(end - start).toBeLessThanOrEqual(start);
			}
			expect(parts.length).toBeLessThanOrEqual(Math.max(1, 2 + Math.log2(count / 1000)));
		}),
	);
});
