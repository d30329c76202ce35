import { feeds } from '../../../../nodes/services/statuspage/publicApi/feeds';
import { indicatorOf } from '../../../../nodes/services/statuspage/publicApi/indicator';
import {
	componentRows,
	componentsOfIncident,
	incidentRow,
	linkOf,
	maintenanceRow,
	summaryRow,
} from '../../../../nodes/services/statuspage/publicApi/publicRows';
import { PAGE, SUMMARY } from '../../../support/publicPages';

const { summary, incidents, maintenances } = feeds;
const incident = (fields: object) => {
	const row = { id: 'i1', name: 'Slow API', status: 'monitoring', incident_updates: [], ...fields };
	return incidents.check({ page: PAGE, incidents: [row] }, 'the answer').incidents[0];
};
const page = summary.check(SUMMARY, 'the answer').page;

test.each([
	['none', { indicator: 'none' }],
	['minor', { indicator: 'minor' }],
	['major', { indicator: 'major' }],
	['critical', { indicator: 'critical' }],
	['maintenance', { indicator: 'maintenance' }],
	['None', { indicator: 'unknown', indicatorGiven: 'None' }],
	['downtime', { indicator: 'unknown', indicatorGiven: 'downtime' }],
])('the indicator %s', (indicator, expected) => {
	expect(indicatorOf({ indicator })).toEqual(expected);
});

test('an open incident behind a green page is shown beside it', () => {
	const open = { id: 'i1', name: 'Slow', status: 'monitoring', impact: 'minor', components: [], incident_updates: [] };
	expect(summaryRow(summary.check({ ...SUMMARY, incidents: [open] }, 'the answer'))).toMatchObject({
		pageId: PAGE.id,
		pageUpdatedAt: PAGE.updated_at,
		indicator: 'none',
		description: 'All Systems Operational',
		openIncidents: 1,
		openMaintenances: 0,
		componentsNotOperational: 0,
		incidents: [{ id: 'i1', components: [], latest_update: null }],
		components: [{ id: 'component001', name: 'API', groupName: 'Europe' }],
	});
});

test('component groups are marked, and components name theirs', () => {
	expect(componentRows(summary.check(SUMMARY, 'the answer').components)).toEqual([
		{ id: 'group0000001', name: 'Europe', status: 'operational', group: true, groupName: null },
		{ id: 'component001', name: 'API', status: 'operational', group: false, groupName: 'Europe' },
	]);
});

describe('components of an incident', () => {
	const affected = (...names: string[]) => names.map((name) => ({ code: name, name: `Europe - ${name}` }));
	const api = { id: 'API', name: 'API', status: 'operational', position: 1 };

	test.each([
		['are its own', { components: [api] }, [{ id: 'API', name: 'API', status: 'operational' }]],
		['are unknown if they are missing', {}, null],
		['are unknown if they are null', { components: null }, null],
		['are none', { components: [] }, []],
		[
			'are those of the newest update that names any, after they were removed on resolve',
			{
				components: [],
				incident_updates: [
					{ id: 'u3', status: 'resolved', affected_components: null },
					{ id: 'u2', status: 'monitoring', affected_components: affected('API') },
					{ id: 'u1', status: 'investigating', affected_components: affected('API', 'Website') },
				],
			},
			[{ id: 'API', name: 'Europe - API', status: null }],
		],
		[
			'are none where an update says so without an ID',
			{
				components: [],
				incident_updates: [
					{ id: 'u1', status: 'resolved', affected_components: [{ name: 'No components were affected.' }] },
				],
			},
			[],
		],
	])('%s', (_, fields, expected) => {
		expect(componentsOfIncident(incident(fields))).toEqual(expected);
	});
});

test.each([
	[{ shortlink: 'https://stspg.io/abc' }, PAGE.url, 'https://stspg.io/abc'],
	[{ shortlink: null }, PAGE.url, `${PAGE.url}/incidents/i1`],
	[{}, `${PAGE.url}/`, `${PAGE.url}/incidents/i1`],
	[{}, null, null],
])('the link of an incident with %j on page %s', (fields, url, expected) => {
	expect(linkOf(incident(fields), { ...page, url })).toBe(expected);
});

test('times stay as they are given, and long messages are shortened', () => {
	const row = incidentRow(
		incident({
			created_at: '2022-03-08T11:03:25.612-08:00',
			incident_updates: [
				{ id: 'u1', status: 'monitoring', body: 'x'.repeat(600), display_at: '2022-03-08T10:59:00-07:00' },
			],
		}),
		page,
	);
	expect(row).toMatchObject({
		created_at: '2022-03-08T11:03:25.612-08:00',
		latest_update: {
			id: 'u1',
			status: 'monitoring',
			display_at: '2022-03-08T10:59:00-07:00',
			body: `${'x'.repeat(500)}…`,
		},
	});
});

test('a maintenance has its window, and not the time of its announcement', () => {
	const given = {
		id: 'm1',
		name: 'Upgrade',
		status: 'in_progress',
		impact: 'major',
		started_at: '2015-09-18T18:20:00-07:00',
		scheduled_for: '2015-09-22T01:00:00-07:00',
		scheduled_until: '2015-09-22T01:30:00-07:00',
		components: [],
		incident_updates: [],
	};
	const [row] = maintenances.check(
		{ page: PAGE, scheduled_maintenances: [given] },
		'the answer',
	).scheduled_maintenances;
	expect(maintenanceRow(row, page)).toEqual({
		id: 'm1',
		name: 'Upgrade',
		status: 'in_progress',
		impact: 'major',
		scheduled_for: '2015-09-22T01:00:00-07:00',
		scheduled_until: '2015-09-22T01:30:00-07:00',
		shortlink: `${PAGE.url}/incidents/m1`,
		components: [],
		latest_update: null,
	});
});
