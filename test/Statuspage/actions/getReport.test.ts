import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../../support/fastClock';
import { loadOptions } from '../../support/engine';
import { startSimulator, type Simulator } from '../../support/simulator';
import { results, run, worldOf, type World } from '../../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 40, limit: 100_000 });
	world = await worldOf(simulator);
	const { groups, components, viewers } = world;
	await give(`page_access_groups/${groups[0].id}`, [components[0].id, components[1].id]);
	await give(`page_access_users/${viewers[0].id}`, [components[1].id]);
	await simulator.clearLog();
});

const give = async (owner: string, component_ids: string[], pageId = world.pageId) =>
	await simulator.send('POST', `/pages/${pageId}/${owner}/components`, { body: { component_ids } });
const report = async (options: IDataObject = {}, more: IDataObject = {}) =>
	await results(world, 'access getReport', { ...more, options });
const accessIn = (rows: IDataObject[]) => rows.filter(({ kind }) => kind === 'access');
const findingsIn = (rows: IDataObject[]) => rows.filter(({ kind }) => kind === 'finding').map(({ finding }) => finding);
const componentsIn = (rows: IDataObject[]) => [...new Set(accessIn(rows).map(({ componentId }) => componentId))];
const componentOn = async (pageId: string, name: string) =>
	(
		(await (await simulator.send('POST', `/pages/${pageId}/components`, { body: { component: { name } } })).json()) as {
			id: string;
		}
	).id;

/** The file of a run, as text. */
async function fileOf(
	output: string,
	options: IDataObject = {},
): Promise<{ item: IDataObject; mimeType: string; text: string }> {
	const { items, saved, error } = await run(world, 'access getReport', { output, options });
	if (error) throw new Error(error.message);
	const [{ binary }] = (
		JSON.parse(saved) as {
			data: {
				resultData: {
					runData: {
						Node: Array<{ data: { main: Array<Array<{ binary: { data: { data: string; mimeType: string } } }>> } }>;
					};
				};
			};
		}
	).data.resultData.runData.Node[0].data.main[0];
	return {
		item: items[0],
		mimeType: binary.data.mimeType,
		text: Buffer.from(binary.data.data, 'base64').toString('utf8'),
	};
}

describe('with selected components', () => {
	test.each<[string, (world: World) => unknown]>([
		['an ID', ({ components }) => [components[1].id]],
		['a name', ({ components }) => components[1].name.toUpperCase()],
		['objects', ({ components }) => `={{ ${JSON.stringify([{ id: components[1].id }])} }}`],
	])('%s: only rows of these', async (_, componentIds) => {
		const rows = await report({ componentIds: componentIds(world) as string });
		expect(componentsIn(rows)).toEqual([world.components[1].id]);
		expect(accessIn(rows).map(({ way }) => way)).toContain('direct');
		expect(findingsIn(rows)).not.toContain('viewerSeesNothing');
	});

	test('team members are not checked, and the report says so', async () => {
		const { items, hints } = await run(world, 'access getReport', {
			options: { componentIds: [world.components[1].id], includeSummary: true },
		});
		expect(items.some(({ way }) => way === 'role')).toBe(false);
		expect(items.at(-1)?.notLookedAt).toContain('Team members (roles apply to whole pages, not to single components)');
		expect(hints.join()).toContain('Team members were not checked');
		expect((await simulator.calls()).filter((call) => call.includes('/organizations/'))).toEqual([]);
	});

	test('a name must exist on one page, and selects all components with this name on all pages', async () => {
		const [here, there] = [await componentOn(world.pageId, 'Shop'), await componentOn(world.otherPageId, 'shop')];
		const [viewer] = world.viewers;
		await give(`page_access_users/${viewer.id}`, [here]);
		const rows = await report({ componentIds: 'SHOP', includeSummary: true });
		expect(componentsIn(rows)).toEqual([here]);
		expect(
			rows.filter(({ finding }) => finding === 'componentWithoutViewers').map(({ subjectId }) => subjectId),
		).toEqual([there]);
		const lookedAt = rows.at(-1)?.lookedAt as string[];
		expect(lookedAt).toContainEqual(expect.stringMatching(/^Page .*: components \(none of them selected\)$/));
	});

	test('pages without these components take one request each', async () => {
		await report({ componentIds: [world.components[0].id], directComponents: false });
		const lists = (await simulator.calls()).filter((call) => call.endsWith('/page_access_users'));
		expect(lists).toEqual([`GET /pages/${world.pageId}/page_access_users`]);
	});

	test('an entry that no page has is an error that names it, before the long lists are read', async () => {
		const { error, items } = await run(world, 'access getReport', {
			options: { componentIds: `${world.components[0].name}, No Such Thing` },
		});
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/contains "No Such Thing", but no component on these pages has this name or ID/);
		expect((await simulator.calls()).some((call) => call.includes('page_access_'))).toBe(false);
	});

	test('a name that a page has twice is an error that names both', async () => {
		const ids = [await componentOn(world.pageId, 'Twin'), await componentOn(world.pageId, 'Twin')];
		const { error } = await run(world, 'access getReport', { options: { componentIds: 'Twin' } });
		for (const id of ids) expect(error?.message).toContain(id);
	});

	test('a name with a comma is one component, unless its parts are components too', async () => {
		const id = await componentOn(world.pageId, 'Left, Right');
		await give(`page_access_users/${world.viewers[1].id}`, [id]);
		expect(componentsIn(await report({ componentIds: 'Left, Right' }))).toEqual([id]);
		for (const name of ['Left', 'Right']) await componentOn(world.otherPageId, name);
		const { error } = await run(world, 'access getReport', { options: { componentIds: 'Left, Right' } });
		expect(error?.message).toContain('can be read as one component, "Left, Right", or as several: "Left" and "Right"');
	});

	test('people and components both restrict', async () => {
		const { viewers, components } = world;
		const rows = await report({ componentIds: [components[1].id], emails: viewers[0].email, includeSummary: true });
		expect(
			new Set(accessIn(rows).map(({ personId, componentId }) => `${String(personId)} ${String(componentId)}`)),
		).toEqual(new Set([`${viewers[0].id} ${components[1].id}`]));
		const nobody = viewers.slice(1).find(({ groupIds }) => !groupIds.includes(world.groups[0].id));
		const [finding] = await report({ componentIds: [components[1].id], emails: nobody?.email, includeSummary: true });
		expect(finding.text).toContain(
			`No access to these components found for ${nobody?.email}. This person is still a viewer on `,
		);
	});
});

test('components with the same name are separate, with their component groups', async () => {
	const [group] = world.componentGroups;
	const [a, b] = [await componentOn(world.pageId, 'Twin'), await componentOn(world.pageId, 'Twin')];
	await simulator.send('PATCH', `/pages/${world.pageId}/components/${b}`, {
		body: { component: { group_id: group.id } },
	});
	await give(`page_access_users/${world.viewers[1].id}`, [a, b]);
	const rows = (await report({ pageIds: [world.pageId] })).filter(({ component }) => component === 'Twin');
	expect(rows.map(({ componentId, componentGroup }) => [componentId, componentGroup])).toEqual([
		[a, ''],
		[b, group.name],
	]);
});

describe('people without access', () => {
	const nobody = { emails: 'nobody@example.com' };

	test('have no item without Include Summary', async () => expect(await report(nobody)).toEqual([]));

	test('have a finding with what was checked, with Include Summary', async () => {
		const [finding, summary, ...rest] = await report({ ...nobody, includeSummary: true, pageIds: [world.pageId] });
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ kind: 'finding', finding: 'noAccessFound', subject: 'nobody@example.com' });
		expect(finding.text).toMatch(
			/^No access found for nobody@example.com\. Checked: Page Northwind Status: 0 viewers with these emails.*Team member list: 0 .*\. Not checked: 2 other pages of this API key: /,
		);
		expect(summary).toMatchObject({
			kind: 'summary',
			requests: expect.any(Number),
			text: expect.stringMatching(/^0 access rows and 1 finding, from \d+ requests\./),
		});
		expect(summary.requests).toBe((await simulator.log()).length);
	});

	test('are not reported after a quick search', async () => {
		const rows = await report({ ...nobody, includeSummary: true, lookUp: 'quick', pageIds: [world.pageId] });
		expect(findingsIn(rows)).toEqual(['notFoundBySearch']);
		expect(JSON.stringify(rows)).not.toContain('No access');
		expect(String(rows.at(-1)?.lookedAt)).toContain('found by email search (the whole list was not read)');
	});

	test('a viewer that a quick search found is not reported either', async () => {
		const [, { id, email }] = world.viewers;
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_users/${id}`, {
			body: { page_access_user: { page_access_group_ids: [] } },
		});
		const options = { emails: email, includeSummary: true, directComponents: false, pageIds: [world.pageId] };
		expect(findingsIn(await report(options))).toEqual(['noAccessFound']);
		expect(findingsIn(await report({ ...options, lookUp: 'quick' }))).toEqual([]);
	});

	test('a person with a row has no such finding', async () => {
		const { viewers, groups, memberEmail } = world;
		const member = viewers.find(({ groupIds }) => groupIds.includes(groups[0].id));
		const rows = await report({
			emails: [member?.email, memberEmail, 'nobody@example.com'] as string[],
			includeSummary: true,
		});
		expect(rows.filter(({ finding }) => finding === 'noAccessFound').map(({ subject }) => subject)).toEqual([
			'nobody@example.com',
		]);
	});
});

describe('the data contains what was not checked', () => {
	const off = { teamMembers: false, directComponents: false };
	const missing = [
		"Own components of viewers ('Own Components' is off)",
		"Team members ('Team Members' is off)",
		'Metrics of viewers and viewer groups',
		'Subscriptions',
	];

	test('of items', async () => {
		const rows = await report({ ...off, includeSummary: true });
		expect(rows.filter(({ kind }) => kind === 'summary')).toEqual([rows.at(-1)]);
		expect(rows.at(-1)?.notLookedAt).toEqual(expect.arrayContaining(missing));
		expect((await report(off)).some(({ kind }) => kind === 'summary')).toBe(false);
	});

	test.each(['csv', 'html'])('of the %s file and of its item', async (output) => {
		const { item, text } = await fileOf(output, off);
		expect(item).toMatchObject({
			requests: expect.any(Number),
			lookedAt: expect.any(Array),
			notLookedAt: expect.arrayContaining(missing),
		});
		for (const line of missing) expect(text).toContain(output === 'html' ? line.replace(/'/g, '&#39;') : line);
	});

	test.each(['csv', 'html'])('of the %s file about unknown people', async (output) => {
		const { item, text } = await fileOf(output, { emails: 'nobody@example.com' });
		expect(item).toMatchObject({ rows: 0, findings: [{ finding: 'noAccessFound' }] });
		expect(text).toContain('No access found for nobody@example.com');
		expect(text).toContain('Only these people were checked: nobody@example.com');
	});

	test('a missing organization ID is a reason', async () => {
		const rows = await results(
			{ ...world, credential: { ...world.credential, organizationId: '' } },
			'access getReport',
			{ options: { includeSummary: true, pageIds: [world.pageId] } },
		);
		expect(rows.at(-1)?.notLookedAt).toContain('Team members (the credential has no organization ID)');
	});
});

test('the CSV file has one line per row', async () => {
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[0].id}`, {
		body: { page_access_group: { name: '=HYPERLINK("x")' } },
	});
	const { item, mimeType, text } = await fileOf('csv');
	expect([mimeType, item.fileName]).toEqual([
		'text/csv',
		expect.stringMatching(/^statuspage-access-\d{4}-\d\d-\d\d\.csv$/),
	]);
	const lines = text.split('\r\n');
	expect(text.startsWith('\uFEFF')).toBe(true);
	expect(lines.filter((line) => line.startsWith('access,'))).toHaveLength(Number(item.rows));
	expect(lines.filter((line) => line.startsWith('finding,'))).toHaveLength((item.findings as unknown[]).length);
	expect(text).toContain(`"'=HYPERLINK(""x"")"`);
});

test('own components are read with no more requests at a time than Concurrency says', async () => {
	await simulator.options({ latency: 30 });
	await simulator.clearLog();
	await report({ pageIds: [world.pageId], concurrency: 3, teamMembers: false });
	await simulator.options({ latency: 0 });
	const times = (await simulator.log())
		.filter(({ path }) => /page_access_users\/.*\/components/.test(path))
		.map(({ at }) => at);
	expect(times).toHaveLength(40);
	// A request is logged when it comes in, and answered 30 ms later: no fourth one comes in meanwhile.
	for (const at of times) expect(times.filter((other) => other >= at && other < at + 20).length).toBeLessThanOrEqual(3);
});

describe('the dropdown of components', () => {
	const shown = async (options: IDataObject) =>
		await loadOptions(world.credential, 'getComponentsOfPages', { options });

	test('shows the components of the selected page', async () => {
		const options = await shown({ pageIds: [world.pageId] });
		expect(options.map(({ value }) => value).sort()).toEqual(world.components.map(({ id }) => id).sort());
		expect(options.some(({ name }) => name.includes(' · Northwind Status'))).toBe(false);
	});

	test.each([{}, { pageIds: '={{ $json.pages }}' }])(
		'shows those of all pages with the name of the page (%j)',
		async (options) => {
			await componentOn(world.otherPageId, 'Shop');
			const names = (await shown(options)).map(({ name }) => name);
			expect(names.some((name) => name.endsWith(' · Northwind Status'))).toBe(true);
			expect(names.some((name) => name.endsWith(' · Northwind Public'))).toBe(true);
		},
	);
});
