import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { asError } from '../nodes/shared/http/failures';
import { fieldsOf, type Field } from '../nodes/shared/fields/field';
import { hasDryRun } from '../nodes/shared/operations/dryRun';
import { useFastClock } from './support/fastClock';
import { scimHarness, statuspageHarness, type Harness } from './support/harness';
import { numRuns } from './support/runs';
import { startSimulator, type Fault, type Simulator } from './support/simulator';
import { asExpression, placesIn, testValuesFor, valueAt, withValue } from './support/wrongValues';

let simulator: Simulator;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

const OUTPUT = ['after', 'before', 'dryRun', 'would'];
const nodes: Array<[string, (simulator: Simulator) => Promise<Harness>, number]> = [
	['Statuspage', statuspageHarness, 0.6],
	['Atlassian SCIM', scimHarness, 0.3],
];

const inDryRun = (parameters: IDataObject, isOn: unknown): IDataObject => ({
	...parameters,
	options: { ...(parameters.options as IDataObject | undefined), dryRun: isOn },
});
/** Turns on all switches of 'Options', e.g. Ignore If Missing. */
const withSwitches = (fields: readonly Field[]): IDataObject =>
	Object.fromEntries(
		fields
			.filter(({ name }) => name === 'options')
			.flatMap(fieldsOf)
			.filter(({ type }) => type === 'boolean')
			.map(({ name }) => [name, true]),
	);
const writing = ({ names, operation }: Harness) => names.filter((name) => hasDryRun(operation(name).fields));

/** Output rows have exactly the fields of a dry run, so no row says that something was done. */
function expectDryRuns(items: IDataObject[]): void {
	for (const item of items) {
		expect(Object.keys(item).sort()).toEqual(OUTPUT);
		expect([item.dryRun, item.would]).toEqual([true, expect.stringMatching(/^[a-z].*[^.]$/)]);
		for (const object of [item.before, item.after])
			expect([object, object === null || (typeof object === 'object' && !Array.isArray(object))]).toEqual([
				object,
				true,
			]);
	}
}

describe.each(nodes)('%s', (_, harnessFor, part) => {
	test('all operations that delete have the option', async () => {
		const harness = await harnessFor(simulator);
		const deleting = harness.names.filter((name) => name.endsWith(' delete'));
		expect(deleting.length).toBeGreaterThan(0);
		expect(deleting.filter((name) => !writing(harness).includes(name))).toEqual([]);
	});

	test('in a dry run, every operation reads and writes nothing', async () => {
		const harness = await harnessFor(simulator);
		const runs = writing(harness).flatMap((name) => [
			{ name, options: {} },
			{ name, options: withSwitches(harness.operation(name).fields) },
		]);
		for (const { name, options } of runs) {
			const usual = harness.usual(name);
			const given = inDryRun(
				{ ...usual, options: { ...(usual.options as IDataObject | undefined), ...options } },
				true,
			);
			const { log, items, error, before, after } = await harness.runWith([], name, given);
			expect([name, error]).toEqual([name, undefined]);
			expect([name, log.length > 0, log.filter(({ method }) => method !== 'GET')]).toEqual([name, true, []]);
			expect(items.length).toBeGreaterThan(0);
			expectDryRuns(items);
			expect(after).toEqual(before);
		}
	}, 120_000);

	test('a dry run never writes, whatever the values and the answers are', async () => {
		const harness = await harnessFor(simulator);
		const fault = fc.option(
			fc.constantFrom<Array<Partial<Fault> & Pick<Fault, 'kind'>>>(
				{ kind: 'body', body: {} },
				{ kind: 'body', body: [] },
				{ kind: 'html', status: 200 },
				{ kind: 'status', status: 404, body: {} },
				{ kind: 'status', status: 500, body: {}, times: 1 },
				{ kind: 'fields', drop: ['id'] },
			),
		);
		const choice = fc.record({
			name: fc.constantFrom(...writing(harness)),
			place: fc.nat(),
			value: fc.nat(),
			isOn: fc.constantFrom<unknown>(true, 'TRUE', 1, '={{ true }}', '={{ "true" }}'),
			fault,
			skip: fc.nat({ max: 2 }),
		});
		await fc.assert(
			fc.asyncProperty(choice, async ({ name, place: placeNumber, value: valueNumber, isOn, fault: broken, skip }) => {
				const usual = harness.usual(name);
				const places = placesIn(harness.operation(name).fields).filter(({ field }) => field.name !== 'dryRun');
				const place = places[placeNumber % places.length];
				const values = testValuesFor(place, valueAt(usual, place));
				const given = withValue(usual, place, asExpression(values[valueNumber % values.length].value));
				const faults: Fault[] = broken ? [{ times: 1000, ...broken, skip }] : [];
				try {
					const { log, items, before, after } = await harness.runWith(faults, name, inDryRun(given, isOn));
					expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
					expect(after).toEqual(before);
					expectDryRuns(items);
				} catch (error) {
					// n8n's messages about missing required fields. n8n shows them before it calls the node.
					if (!/^The '.*' node has issues|Parameter "/.test((error as Error).message)) throw asError(error);
					expect(await simulator.log()).toEqual([]);
				}
			}),
			{ numRuns: numRuns(part), endOnFailure: true },
		);
	}, 600_000);
});
