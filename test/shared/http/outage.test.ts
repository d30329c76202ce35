import fc from 'fast-check';
import { Outage, type FailedTry } from '../../../nodes/shared/http/outage';

const failedAt = (now: number, more: Partial<FailedTry> = {}): FailedTry => ({
	sentAt: now - 10,
	now,
	random: 1,
	isHostKnown: true,
	...more,
});

function outageAfter(...tries: FailedTry[]): Outage {
	const outage = new Outage();
	for (const failed of tries) outage.failed(failed);
	return outage;
}

const write = {};

test.each<[string, FailedTry[], boolean]>([
	['one failed try', [failedAt(100)], false],
	['two in a row', [failedAt(100), failedAt(110)], true],
	['one that announces it', [failedAt(100, { isAnnounced: true })], true],
	['many of a host that never answered', [100, 110, 120].map((at) => failedAt(at, { isHostKnown: false })), false],
	['many of one write that gets a 503', [100, 110, 120].map((at) => failedAt(at, { suspect: write })), false],
	['those of two writes', [failedAt(100, { suspect: write }), failedAt(110, { suspect: {} })], true],
	['those of a write and a read', [failedAt(100, { suspect: write }), failedAt(110)], true],
])('%s: an outage begins: %p', (_, tries, isOn) => expect(outageAfter(...tries).isOn).toBe(isOn));

test('an answer between two failed tries means that the service works', () => {
	const outage = outageAfter(failedAt(100));
	outage.answered(95, 105);
	outage.failed(failedAt(110));
	expect(outage.isOn).toBe(false);
});

test('an outage began with its first failed try, and ends with the answer to a later request', () => {
	const outage = outageAfter(failedAt(100), failedAt(110));
	expect(outage.since).toBe(100);
	outage.answered(90, 150);
	expect([outage.isOn, outage.since]).toEqual([true, 150]);
	outage.answered(700, 800);
	expect([outage.isOn, outage.since, outage.waitMs(800)]).toEqual([false, undefined, 0]);
});

test('probes are further and further apart, and requests from before the outage do not count as probes', () => {
	const outage = outageAfter(failedAt(100), failedAt(110));
	const waits = [outage.waitMs(110)];
	outage.failed(failedAt(300, { sentAt: 105 }));
	expect(outage.waitMs(110)).toBe(500);
	for (let now = 1000; now < 9000; now += 1000) {
		outage.failed(failedAt(now));
		waits.push(outage.waitMs(now));
	}
	expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000]);
});

test('no two probes are closer than a quarter of a second, whatever happens', () => {
	const event = fc.record({
		afterMs: fc.integer({ min: 1, max: 20_000 }),
		random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
		isAnswer: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(event), (events) => {
			const outage = new Outage();
			let now = 0;
			for (const { afterMs, random, isAnswer } of events) {
				const sentAt = now + 0.5;
				now += afterMs;
				const wasOn = outage.isOn;
				if (isAnswer) outage.answered(sentAt, now);
				else outage.failed(failedAt(now, { sentAt, random }));
				if (isAnswer && wasOn) expect(outage.isOn).toBe(false);
				if (!isAnswer && outage.isOn) expect(outage.waitMs(now)).toBeGreaterThanOrEqual(250);
			}
		}),
	);
});
