import { createOnce } from '../../../nodes/shared/client/createOnce';
import { Cancelled, Failure, mayHaveArrived, type FailureFacts } from '../../../nodes/shared/http/failures';
import { RunReport } from '../../../nodes/shared/http/runReport';
import { FakeClock } from '../../support/fakeClock';

interface Row {
	id: string;
	created?: string;
}

type Step = Row | Error | undefined;

const failure = (facts: Partial<FailureFacts>) => new Failure({ kind: 'lost', message: 'No response', ...facts });
const lost = failure({});
const refused = failure({ kind: 'notSent', message: 'Could not reach' });
const rejected = failure({ kind: 'rateLimit', message: 'Rate limit', status: 429 });
const invalid = failure({ kind: 'answer', message: 'Rejected', status: 422 });
const conflict = failure({ kind: 'answer', message: 'Taken', status: 409 });
const gone = failure({ kind: 'notSent', message: 'Could not reach it to read' });

/** Creates with these results of the creates and of the look-ups, in order. */
async function work(creates: Step[], lookUps: Step[] = [], maxTries?: number) {
	const clock = new FakeClock(() => 0.5);
	const report = new RunReport();
	const log: string[] = [];
	const next = async <T>(name: string, steps: T[]): Promise<Exclude<T, Error>> => {
		log.push(`${name} ${clock.now()}`);
		const step = steps.shift();
		if (step instanceof Error) throw step;
		return step as Exclude<T, Error>;
	};
	const created = createOnce<Row>({
		connection: { clock, report },
		create: async () => (await next('create', creates)) as Row,
		find: async () => await next('find', lookUps),
		createdAt: (row) => row.created,
		maxTries,
		taken: () => failure({ kind: 'answer', status: 409, message: 'It existed before' }),
	});
	const result = await clock.finish(created.catch((error: Failure) => error));
	return { result, log, report };
}

test('a lost create that is found is done', async () => {
	const { result, log, report } = await work([lost], [{ id: 'a' }]);
	expect(result).toEqual({ row: { id: 'a' }, wasLost: true });
	expect([log, report.repeats]).toEqual([['create 0', 'find 0'], 0]);
});

test('a lost create that is not found is sent again after a wait, which counts as a repeat', async () => {
	const { result, log, report } = await work([lost, { id: 'b' }], [undefined]);
	expect(result).toEqual({ row: { id: 'b' }, wasLost: false });
	expect([log, report.repeats]).toEqual([['create 0', 'find 0', 'create 250'], 1]);
});

test('a lost create with one try is not sent again', async () => {
	const { result, log, report } = await work([lost, { id: 'b' }], [undefined], 1);
	expect(mayHaveArrived(result)).toBe(true);
	expect([log, report.repeats]).toEqual([['create 0', 'find 0'], 0]);
});

test('an object that is older than the request existed before', async () => {
	const { result } = await work([lost], [{ id: 'a', created: '2025-12-31T23:00:00Z' }]);
	expect(result).toMatchObject({ message: 'It existed before' });
});

test('a conflict after a lost create was caused by it, if the object is found', async () => {
	const { result } = await work([lost, conflict], [undefined, { id: 'a' }]);
	expect(result).toEqual({ row: { id: 'a' }, wasLost: true });
});

const uncertain: Array<[string, Step[], Step[], { message: string; status?: number; advice: RegExp }]> = [
	[
		'its look-up fails',
		[lost],
		[gone],
		{
			message: 'No response',
			advice: /may have been created\. It could not be looked up: Could not reach it to read\./,
		},
	],
	[
		'it is not found twice',
		[lost, lost],
		[undefined, undefined],
		{ message: 'No response', advice: /may have been created/ },
	],
	[
		'its second try is not sent',
		[lost, refused],
		[undefined],
		{ message: 'Could not reach', advice: /may have been created/ },
	],
	[
		'its second try is rejected',
		[lost, rejected],
		[undefined],
		{ message: 'Rate limit', status: 429, advice: /may have been created/ },
	],
	['its look-up fails in an unexpected way', [lost], [new TypeError('odd')], { message: 'No response', advice: /odd/ }],
];

test.each(uncertain)('a lost create may have been created when %s', async (_, creates, lookUps, expected) => {
	const { result } = await work(creates, lookUps);
	expect(result).toBeInstanceOf(Failure);
	expect(mayHaveArrived(result)).toBe(true);
	const { facts } = result as Failure;
	expect(facts.kind).not.toBe('notSent');
	expect({ ...facts }).toMatchObject({
		message: expected.message,
		...(expected.status ? { status: expected.status } : {}),
		advice: expect.stringMatching(expected.advice) as string,
	});
});

test.each([
	['that was not sent', [refused], 'Could not reach'],
	['that the service rejects', [invalid], 'Rejected'],
	['whose second try the service rejects, and which was not found', [lost, invalid], 'Rejected'],
])('a create %s was not done', async (_, creates, message) => {
	const { result } = await work(creates, [undefined]);
	expect(result).toMatchObject({ message });
	expect(mayHaveArrived(result)).toBe(false);
});

test.each([
	['during its look-up', [lost], [new Cancelled()]],
	['before its second try', [lost, new Cancelled()], [undefined]],
])('a lost create that is cancelled %s may have been created', async (_, creates, lookUps) => {
	expect((await work(creates, lookUps)).result).toMatchObject({ name: 'AbortError', mayHaveArrived: true });
});
