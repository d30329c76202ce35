import fc from 'fast-check';
import { LockEntry, LockTable, type LockRequest } from '../../../nodes/shared/client/lockTable';

type Step = { request: Required<LockRequest> } | { leaves: number };

/** Names are repeated on purpose, in one list and in both. */
const names = (maxLength: number) => fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength });
const join = fc.record({ request: fc.record({ exclusive: names(2), shared: names(4) }) });
const leave = fc.record({ leaves: fc.nat() });

/** An entry of the model. */
interface Known {
	number: number;
	request: Required<LockRequest>;
	isGranted: boolean;
}

function namesOf({ request }: Known): string[] {
	return [...request.exclusive, ...request.shared];
}

function conflict(one: Known, other: Known): boolean {
	const excludes = (a: Known, b: Known) => a.request.exclusive.some((name) => namesOf(b).includes(name));
	return excludes(one, other) || excludes(other, one);
}

/** Grants all entries of the model that do not conflict with an earlier one. Returns their numbers. */
function grantInModel(present: Known[]): number[] {
	const isFree = (one: Known, index: number) => !present.slice(0, index).some((other) => conflict(one, other));
	const granted = present.filter((one, index) => !one.isGranted && isFree(one, index));
	for (const one of granted) one.isGranted = true;
	return granted.map(({ number }) => number);
}

function checkSteps(steps: Step[]): void {
	const table = new LockTable();
	const entries: LockEntry[] = [];
	let present: Known[] = [];
	let granted: number[] = [];
	const check = () => {
		expect(granted).toEqual(grantInModel(present));
		expect(table.size).toBe(new Set(present.flatMap(namesOf)).size);
		granted = [];
	};
	// An entry that still waits is cancelled.
	const remove = (known: Known) => {
		present = present.filter((other) => other !== known);
		table.leave(entries[known.number]);
		check();
	};
	for (const step of steps) {
		if ('request' in step) {
			const number = entries.length;
			const entry = new LockEntry(step.request, () => granted.push(number));
			entries.push(entry);
			present.push({ number, request: step.request, isGranted: false });
			table.join(entry);
			check();
		} else if (present.length > 0) remove(present[step.leaves % present.length]);
	}
	while (present.length > 0) remove(present[0]);
	expect(table.size).toBe(0);
}

test('an entry is granted in the order of arrival, as soon as no earlier entry conflicts', () => {
	fc.assert(fc.property(fc.array(fc.oneof(join, join, leave), { maxLength: 60 }), checkSteps), { numRuns: 500 });
});

test('a long line of one name is granted in the order of arrival', () => {
	const table = new LockTable();
	const granted: number[] = [];
	const entries = Array.from({ length: 2500 }, (_, index) => {
		const request = index % 3 === 0 ? { exclusive: ['a'] } : { shared: ['a'] };
		const entry = new LockEntry(request, () => granted.push(index));
		table.join(entry);
		return entry;
	});
	entries.forEach((entry, index) => {
		expect(granted).toContain(index);
		table.leave(entry);
	});
	expect(granted).toEqual(entries.map((_, index) => index));
	expect(table.size).toBe(0);
});

test('an entry that leaves twice frees its locks once', () => {
	const table = new LockTable();
	const granted: string[] = [];
	const shared = ['a'];
	const first = new LockEntry({ shared }, () => granted.push('first'));
	table.join(first);
	table.join(new LockEntry({ shared }, () => granted.push('second')));
	table.join(new LockEntry({ exclusive: ['a'] }, () => granted.push('third')));
	table.leave(first);
	table.leave(first);
	expect(granted).toEqual(['first', 'second']);
});
