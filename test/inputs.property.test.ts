import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { asError } from '../nodes/shared/http/failures';
import { useFastClock } from './support/fastClock';
import { scimHarness, statuspageHarness, type Harness, type Outcome } from './support/harness';
import { numRuns } from './support/runs';
import { startSimulator, type Simulator } from './support/simulator';
import { asExpression, fedInto, placesIn, valueAt, withValue, type Fed, type Place } from './support/wrongValues';

let simulator: Simulator;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

/** n8n's own message for required fields, before it calls the node. */
const N8N_STOPS = /^The '.*' node has issues|Parameter "/;

async function outcomeOf({ run }: Harness, name: string, parameters: IDataObject): Promise<Outcome | 'stopped'> {
	try {
		return await run(name, parameters);
	} catch (error) {
		if (N8N_STOPS.test((error as Error).message)) return 'stopped';
		throw asError(error);
	}
}

const sent = ({ log, error }: Outcome) => ({
	error: error?.message,
	requests: log.map(({ method, path, query, body }) => JSON.stringify([method, path, query, body])).sort(),
});

/** True if the field is not displayed for the other values. */
function isHidden({ field, path }: Place, parameters: IDataObject): boolean {
	return (
		path.length === 1 &&
		Object.entries(field.displayOptions?.show ?? {}).some(
			([other, wanted]) =>
				!(wanted as unknown[]).includes(parameters[other] ?? (other === 'returnAll' ? false : undefined)),
		)
	);
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

/** True for a message about the field, about an object that was not found, or about another field of a row that contains only this one. */
function names(message: string, { field, path }: Place, value: unknown): boolean {
	const given = typeof value === 'string' ? value.trim() : '';
	return (
		message.includes(`'${field.displayName}'`) ||
		(given !== '' && message.includes(`"${given}"`)) ||
		(path.some(Number.isInteger) && / in row 1 of '/.test(message))
	);
}

async function check(harness: Harness, name: string, place: Place, { value, means }: Fed): Promise<void> {
	const usual = harness.usual(name);
	const fed = await outcomeOf(harness, name, withValue(usual, place, asExpression(value)));
	if (fed === 'stopped') return;
	const { error, log, items } = fed;
	expect(error?.message ?? '').not.toMatch(/TypeError|could not be finished/);
	if (isHidden(place, usual))
		return expect(sent(fed)).toEqual(sent((await outcomeOf(harness, name, usual)) as Outcome));
	if (means === 'error') {
		expect([error !== undefined && names(error.message, place, value), error?.message]).toEqual([true, error?.message]);
		expect(items).toEqual([]);
		expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
		return;
	}
	const meant = means === 'notAdded' ? withoutField(usual, place) : withValue(usual, place, means.literal);
	const wanted = await outcomeOf(harness, name, meant);
	if (wanted !== 'stopped') expect(sent(fed)).toEqual(sent(wanted));
}

const nodes: Array<[string, (simulator: Simulator) => Promise<Harness>, number]> = [
	['Statuspage', statuspageHarness, 1],
	['Atlassian SCIM', scimHarness, 0.5],
];

test.each(nodes)(
	'%s: whatever is fed into a field is an error that names it, and nothing is written; or it is the same as the value that it means',
	async (_, harnessFor, part) => {
		const harness = await harnessFor(simulator);
		const choice = fc.tuple(fc.constantFrom(...harness.names), fc.nat(), fc.nat());
		await fc.assert(
			fc.asyncProperty(choice, async ([name, placeNumber, valueNumber]) => {
				const places = placesIn(harness.operation(name).fields);
				const place = places[placeNumber % places.length];
				const feeds = fedInto(place, valueAt(harness.usual(name), place));
				await check(harness, name, place, feeds[valueNumber % feeds.length]);
			}),
			{ numRuns: numRuns(part), endOnFailure: true },
		);
	},
	600_000,
);
