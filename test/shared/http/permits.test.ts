import fc from 'fast-check';
import { Permits } from '../../../nodes/shared/http/permits';
import { FakeClock } from '../../support/fakeClock';

test('at most the allowed number of reads run at the same time, in their order, also after failures', async () => {
	const read = fc.record({ ms: fc.nat(50), fails: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(read, { maxLength: 30 }), async (max, reads) => {
			const clock = new FakeClock();
			const limit = new Permits(max);
			const started: number[] = [];
			let running = 0;
			let most = 0;
			const work = reads.map(
				async ({ ms, fails }, index) =>
					await limit.run(async () => {
						started.push(index);
						most = Math.max(most, ++running);
						await clock.sleep(ms);
						running--;
						if (fails) throw new Error(`read ${index}`);
						return index;
					}),
			);
			const settled = await clock.finish(Promise.allSettled(work));
			expect(settled.map(({ status }) => status === 'rejected')).toEqual(reads.map(({ fails }) => fails));
			expect(started).toEqual(reads.map((_, index) => index));
			expect(most).toBe(Math.min(max, reads.length));
			expect(limit.isReached).toBe(false);
		}),
		{ numRuns: 50 },
	);
});
