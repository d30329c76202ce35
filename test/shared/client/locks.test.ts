import fc from 'fast-check';
import { withLocks } from '../../../nodes/shared/client/locks';
import { FakeClock } from '../../support/fakeClock';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const wanted = fc.record({
	exclusive: fc.uniqueArray(name, { maxLength: 2 }),
	shared: fc.uniqueArray(name, { maxLength: 3 }),
	ms: fc.integer({ min: 1, max: 50 }),
	afterMs: fc.nat(30),
});

interface Held {
	exclusive: string[];
	shared: string[];
}

function collide(a: Held, b: Held): boolean {
	const meets = (one: string[], other: string[]) => one.some((entry) => other.includes(entry));
	return meets(a.exclusive, b.exclusive) || meets(a.exclusive, b.shared) || meets(a.shared, b.exclusive);
}

test('conflicting locks are never held together, all are granted, and in their order', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(wanted, { maxLength: 12 }), async (list) => {
			const clock = new FakeClock();
			const holding = new Set<Held>();
			const granted: number[] = [];
			const work: Array<Promise<void>> = [];
			for (const [index, { exclusive, shared, ms, afterMs }] of list.entries()) {
				await clock.advance(afterMs);
				const held = { exclusive, shared };
				work.push(
					withLocks(held, undefined, async () => {
						for (const other of holding) expect(collide(held, other)).toBe(false);
						for (const earlier of list.slice(0, index)) {
							if (collide(held, earlier)) expect(granted).toContain(list.indexOf(earlier));
						}
						holding.add(held);
						granted.push(index);
						await clock.sleep(ms);
						holding.delete(held);
					}),
				);
			}
			await clock.finish(Promise.all(work));
			expect(granted).toHaveLength(list.length);
		}),
	);
});

test('those who share do not wait for each other', async () => {
	const clock = new FakeClock();
	const work = [1, 2, 3].map(
		async () => await withLocks({ shared: ['group'] }, undefined, async () => await clock.sleep(100)),
	);
	await clock.finish(Promise.all(work));
	expect(clock.now()).toBe(100);
});

test('a lock is freed when the work fails, and when who waits is cancelled', async () => {
	const clock = new FakeClock();
	const controller = new AbortController();
	const failing = withLocks({ exclusive: ['x'] }, undefined, async () => {
		await clock.sleep(10);
		throw new Error('no luck');
	});
	const cancelled = withLocks({ exclusive: ['x'] }, controller.signal, async () => await clock.sleep(1000));
	const last = withLocks({ exclusive: ['x'] }, undefined, async () => clock.now());
	controller.abort();
	await expect(cancelled).rejects.toThrow('cancelled');
	await expect(clock.finish(failing)).rejects.toThrow('no luck');
	expect(await clock.finish(last)).toBe(10);
});

test('an execution that was cancelled before gets no lock', async () => {
	const controller = new AbortController();
	controller.abort();
	await expect(withLocks({ exclusive: ['y'] }, controller.signal, async () => {})).rejects.toThrow('cancelled');
	await withLocks({ exclusive: ['y'] }, undefined, async () => {});
});

test('those who share the lock follow at once if the one before them is cancelled', async () => {
	const clock = new FakeClock();
	const controller = new AbortController();
	const share = async () => await withLocks({ shared: ['z'] }, undefined, async () => await clock.sleep(100));
	const first = share();
	const cancelled = withLocks({ exclusive: ['z'] }, controller.signal, async () => {});
	const behind = share();
	controller.abort();
	await expect(cancelled).rejects.toThrow('cancelled');
	await clock.finish(Promise.all([first, behind]));
	expect(clock.now()).toBe(100);
});

test.each(['one object', 'different objects'])('20,000 waiting locks of %s are granted', async (kind) => {
	// With work for each other lock, this would take longer than a test may.
	await Promise.all(
		Array.from({ length: 20_000 }, async (_, index) => {
			const own = kind === 'one object' ? 'group' : `group ${index}`;
			await withLocks({ exclusive: [own], shared: [`page ${kind}`] }, undefined, async () => {});
		}),
	);
});
