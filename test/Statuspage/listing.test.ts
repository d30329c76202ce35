import { loadOptions, searchList } from '../support/engine';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, latency: 0, limit: 100_000, ...options });
	world = await worldOf(simulator);
}

describe('a list', () => {
	const costs: Array<[number, Record<string, unknown>, number, number]> = [
		[5900, { returnAll: true }, 60, 5900],
		[200, { returnAll: true }, 3, 200],
		[250, { returnAll: true }, 3, 250],
		[250, { limit: 5 }, 1, 5],
		[250, { limit: 100 }, 1, 100],
		[250, { limit: 101 }, 2, 101],
		[0, { returnAll: true }, 1, 0],
	];
	test.each(costs)('of %d viewers with %j costs %d requests', async (viewers, parameters, requests, count) => {
		await start({ viewers });
		// The rate limit window of a real key. It is full at the end of the list, so no pages are prefetched.
		const credential = { ...world.credential, apiKey: `costs ${viewers} ${requests}`, requestsPerMinute: 60 };
		await simulator.options({ keys: [simulator.key, credential.apiKey] });
		const rows = await results(world, 'viewer getMany', parameters as Record<string, never>, { credential });
		expect(rows).toHaveLength(count);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(count);
		const log = await simulator.log();
		expect(log).toHaveLength(requests);
		for (const { query } of log)
			expect(query).toMatchObject({ page: expect.stringMatching(/^\d+$/), per_page: expect.stringMatching(/^\d+$/) });
	});

	test('has no duplicates while viewers are added and removed', async () => {
		await start({ viewers: 1000, latency: 10 });
		const listing = results(world, 'viewer getMany', { returnAll: true });
		for (let index = 0; index < 12; index++) {
			await simulator.send('DELETE', `/pages/${world.pageId}/page_access_users/${world.viewers[index].id}`);
			await simulator.send('POST', `/pages/${world.pageId}/page_access_users`, {
				body: { page_access_user: { email: `n${index}@example.com` } },
			});
		}
		const ids = (await listing).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(950);
	});

	test('that never ends is an error', async () => {
		await start();
		const rows = Array.from({ length: 100 }, (_, index) => ({
			id: `row${index}`,
			email: `row${index}@example.com`,
			page_access_group_ids: [],
		}));
		await simulator.fault({ kind: 'body', body: rows, times: 100 });
		const credential = { ...world.credential, apiKey: 'never ends' };
		await simulator.options({ keys: [simulator.key, credential.apiKey] });
		const { error } = await run(world, 'viewer getMany', { returnAll: true }, { credential });
		expect(error?.message).toContain('does not end');
		expect((await simulator.log()).length).toBeLessThan(6);
	});
});

describe('a picker', () => {
	const page = () => ({ pageId: locator('list', world.pageId) });

	test('of viewers searches by email first, and caches the result for a minute', async () => {
		await start({ viewers: 2000 });
		const viewer = world.viewers[1500];
		const search = async () =>
			await searchList(world.credential, 'searchViewers', { parameters: page(), filter: viewer.email });
		expect((await search()).results).toContainEqual({ name: viewer.email, value: viewer.id });
		await search();
		const log = await simulator.log();
		expect(log).toHaveLength(1);
		expect(log[0].query).toMatchObject({ email: viewer.email });
	});

	test('of viewers reads at most three pages per call, and continues with a text token', async () => {
		await start({ viewers: 2000, emailSearch: 'case' });
		const first = await searchList(world.credential, 'searchViewers', { parameters: page(), filter: 'MEYER' });
		expect(first.paginationToken).toBe('4');
		expect(await simulator.log()).toHaveLength(4);
		const second = await searchList(world.credential, 'searchViewers', {
			parameters: page(),
			filter: 'MEYER',
			token: '4',
		});
		expect(second.paginationToken).toBe('7');
		const found = [...first.results, ...second.results];
		expect(found.map(({ value }) => value)).toEqual(
			world.viewers
				.slice(0, 600)
				.filter(({ email }) => /meyer/i.test(email))
				.map(({ id }) => id),
		);
	});

	test('without a filter shows the first 100', async () => {
		await start();
		const { results: rows, paginationToken } = await searchList(world.credential, 'searchViewers', {
			parameters: page(),
		});
		expect(rows).toHaveLength(100);
		expect(paginationToken).toBe('2');
	});

	test('of components excludes component groups', async () => {
		await start();
		const names = world.components.map(({ id }) => id);
		const search = await searchList(world.credential, 'searchComponents', { parameters: page() });
		expect(search.results.map(({ value }) => value)).toEqual(names);
		const options = await loadOptions(world.credential, 'getComponents', page());
		expect(options.map(({ value }) => value).sort()).toEqual([...names].sort());
		const groups = await loadOptions(world.credential, 'getComponentGroups', page());
		expect(groups.map(({ value }) => value).sort()).toEqual(world.componentGroups.map(({ id }) => id).sort());
	});

	test('of pages, groups, metrics and team members', async () => {
		await start();
		const byName = { pageId: locator('name', 'Northwind Status') };
		expect((await searchList(world.credential, 'searchPages', { filter: 'public' })).results).toEqual([
			{ name: 'Northwind Public', value: world.otherPageId },
		]);
		expect(
			(await searchList(world.credential, 'searchViewerGroups', { parameters: byName, filter: 'acme' })).results,
		).toHaveLength(1);
		expect((await searchList(world.credential, 'searchMetrics', { parameters: byName })).results).toHaveLength(8);
		expect((await loadOptions(world.credential, 'getMetrics', byName)).length).toBe(8);
		expect((await loadOptions(world.credential, 'getViewerGroups', byName)).length).toBe(12);
		expect((await loadOptions(world.credential, 'getPages')).length).toBe(3);
		const members = await searchList(world.credential, 'searchTeamMembers', { filter: world.memberEmail });
		expect(members.results).toEqual([{ name: expect.stringContaining(world.memberEmail), value: world.memberId }]);
	});

	test('of templates begins with an entry for none, because n8n would mark the empty field in red', async () => {
		await start();
		const [none, ...templates] = await loadOptions(world.credential, 'getIncidentTemplates', page());
		expect(none).toEqual({ name: '[No Template]', value: '' });
		expect(templates.map(({ value }) => value).sort()).toEqual(world.templates.map(({ id }) => id).sort());
		expect(templates.length).toBeGreaterThan(0);
	});

	test('says which field to fill in first', async () => {
		await expect(
			searchList(world.credential, 'searchViewers', { parameters: { pageId: locator('list', '') } }),
		).rejects.toThrow('Choose a page first');
	});

	test('stops if the rate limit is reached for too long', async () => {
		await start();
		await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
		const startedAt = performance.now();
		const other = { pageId: locator('id', world.otherPageId) };
		await expect(searchList(world.credential, 'searchViewerGroups', { parameters: other })).rejects.toThrow(
			/rate limit/i,
		);
		expect((performance.now() - startedAt) / 1000).toBeLessThan(11);
	});
});
