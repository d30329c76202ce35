import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../../nodes/shared/client/answer';
import { asError, Failure } from '../../../../nodes/shared/http/failures';
import { feeds, type Feed, type FeedName } from '../../../../nodes/services/statuspage/publicApi/feeds';
import { pageAddress } from '../../../../nodes/services/statuspage/publicApi/pageAddress';
import {
	componentRows,
	incidentRow,
	maintenanceRow,
	summaryRow,
} from '../../../../nodes/services/statuspage/publicApi/publicRows';
import { readPublicFeed } from '../../../../nodes/services/statuspage/publicApi/readPublicPage';
import { FakeClock } from '../../../support/fakeClock';
import { scripted } from '../../../support/fakeService';
import { PAGE, publicConnectionTo, SUMMARY } from '../../../support/publicPages';
import { numRuns } from '../../../support/runs';

const address = pageAddress('status.acme.example');
const update = {
	id: 'update000001',
	status: 'monitoring',
	body: 'Fixed',
	affected_components: [{ code: 'component001', name: 'Europe - API' }],
};
const incident = {
	id: 'incident0001',
	name: 'Slow API',
	status: 'monitoring',
	impact: 'minor',
	shortlink: 'https://stspg.io/x',
	components: SUMMARY.components,
	incident_updates: [update],
};
const maintenance = { ...incident, id: 'maintenance1', scheduled_for: '2026-01-05T09:00:00.000-08:00' };
const usual: Record<FeedName, IDataObject> = {
	summary: { ...SUMMARY, incidents: [incident], scheduled_maintenances: [maintenance] },
	status: { page: PAGE, status: SUMMARY.status },
	components: { page: PAGE, components: SUMMARY.components },
	incidents: { page: PAGE, incidents: [incident] },
	unresolvedIncidents: { page: PAGE, incidents: [incident] },
	maintenances: { page: PAGE, scheduled_maintenances: [maintenance] },
	upcomingMaintenances: { page: PAGE, scheduled_maintenances: [maintenance] },
	activeMaintenances: { page: PAGE, scheduled_maintenances: [maintenance] },
};

type Path = Array<string | number>;

/** The places of all values in a JSON value. */
function placesIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
	return [path, ...inner.flatMap(([name, entry]) => placesIn(entry, [...path, name]))];
}

function withValue(body: unknown, path: Path, value: unknown): unknown {
	if (path.length === 0) return value;
	const copy = structuredClone(body) as Record<string | number, unknown>;
	let parent = copy;
	for (const name of path.slice(0, -1)) parent = parent[name] as typeof copy;
	if (value === undefined) delete parent[path[path.length - 1]];
	else parent[path[path.length - 1]] = value;
	// A hole in a list is null.
	return JSON.parse(JSON.stringify(copy)) as unknown;
}

const odd = fc.oneof(
	fc.constantFrom<unknown>(undefined, null, '', ' ', 'x', 0, 1, true, false, [], {}, [null], [{}], [[]], { id: null }),
	fc.jsonValue(),
);

/** Rows of a feed, for the output. None of them may fail. */
function rowsOf(name: FeedName, feed: Feed<FeedName>): IDataObject[] {
	if (name === 'summary') return [summaryRow(feed as Feed<'summary'>)];
	if (name === 'components') return componentRows((feed as Feed<'components'>).components);
	const { incidents = [] } = feed as Partial<Feed<'incidents'>>;
	const { scheduled_maintenances: maintenances = [] } = feed as Partial<Feed<'maintenances'>>;
	return [
		...incidents.map((row) => incidentRow(row, feed.page)),
		...maintenances.map((row) => maintenanceRow(row, feed.page)),
	];
}

test('any answer is either a complete feed, or a failure that says what was found', async () => {
	const choice = fc.record({
		name: fc.constantFrom(...(Object.keys(feeds) as FeedName[])),
		place: fc.nat(),
		value: odd,
	});
	await fc.assert(
		fc.asyncProperty(choice, async ({ name, place, value }) => {
			const places = placesIn(usual[name]);
			const body = withValue(usual[name], places[place % places.length], value);
			const clock = new FakeClock();
			const { send } = scripted(clock, [{ body }, { statusCode: 404, body: '' }]);
			try {
				const { feed } = await clock.finish(readPublicFeed(publicConnectionTo(clock, send), address, name));
				if (!feed) throw new Error('A feed is missing');
				expect(feed.page.id).toEqual(expect.stringMatching(/\S/));
				for (const list of ['components', 'incidents', 'scheduled_maintenances'] as const)
					if (list in usual[name]) expect((feed as IDataObject)[list]).toEqual((body as IDataObject)[list]);
				for (const row of rowsOf(name, feed)) {
					const { status } = feed as IDataObject;
					if (row.indicator === 'none') expect(isObject(status) && status.indicator).toBe('none');
				}
			} catch (error) {
				if (!(error instanceof Failure)) throw asError(error);
				expect(error.message).toMatch(/^status\.acme\.example /);
				expect(error.facts.advice).toMatch(/./);
			}
		}),
		{ numRuns: numRuns(5) },
	);
});
