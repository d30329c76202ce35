import type { Component, Viewer, ViewerGroup } from '../../../../../nodes/services/statuspage/endpoints';
import { systemClock } from '../../../../../nodes/shared/http/clock';
import {
	reportRows,
	type ReportInput,
	type ReportPage,
} from '../../../../../nodes/services/statuspage/plans/report/reportRows';
import { reportCsv } from '../../../../../nodes/services/statuspage/plans/report/reportCsv';
import { noAccessFound } from '../../../../../nodes/services/statuspage/plans/report/reportFindings';
import { reportHtml } from '../../../../../nodes/services/statuspage/plans/report/reportHtml';
import { CountingClock } from '../../../../support/countingClock';

const viewer = (id: string, groups: string[] = []) =>
	({ id, email: `${id}@example.com`, external_login: null, page_access_group_ids: groups }) as unknown as Viewer;
const group = (id: string, component_ids: string[]) =>
	({ id, name: `Group ${id}`, page_access_user_ids: [], component_ids, metric_ids: [] }) as unknown as ViewerGroup;
const component = (id: string, name: string, group_id: string | null = null) =>
	({ id, name, group: false, group_id, status: 'operational' }) as Component;

function page(extra: Partial<ReportPage> = {}): ReportPage {
	return {
		page: { id: 'p', name: 'Page' },
		viewers: [viewer('anna', ['g1']), viewer('ben', ['g2']), viewer('cleo')],
		groups: [group('g1', ['c1', 'c2']), group('g2', []), group('g3', ['c2'])],
		components: [component('c1', 'API', 'eu'), component('c2', 'API', 'us'), component('c3', 'Web')],
		componentGroups: new Map([
			['eu', 'Europe'],
			['us', 'United States'],
		]),
		componentsOf: new Map([['anna', ['c1']]]),
		metricsOf: new Map(),
		names: new Map(),
		...extra,
	};
}

const input = (extra: Partial<ReportInput> = {}): ReportInput => ({
	pages: [page()],
	hasDirect: true,
	members: [],
	pageNames: new Map([['p', 'Page']]),
	...extra,
});
const rowsOf = async (extra: Partial<ReportInput> = {}) => await reportRows(input(extra), systemClock);
const access = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
	rows.flatMap((row) =>
		row.kind === 'access' ? [[row.email, row.componentId, row.componentGroup, row.way, row.via]] : [],
	);
const findings = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
	rows.flatMap((row) => (row.kind === 'finding' ? [[row.finding, row.subjectId]] : []));

test('components with the same name differ in ID and component group', async () => {
	expect(access(await rowsOf())).toEqual([
		['anna@example.com', 'c1', 'Europe', 'group', 'Group g1'],
		['anna@example.com', 'c2', 'United States', 'group', 'Group g1'],
		['anna@example.com', 'c1', 'Europe', 'direct', ''],
	]);
});

describe('findings', () => {
	test.each<[string, Partial<ReportInput>, string[][]]>([
		[
			'of all',
			{},
			[
				['viewerSeesNothing', 'ben'],
				['viewerSeesNothing', 'cleo'],
				['groupWithNobody', 'g3'],
				['groupWithoutComponents', 'g2'],
			],
		],
		[
			'without own components: no viewer is said to have no access',
			{ hasDirect: false },
			[
				['groupWithNobody', 'g3'],
				['groupWithoutComponents', 'g2'],
			],
		],
		[
			'of some people: nothing is said of groups',
			{ isPartial: true },
			[
				['viewerSeesNothing', 'ben'],
				['viewerSeesNothing', 'cleo'],
			],
		],
		[
			'of a component: its groups, and not what others lack',
			{ componentIds: new Set(['c2']) },
			[['groupWithNobody', 'g3']],
		],
		['of a component without viewers', { componentIds: new Set(['c3']) }, [['componentWithoutViewers', 'c3']]],
		['of a component without viewers, without own components', { componentIds: new Set(['c3']), hasDirect: false }, []],
		['of a component and some people', { componentIds: new Set(['c3']), isPartial: true }, []],
	])('%s', async (_, extra, found) => expect(findings(await rowsOf(extra))).toEqual(found));
});

test('of selected components has only their rows', async () => {
	expect(access(await rowsOf({ componentIds: new Set(['c1']) })).map(([email, id, , way]) => [email, id, way])).toEqual(
		[
			['anna@example.com', 'c1', 'group'],
			['anna@example.com', 'c1', 'direct'],
		],
	);
});

test('without pages is empty', async () => expect(await rowsOf({ pages: [] })).toEqual([]));

test('a finding about no access contains what was checked', () => {
	const known = new Set(['anna@example.com']);
	const found = noAccessFound([page()], ['Anna@example.com', 'Cleo@example.com', 'zoe@example.com'], known, 'access', {
		lookedAt: ['a', 'b'],
		notLookedAt: ['c'],
	});
	expect(found.map(({ subject, text }) => [subject, text])).toEqual([
		[
			'Cleo@example.com',
			'No access found for Cleo@example.com. This person is still a viewer on Page. Checked: a; b. Not checked: c.',
		],
		['zoe@example.com', 'No access found for zoe@example.com. Checked: a; b. Not checked: c.'],
	]);
});

describe('30,000 viewers', () => {
	const many = page({
		viewers: Array.from({ length: 30_000 }, (_, index) => viewer(`v${index}`, index % 2 === 0 ? ['g1'] : [])),
	});
	const facts = { title: 'x', date: 'y', requests: 1, lookedAt: [], notLookedAt: [] };

	/** At 1 ms per row, a loop gives way every 20 rows. One loop of 15,000 rows that does not is enough to fail. */
	const leastSleeps = (rows: number) => rows / 22;

	test.each<[string, number, (clock: CountingClock) => Promise<unknown>]>([
		['rows', 90_000, async (clock) => await reportRows(input({ pages: [many] }), clock)],
		[
			'HTML',
			90_000,
			async (clock) => await reportHtml(await reportRows(input({ pages: [many] }), systemClock), facts, 1, clock),
		],
		[
			'CSV',
			45_000,
			async (clock) => await reportCsv(await reportRows(input({ pages: [many] }), systemClock), facts, clock),
		],
	])('%s: loops over %i rows let other executions run', async (_, rows, build) => {
		const clock = new CountingClock(1);
		await build(clock);
		expect(clock.sleeps).toBeGreaterThan(leastSleeps(rows));
	});
});
