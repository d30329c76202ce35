import { systemClock } from '../../../../../nodes/shared/http/clock';
import { Breather } from '../../../../../nodes/shared/http/breather';
import type { AccessRow, ReportRow } from '../../../../../nodes/services/statuspage/plans/report/reportRows';
import { reportData } from '../../../../../nodes/services/statuspage/plans/report/reportData';
import { reportHtml } from '../../../../../nodes/services/statuspage/plans/report/reportHtml';

const facts = {
	title: 'Access <i>',
	date: '&',
	requests: 1234,
	lookedAt: ['Page <b>: 2 viewers'],
	notLookedAt: ['Team members'],
};
const row = (extra: Partial<AccessRow> = {}): AccessRow => ({
	kind: 'access',
	pageId: 'p',
	page: 'Page',
	email: 'a@example.com',
	personId: 'v1',
	person: 'viewer',
	componentId: 'c1',
	component: 'API',
	componentGroup: '',
	way: 'group',
	via: 'Acme',
	...extra,
});
const html = async (rows: ReportRow[]) => await reportHtml(rows, facts, 1, systemClock);
const data = async (rows: ReportRow[]) => await reportData(rows, new Breather(systemClock));

test('it loads no external resources', async () => {
	const text = await html([]);
	expect(text).not.toMatch(
		/(src|href)\s*=|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|insertAdjacent|document\.write/,
	);
	expect(text).toContain("default-src 'none'");
});

test('names are always text', async () => {
	const hostile = '</script><img src=x onerror=alert(1)>\u2028';
	const text = await html([
		row({ via: hostile, component: hostile, email: hostile, page: hostile, componentGroup: hostile }),
		{
			kind: 'finding',
			finding: 'groupWithNobody',
			pageId: 'p',
			page: hostile,
			subject: hostile,
			subjectId: 'g',
			text: hostile,
		},
	]);
	expect(text).not.toContain('</script><img');
	expect(text).not.toContain('<img');
	expect(text).not.toContain('\u2028');
	expect(text.match(/<\/script>/g)).toHaveLength(1);
	expect(text).toContain('Access &#60;i&#62;');
});

test('the header lists what was checked', async () => {
	const text = await html([row()]);
	expect(text).toContain('<dt>Requests</dt><dd>1,234</dd>');
	expect(text).toContain('<dt>Checked</dt><dd><ul><li>Page &#60;b&#62;: 2 viewers</li></ul></dd>');
	expect(text).toContain('<dt>Not checked</dt><dd><ul><li>Team members</li></ul></dd>');
	expect(text).toContain('<b>1</b>viewer with access');
});

describe('components with the same name have different labels', () => {
	test.each<[string, Array<Partial<AccessRow>>, string[]]>([
		['other names', [{}, { componentId: 'c2', component: 'Web' }], ['API', 'Web']],
		[
			'other component groups',
			[{ componentGroup: 'Europe' }, { componentId: 'c2', componentGroup: 'US' }],
			['API (Europe)', 'API (US)'],
		],
		['one without a component group', [{ componentGroup: 'Europe' }, { componentId: 'c2' }], ['API (Europe)', 'API']],
		['no component groups', [{}, { componentId: 'c2' }], ['API · c1', 'API · c2']],
		[
			'one component group',
			[{ componentGroup: 'Europe' }, { componentId: 'c2', componentGroup: 'Europe' }],
			['API (Europe) · c1', 'API (Europe) · c2'],
		],
		['other pages', [{}, { componentId: 'c2', pageId: 'q' }], ['API', 'API']],
	])('%s', async (_, rows, labels) => {
		const { components } = await data(rows.map((extra) => row(extra)));
		expect(components.map(([, label]) => label)).toEqual(labels);
	});
});

test('viewers with the same access share a profile with all access types', async () => {
	const both = [row(), row({ way: 'direct', via: '' })];
	const { viewers, profiles, vias } = await data([
		...both,
		...both.map((entry) => ({ ...entry, personId: 'v2', email: 'b@example.com' })),
		row({ personId: 'v3', email: 'c@example.com' }),
	]);
	expect(viewers).toEqual([
		[0, 'a@example.com', 0],
		[0, 'b@example.com', 0],
		[0, 'c@example.com', 1],
	]);
	expect(profiles).toEqual([
		[0, 0, 0, -1],
		[0, 0],
	]);
	expect(vias).toEqual(['Acme']);
});
