import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from './support/fastClock';
import { scimHarness, statuspageHarness, type Harness } from './support/harness';
import { holdingsOf, idsOf, without } from './support/losses';
import { numRuns } from './support/runs';
import { startSimulator, type Fault, type Simulator } from './support/simulator';

let simulator: Simulator;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

type Replacement = Partial<Fault> & Pick<Fault, 'kind'>;

const BODIES: Replacement[] = [
	{ kind: 'body', body: {} },
	{ kind: 'body', body: [] },
	{ kind: 'body', body: null },
	{ kind: 'body', body: '' },
	{ kind: 'body', body: 'OK' },
	{ kind: 'body', body: { message: 'x' } },
	{
		kind: 'body',
		status: 200,
		body: '<html><head><title>Sign in</title></head></html>',
		headers: { 'content-type': 'text/html' },
	},
	{ kind: 'html', status: 200 },
	{ kind: 'status', status: 200, body: {} },
];

/** Fields of all responses. Most runs receive some of them. */
const FIELDS = [
	'id',
	'email',
	'external_login',
	'page_access_group_ids',
	'page_access_user_ids',
	'component_ids',
	'metric_ids',
	'name',
	'group',
	'group_id',
	'status',
	'components',
	'incident_updates',
	'metadata',
	'scheduled_for',
	'body',
	'body_draft',
	'published_at',
	'page_id',
	'position',
	'pages',
	'data',
	'user_id',
	'members',
	'displayName',
	'emails',
	'active',
	'userName',
	'totalResults',
	'Resources',
	'patch',
	'timestamp',
	'type',
	'value',
];

const replacement = fc.oneof(
	fc.constantFrom(...BODIES),
	fc
		.tuple(fc.constantFrom(...FIELDS), fc.constantFrom('dropped', null, 'text', 5))
		.map(
			([name, value]): Replacement =>
				value === 'dropped' ? { kind: 'fields', drop: [name] } : { kind: 'fields', set: { [name]: value } },
		),
);

/** Whether an output row reports something that wasn't done. */
const isNotDone = (row: IDataObject) =>
	'error' in row ||
	['failed', 'stale', 'unchanged'].includes(String(row.result)) ||
	row.deleted === false ||
	[row.notThere, row.alreadyThere].some((list) => Array.isArray(list) && list.length > 0);

/** An empty list is a valid response. Objects that it doesn't contain may be created again, but nothing may be lost. */
const isEmptyList = ({ body }: Replacement) => Array.isArray(body);

/** Runs an operation without faults: number of requests, and holdings before and after. */
async function usualRun(harness: Harness, name: string) {
	const { log, before, after, error } = await harness.runWith([], name, harness.usual(name));
	expect(error).toBeUndefined();
	const known = idsOf(before);
	return { requests: log.length, known, before: holdingsOf(before, known), after: holdingsOf(after, known) };
}

const nodes: Array<[string, (simulator: Simulator) => Promise<Harness>, number]> = [
	['Statuspage', statuspageHarness, 0.4],
	['Atlassian SCIM', scimHarness, 0.2],
];

test.each(nodes)(
	'%s: with any unexpected response, nothing is lost and only changes that were made are reported as done',
	async (_, harnessFor, part) => {
		const harness = await harnessFor(simulator);
		// Public pages write nothing. test/services/statuspage/publicApi/readPublicPage.property.test.ts replaces their answers.
		const names = harness.names.filter((name) => !name.startsWith('publicPage '));
		const usual = new Map<string, Awaited<ReturnType<typeof usualRun>>>();
		const choice = fc.record({
			name: fc.constantFrom(...names),
			skip: fc.nat(),
			isOnce: fc.boolean(),
			replacement,
		});
		await fc.assert(
			fc.asyncProperty(choice, async ({ name, skip, isOnce, replacement: fault }) => {
				const wanted = usual.get(name) ?? (await usualRun(harness, name));
				usual.set(name, wanted);
				const { items, error, before, after } = await harness.runWith(
					[{ ...fault, skip: skip % wanted.requests, times: isOnce ? 1 : 1000 }],
					name,
					harness.usual(name),
				);
				const texts = [error?.message, error?.description, ...items.map(({ reason }) => reason)].join('\n');
				expect(texts).not.toMatch(/TypeError|could not be finished|is not (a function|iterable)|Cannot read/);

				const [start, end] = [holdingsOf(before, wanted.known), holdingsOf(after, wanted.known)];
				expect([...start].sort()).toEqual([...wanted.before].sort());
				const kept = [...wanted.before].filter((entry) => wanted.after.has(entry));
				expect(kept.filter((entry) => !end.has(entry))).toEqual([]);
				if (isEmptyList(fault)) return;
				expect(without(end, new Set([...wanted.before, ...wanted.after]))).toEqual([]);
				if (!error && !items.some(isNotDone)) expect([...end].sort()).toEqual([...wanted.after].sort());
			}),
			{ numRuns: numRuns(part), endOnFailure: true },
		);
	},
	600_000,
);
