import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../nodes/shared/fields/field';
import { asError } from '../nodes/shared/http/failures';
import { useFastClock } from './support/fastClock';
import { scimHarness, statuspageHarness, type Harness, type Outcome } from './support/harness';
import { numRuns } from './support/runs';
import { startSimulator, type Simulator } from './support/simulator';
import {
	asExpression,
	placesIn,
	testValuesFor,
	valueAt,
	withValue,
	type Place,
	type TestValue,
} from './support/wrongValues';

let simulator: Simulator;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

/** n8n's messages about missing required fields. n8n shows them before it calls the node, so no request is sent. */
const N8N_STOPS = /^The '.*' node has issues|Parameter "/;

async function outcomeOf({ run }: Harness, name: string, parameters: IDataObject): Promise<Outcome | 'stopped'> {
	try {
		return await run(name, parameters);
	} catch (error) {
		if (N8N_STOPS.test((error as Error).message)) return 'stopped';
		throw asError(error);
	}
}

/** Pages of a list count once, because the process remembers how many there are, and a first read may take one in vain. */
const sent = ({ log, error }: Outcome) => {
	const requests = log.map(({ method, path, query, body }) => {
		const isList = method === 'GET' && query.page !== undefined;
		return JSON.stringify([method, path, isList ? { ...query, page: 'any' } : query, body]);
	});
	const pages = new Set(requests.filter((request) => request.includes('"page":"any"')));
	return {
		error: error?.message,
		requests: [...requests.filter((request) => !pages.has(request)), ...pages].sort(),
	};
};

/** True if the field, or the collection that contains it, is hidden because of the values of other fields. */
function isHidden({ field, path }: Place, parameters: IDataObject, fields: readonly Field[]): boolean {
	const valueOf = (name: string) => parameters[name] ?? fields.find((entry) => entry.name === name)?.default;
	const conditions = [fields.find(({ name }) => name === path[0]), field].flatMap((entry) =>
		Object.entries(entry?.displayOptions?.show ?? {}),
	);
	return conditions.some(([other, wanted]) => !(wanted as unknown[]).includes(valueOf(other.replace('/', ''))));
}

function withoutField(parameters: IDataObject, { path }: Place): IDataObject {
	const copy = structuredClone(parameters);
	const parent = path
		.slice(0, -1)
		.reduce<unknown>((value, name) => (value as Record<string | number, unknown> | undefined)?.[name], copy) as
		| Record<string | number, unknown>
		| undefined;
	if (parent) delete parent[path[path.length - 1]];
	return copy;
}

/** True if the message contains the field name or the value, or is about another field that is missing in the same row. */
function names(message: string, { field, path }: Place, value: unknown): boolean {
	const given = typeof value === 'string' ? value.trim() : '';
	return (
		message.includes(`'${field.displayName}'`) ||
		(given !== '' && message.includes(`"${given}"`)) ||
		(path.some(Number.isInteger) && / in row 1 of '/.test(message))
	);
}

async function check(harness: Harness, name: string, place: Place, { value, expected }: TestValue): Promise<void> {
	const usual = harness.usual(name);
	const outcome = await outcomeOf(harness, name, withValue(usual, place, asExpression(value)));
	if (outcome === 'stopped') return;
	const { error, log, items } = outcome;
	expect(error?.message ?? '').not.toMatch(/TypeError|could not be finished/);
	if (isHidden(place, usual, harness.operation(name).fields))
		return expect(sent(outcome)).toEqual(sent((await outcomeOf(harness, name, usual)) as Outcome));
	if (expected === 'error') {
		expect([error !== undefined && names(error.message, place, value), error?.message]).toEqual([true, error?.message]);
		expect(items).toEqual([]);
		expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
		return;
	}
	const equivalent = expected === 'notAdded' ? withoutField(usual, place) : withValue(usual, place, expected.literal);
	const wanted = await outcomeOf(harness, name, equivalent);
	if (wanted !== 'stopped') expect(sent(outcome)).toEqual(sent(wanted));
}

const nodes: Array<[string, (simulator: Simulator) => Promise<Harness>, number]> = [
	['Statuspage', statuspageHarness, 1],
	['Atlassian SCIM', scimHarness, 0.5],
];

test.each(nodes)(
	'%s: any value in a field either has a defined meaning, or causes an error that names the field, and nothing is written',
	async (_, harnessFor, part) => {
		const harness = await harnessFor(simulator);
		const choice = fc.tuple(fc.constantFrom(...harness.names), fc.nat(), fc.nat());
		await fc.assert(
			fc.asyncProperty(choice, async ([name, placeNumber, valueNumber]) => {
				const places = placesIn(harness.operation(name).fields);
				const place = places[placeNumber % places.length];
				const testValues = testValuesFor(place, valueAt(harness.usual(name), place));
				await check(harness, name, place, testValues[valueNumber % testValues.length]);
			}),
			{ numRuns: numRuns(part), endOnFailure: true },
		);
	},
	600_000,
);
