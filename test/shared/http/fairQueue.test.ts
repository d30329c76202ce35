import fc from 'fast-check';
import { FairQueue } from '../../../nodes/shared/http/fairQueue';

type Step =
	| { do: 'push' | 'putBack'; lane: string }
	| { do: 'take' }
	| { do: 'leave'; nth: number }
	| { do: 'remove'; odd: boolean };

const lane = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof<Array<fc.Arbitrary<Step>>>(
	fc.record({ do: fc.constantFrom('push' as const, 'putBack' as const), lane }),
	fc.constant({ do: 'take' as const }),
	fc.record({ do: fc.constant('leave' as const), nth: fc.nat(40) }),
	fc.record({ do: fc.constant('remove' as const), odd: fc.boolean() }),
);

/** What the queue does, in simple lists: the executions in turn, each with its entries in order. */
class Model {
	lanes: Array<{ name: string; values: number[] }> = [];

	add(name: string, value: number, atFront: boolean): void {
		let found = this.lanes.find((other) => other.name === name);
		if (!found) this.lanes.push((found = { name, values: [] }));
		if (atFront) found.values.unshift(value);
		else found.values.push(value);
	}

	take(): number | undefined {
		const first = this.lanes.shift();
		const value = first?.values.shift();
		if (first && first.values.length > 0) this.lanes.push(first);
		return value;
	}

	remove(condition: (value: number) => boolean): number[] {
		const removed = this.lanes.flatMap(({ values }) => values.filter(condition));
		for (const found of this.lanes) found.values = found.values.filter((value) => !condition(value));
		this.lanes = this.lanes.filter(({ values }) => values.length > 0);
		return removed;
	}
}

test('executions are served in turn, and entries leave without changing the order of the others', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const queue = new FairQueue<number>();
			const model = new Model();
			const leave: Array<() => void> = [];
			for (const wanted of steps) {
				if (wanted.do === 'push' || wanted.do === 'putBack') {
					const value = leave.length;
					leave.push(queue[wanted.do](wanted.lane, value));
					model.add(wanted.lane, value, wanted.do === 'putBack');
				} else if (wanted.do === 'leave') {
					leave[wanted.nth]?.();
					model.remove((value) => value === wanted.nth);
				} else if (wanted.do === 'remove') {
					const condition = (value: number) => value % 2 === (wanted.odd ? 1 : 0);
					expect(queue.remove(condition)).toEqual(model.remove(condition));
				} else {
					expect(queue.take()).toBe(model.take());
				}
				expect([queue.first, queue.isEmpty]).toEqual([model.lanes[0]?.values[0], model.lanes.length === 0]);
			}
		}),
	);
});

test('300,000 entries join and leave', () => {
	// With work for each other entry, this would take longer than a test may.
	const queue = new FairQueue<number>();
	const leave = Array.from({ length: 300_000 }, (_, index) => queue.push('bulk', index));
	for (let index = 0; index < 100_000; index++) queue.take();
	expect(queue.first).toBe(100_000);
	for (const leaveQueue of leave.reverse()) leaveQueue();
	expect(queue.isEmpty).toBe(true);
});
