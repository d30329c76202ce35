import fc from 'fast-check';
import { writesGroups } from '../../nodes/services/statuspage/groupsOfViewers';
import { useFastClock } from '../support/fastClock';
import { numRuns } from '../support/runs';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({
		viewers: 250,
		groups: 12,
		latency: 0,
		limit: 100_000,
		unknownIds: 'refuse',
		audience: 'specific',
		membersCap: 0,
		...options,
	});
	world = await worldOf(simulator);
}

const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const viewersNow = async () => (await simulator.page()).viewers;
const groupIds = (count: number) => world.groups.slice(0, count).map(({ id }) => id);

/** The viewer of each item is `$json.viewer`, and its groups are `$json.groups`. */
const perItem = (mode: 'id' | 'email' = 'id') => ({
	viewerId: locator(mode, '={{ $json.viewer }}'),
	viewerGroupIds: '={{ $json.groups }}',
});

describe('viewer addToGroups and removeFromGroups over many items', () => {
	test.each(['id', 'email'] as const)('200 viewers by %s and 8 groups need at most 30 requests', async (mode) => {
		const groups = groupIds(8);
		const viewers = world.viewers.slice(0, 200);
		const items = viewers.map(({ id, email }) => ({ viewer: mode === 'id' ? id : email, groups }));
		const { items: rows, pairedTo, error } = await run(world, 'viewer addToGroups', perItem(mode), { items });
		expect(error).toBeUndefined();
		expect((await simulator.log()).length).toBeLessThanOrEqual(30);
		expect((await writes()).map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
			groups.map((id) => `PATCH /pages/${world.pageId}/page_access_groups/${id}`).sort(),
		);
		expect(pairedTo).toEqual(items.map((_, index) => index));
		const now = await viewersNow();
		rows.forEach((row, index) => {
			const { id, email, external_login, groupIds: before } = viewers[index];
			expect(row).toMatchObject({
				id,
				email,
				external_login,
				added: groups.filter((group) => !before.includes(group)),
				alreadyThere: groups.filter((group) => before.includes(group)),
			});
			expect([...(row.page_access_group_ids as string[])].sort()).toEqual([...now[id].groupIds].sort());
			expect(now[id].groupIds).toContain(row.page_access_group_id);
			expect(now[id].groupIds).toEqual(expect.arrayContaining(groups));
		});
	});

	test('200 viewers are removed from 8 groups with one write per group', async () => {
		const groups = [...groupIds(8), 'gone00000001'];
		const viewers = world.viewers.slice(0, 200);
		const items = viewers.map(({ id }) => ({ viewer: id, groups }));
		const { items: rows, error } = await run(world, 'viewer removeFromGroups', perItem(), { items });
		expect(error).toBeUndefined();
		expect((await simulator.log()).length).toBeLessThanOrEqual(30);
		rows.forEach((row, index) => {
			const { id, groupIds: before } = viewers[index];
			expect(row).toMatchObject({
				id,
				removed: groups.filter((group) => before.includes(group)),
				notThere: groups.filter((group) => !before.includes(group)),
				page_access_group_ids: before.filter((group) => !groups.includes(group)),
			});
		});
		const now = await viewersNow();
		for (const { id, groupIds: before } of viewers)
			expect(now[id].groupIds).toEqual(before.filter((group) => !groups.includes(group)));
	});

	test('1,600 items with one group each share the same requests', async () => {
		const groups = groupIds(8);
		const viewers = world.viewers.slice(0, 200);
		const items = groups.flatMap((group) => viewers.map(({ id }) => ({ viewer: id, groups: [group] })));
		const { items: rows } = await run(world, 'viewer addToGroups', perItem(), { items });
		expect(rows).toHaveLength(1600);
		expect((await simulator.log()).length).toBeLessThanOrEqual(30);
		const now = await viewersNow();
		expect(viewers.every(({ id }) => groups.every((group) => now[id].groupIds.includes(group)))).toBe(true);
	});

	test('2 viewers and 8 groups need one read and one write per viewer', async () => {
		const groups = groupIds(8);
		const items = world.viewers
			.slice(0, 2)
			.flatMap(({ id }) => groups.map((group) => ({ viewer: id, groups: [group] })));
		const { items: rows } = await run(world, 'viewer addToGroups', perItem(), { items });
		expect(rows).toHaveLength(16);
		expect((await writes()).map(({ path }) => path).sort()).toEqual(
			world.viewers
				.slice(0, 2)
				.map(({ id }) => `/pages/${world.pageId}/page_access_users/${id}`)
				.sort(),
		);
		// Besides the reads and writes of the viewers, only the list of groups is read.
		expect((await simulator.log()).length).toBeLessThanOrEqual(5);
	});

	test('a viewer and a group in two items count as a change once', async () => {
		const [group] = groupIds(1);
		const [viewer] = world.viewers.filter(({ groupIds: ids }) => !ids.includes(group));
		const items = [viewer, viewer, ...world.viewers.slice(0, 20)].map(({ id }) => ({ viewer: id, groups: [group] }));
		const [first, second] = await results(world, 'viewer addToGroups', perItem(), { items });
		expect([first, second]).toEqual([
			expect.objectContaining({ added: [group], alreadyThere: [] }),
			expect.objectContaining({ added: [], alreadyThere: [group] }),
		]);
	});

	test('viewers that already belong to the groups are not written', async () => {
		const items = world.viewers
			.filter(({ groupIds: ids }) => ids.length > 0)
			.map(({ id, groupIds: groups }) => ({ viewer: id, groups }));
		const rows = await results(world, 'viewer addToGroups', perItem(), { items });
		expect(rows.every(({ added }) => (added as string[]).length === 0)).toBe(true);
		expect(await writes()).toEqual([]);
	});

	test('a deleted viewer fails its own item, with few extra requests', async () => {
		const groups = groupIds(8);
		const viewers = world.viewers.slice(0, 100).map(({ id }) => id);
		const items = [...viewers.slice(0, 50), 'bad0id000000', ...viewers.slice(50)].map((viewer) => ({ viewer, groups }));
		const {
			items: rows,
			errorItems,
			pairedTo,
		} = await run(world, 'viewer addToGroups', perItem(), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(rows).toHaveLength(100);
		expect(pairedTo).not.toContain(50);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0].error).toContain('Statuspage could not find the viewer bad0id000000');
		expect((await simulator.log()).length).toBeLessThanOrEqual(30);
		const now = await viewersNow();
		expect(viewers.every((id) => groups.every((group) => now[id].groupIds.includes(group)))).toBe(true);
	});

	test('a group that was deleted meanwhile fails only in the items that name it', async () => {
		const [gone, ...groups] = groupIds(8);
		const viewers = world.viewers.slice(0, 60);
		await simulator.fault({
			kind: 'status',
			status: 404,
			times: 1000,
			match: { method: 'PATCH', path: `/page_access_groups/${gone}$` },
		});
		const items = viewers.map(({ id }, index) => ({ viewer: id, groups: index < 30 ? [gone, ...groups] : groups }));
		const { items: rows, errorItems } = await run(world, 'viewer addToGroups', perItem(), {
			items,
			onError: 'continueErrorOutput',
		});
		const outside = viewers.slice(0, 30).filter(({ groupIds: ids }) => !ids.includes(gone));
		expect(errorItems).toHaveLength(outside.length);
		expect(rows).toHaveLength(60 - outside.length);
		for (const { error } of errorItems)
			expect(error).toMatch(new RegExp(`^1 of 8 could not be added to the groups of viewer \\w+: ${gone} `));
		const now = await viewersNow();
		expect(viewers.every(({ id }) => groups.every((group) => now[id].groupIds.includes(group)))).toBe(true);
	});

	test('an error of one group is not the error of items without it, and their changes count as theirs', async () => {
		const [broken, ...groups] = groupIds(8);
		const viewers = world.viewers.slice(0, 60);
		await simulator.fault({
			kind: 'status',
			status: 500,
			times: 1000,
			match: { method: 'PATCH', path: `/page_access_groups/${broken}$` },
		});
		const items = viewers.map(({ id }, index) => ({ viewer: id, groups: index < 30 ? [broken] : groups }));
		const { items: rows, errorItems } = await run(world, 'viewer addToGroups', perItem(), {
			items,
			onError: 'continueErrorOutput',
		});
		expect([rows.length, errorItems.length]).toEqual([30, 30]);
		rows.forEach(({ added }, index) =>
			expect(added).toEqual(groups.filter((group) => !viewers[30 + index].groupIds.includes(group))),
		);
		for (const { details } of errorItems) expect(details).toMatchObject({ httpCode: '500' });
	});

	test('a page that rejects all changes of viewers gets one write per group', async () => {
		await start({ audience: 'rejected' });
		const groups = groupIds(3);
		const items = world.viewers.slice(0, 60).map(({ id }) => ({ viewer: id, groups }));
		const { errorItems } = await run(world, 'viewer addToGroups', perItem(), { items, onError: 'continueErrorOutput' });
		expect(errorItems).toHaveLength(60);
		expect(await writes()).toHaveLength(3);
	});

	test('with more groups than viewers, a page that rejects all changes is not asked for every viewer', async () => {
		await start({ audience: 'rejected', groups: 60 });
		const items = world.viewers
			.slice(0, 50)
			.map(({ id }, index) => ({ viewer: id, groups: [world.groups[index].id, world.groups[index + 1].id] }));
		const { errorItems } = await run(
			world,
			'viewer addToGroups',
			{ ...perItem(), options: { concurrency: 5 } },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(errorItems).toHaveLength(50);
		expect((await writes()).length).toBeLessThanOrEqual(5);
	});
});

/** Requests by kind, without lists. */
async function counts(): Promise<Record<string, number>> {
	const kinds = (await simulator.log()).map(({ method, path }) => {
		const [, object, id, part] = /\/(page_access_\w+)(\/\w+)?(\/\w+)?$/.exec(path) ?? [];
		return `${method} ${object}${id ? ' one' : ''}${part ?? ''}`;
	});
	return Object.fromEntries(
		[...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((other) => other === kind).length]),
	);
}

describe('viewer upsert with groups', () => {
	const upsert = {
		email: '={{ $json.email }}',
		additionalFields: { viewerGroupIds: '={{ $json.groups }}' },
	};

	test('1,000 existing viewers that get the same groups need one write per group', async () => {
		await start({ viewers: 1200 });
		const groups = groupIds(8);
		const viewers = world.viewers.slice(0, 1000);
		const items = viewers.map(({ email }) => ({ email: email.toUpperCase(), groups }));
		const { items: rows, pairedTo, error } = await run(world, 'viewer upsert', upsert, { items });
		expect(error).toBeUndefined();
		expect(pairedTo).toEqual(items.map((_, index) => index));
		expect(await writes()).toHaveLength(8);
		expect((await simulator.log()).length).toBeLessThanOrEqual(40);
		const now = await viewersNow();
		rows.forEach((row, index) => {
			const { id, email, groupIds: before } = viewers[index];
			const isUnchanged = groups.every((group) => before.includes(group));
			expect(row).toMatchObject({ id, email, result: isUnchanged ? 'unchanged' : 'updated' });
			expect([...(row.page_access_group_ids as string[])].sort()).toEqual([...now[id].groupIds].sort());
			expect(now[id].groupIds).toEqual(expect.arrayContaining(groups));
		});
	});

	test('the same again costs nothing but the list of viewers and of groups', async () => {
		const groups = groupIds(2);
		const items = world.viewers.slice(0, 200).map(({ email }) => ({ email, groups }));
		await run(world, 'viewer upsert', upsert, { items });
		await simulator.clearLog();
		const { items: rows } = await run(world, 'viewer upsert', upsert, { items });
		expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['unchanged']));
		expect(await writes()).toEqual([]);
		expect((await simulator.log()).length).toBeLessThanOrEqual(8);
	});

	test('new viewers and viewers with changed fields are written by themselves, with their groups', async () => {
		const groups = groupIds(2);
		const items = [
			...world.viewers.slice(0, 100).map(({ email, external_login: login }) => ({ email, login, groups })),
			...world.viewers.slice(100, 110).map(({ email }) => ({ email, login: `changed ${email}`, groups })),
			...[1, 2, 3].map((index) => ({ email: `new${index}@example.com`, login: `new${index}`, groups })),
		].map((item) => ({ ...item, login: item.login ?? '' }));
		const parameters = {
			...upsert,
			additionalFields: { ...upsert.additionalFields, externalLogin: '={{ $json.login }}' },
			options: { emptyClears: true },
		};
		const { items: rows, pairedTo, error } = await run(world, 'viewer upsert', parameters, { items });
		expect(error).toBeUndefined();
		expect(pairedTo).toEqual(items.map((_, index) => index));
		expect(rows.map(({ email }) => email)).toEqual(items.map(({ email }) => email));
		expect(rows.slice(110).map(({ result }) => result)).toEqual(['created', 'created', 'created']);
		expect(await counts()).toMatchObject({
			'PATCH page_access_groups one': 2,
			'PATCH page_access_users one': 10,
			'POST page_access_users': 3,
		});
		const emails = new Map(Object.values(await viewersNow()).map((viewer) => [viewer.email, viewer]));
		for (const { email, login } of items) {
			expect(emails.get(email)?.groupIds).toEqual(expect.arrayContaining(groups));
			expect(emails.get(email)?.external_login ?? '').toBe(login);
		}
	});

	test('components are added to each viewer after the groups', async () => {
		const groups = groupIds(1);
		const [component] = world.components;
		const items = world.viewers.slice(0, 30).map(({ email }) => ({ email, groups }));
		const parameters = {
			...upsert,
			additionalFields: { ...upsert.additionalFields, componentIds: [component.id] },
		};
		const { items: rows } = await run(world, 'viewer upsert', parameters, { items });
		expect(rows.every(({ result }) => result === 'updated')).toBe(true);
		expect(await counts()).toMatchObject({
			'PATCH page_access_groups one': 1,
			'PATCH page_access_users one/components': 30,
		});
		const now = await viewersNow();
		for (const { id } of world.viewers.slice(0, 30)) expect(now[id].componentIds).toEqual([component.id]);
	});

	test('the items of one viewer keep their order and count a change once', async () => {
		const [first, second] = groupIds(2);
		const others = world.viewers.slice(0, 30);
		const [viewer] = world.viewers.slice(30).filter(({ groupIds: ids }) => ids.length === 0);
		const items = [
			{ email: viewer.email, groups: [first] },
			...others.map(({ email }) => ({ email, groups: [first, second] })),
			{ email: viewer.email.toUpperCase(), groups: [first] },
			{ email: viewer.email, groups: [first, second] },
		];
		const rows = await results(world, 'viewer upsert', upsert, { items });
		expect([rows[0], ...rows.slice(31)].map(({ result }) => result)).toEqual(['updated', 'unchanged', 'updated']);
		expect((await writes()).length).toBe(2);
	});

	test('a viewer whose items change different things is written in their order', async () => {
		const [first, second] = groupIds(2);
		const others = world.viewers.slice(0, 30);
		const [viewer] = world.viewers.slice(30).filter(({ groupIds: ids }) => ids.includes(first));
		const items = [
			{ email: viewer.email, groups: [first], mode: 'remove' },
			...others.map(({ email }) => ({ email, groups: [second], mode: 'add' })),
			{ email: viewer.email, groups: [first], mode: 'add' },
			{ email: viewer.email, groups: [second], mode: 'replace' },
			{ email: viewer.email, groups: [first, second], mode: 'add' },
		];
		const parameters = { ...upsert, options: { groupsMode: '={{ $json.mode }}' } };
		const rows = await results(world, 'viewer upsert', parameters, { items });
		expect([...(rows.at(-1)?.page_access_group_ids as string[])].sort()).toEqual([first, second].sort());
		expect([...(await viewersNow())[viewer.id].groupIds].sort()).toEqual([first, second].sort());
		expect(await counts()).toMatchObject({ 'PATCH page_access_groups one': 1 });
	});

	test('viewers are removed from groups with one write per group', async () => {
		const groups = groupIds(3);
		const viewers = world.viewers.slice(0, 100);
		const items = viewers.map(({ email }) => ({ email, groups }));
		const parameters = { ...upsert, options: { groupsMode: 'remove' } };
		const rows = await results(world, 'viewer upsert', parameters, { items });
		rows.forEach(({ result }, index) =>
			expect(result).toBe(viewers[index].groupIds.some((id) => groups.includes(id)) ? 'updated' : 'unchanged'),
		);
		expect(await writes()).toHaveLength(3);
		const now = await viewersNow();
		for (const { id, groupIds: before } of viewers)
			expect(now[id].groupIds).toEqual(before.filter((group) => !groups.includes(group)));
	});

	test('without Continue, an invalid item stops the items after it', async () => {
		const groups = groupIds(2);
		const items = [
			...world.viewers.slice(0, 5).map(({ email }) => ({ email, groups })),
			{ email: 'nobody', groups },
			...world.viewers.slice(5, 200).map(({ email }) => ({ email, groups })),
		];
		const { error } = await run(world, 'viewer upsert', { ...upsert, options: { concurrency: 1 } }, { items });
		expect(error?.context).toMatchObject({ itemIndex: 5 });
		expect(error?.description).toContain('Items already processed: 0–4');
		const now = await viewersNow();
		for (const { id, groupIds: before } of world.viewers.slice(5, 200)) expect(now[id].groupIds).toEqual(before);
	});

	test('with Continue, an invalid item fails by itself', async () => {
		const groups = groupIds(2);
		const viewers = world.viewers.slice(0, 100);
		const items = [{ email: 'nobody', groups }, ...viewers.map(({ email }) => ({ email, groups }))];
		const { items: rows, errorItems } = await run(world, 'viewer upsert', upsert, {
			items,
			onError: 'continueErrorOutput',
		});
		expect([rows.length, errorItems.length]).toEqual([100, 1]);
		expect(await writes()).toHaveLength(2);
	});

	test('a group that the service leaves out is an error, and the output names it', async () => {
		const groups = groupIds(1);
		await simulator.fault({
			kind: 'fields',
			match: { method: 'PATCH', path: `/page_access_groups/${groups[0]}$` },
			set: { page_access_user_ids: [] },
		});
		const viewers = world.viewers.filter(({ groupIds: ids }) => !ids.includes(groups[0])).slice(0, 40);
		const items = viewers.map(({ email }) => ({ email, groups }));
		const { errorItems } = await run(world, 'viewer upsert', upsert, { items, onError: 'continueErrorOutput' });
		expect(errorItems).toHaveLength(40);
		expect(errorItems[0].error).toContain("Statuspage reported success but didn't apply the change");
	});
});

describe('viewer update with groups', () => {
	const update = {
		viewerId: locator('id', '={{ $json.viewer }}'),
		updateFields: { viewerGroupIds: '={{ $json.groups }}' },
	};

	test.each(['add', 'remove'])('200 viewers and 8 groups with mode %s need at most 30 requests', async (groupsMode) => {
		const groups = groupIds(8);
		const viewers = world.viewers.slice(0, 200);
		const items = viewers.map(({ id }) => ({ viewer: id, groups }));
		const rows = await results(world, 'viewer update', { ...update, options: { groupsMode } }, { items });
		expect((await simulator.log()).length).toBeLessThanOrEqual(30);
		const now = await viewersNow();
		rows.forEach((row, index) => {
			const { id, email, groupIds: before } = viewers[index];
			const wanted =
				groupsMode === 'add' ? [...new Set([...before, ...groups])] : before.filter((group) => !groups.includes(group));
			expect(row).toMatchObject({ id, email });
			expect(row).not.toHaveProperty('added');
			for (const ids of [row.page_access_group_ids as string[], now[id].groupIds])
				expect([...ids].sort()).toEqual([...wanted].sort());
		});
	});

	test('the output shows what an earlier item of a long run changed', async () => {
		await start({ viewers: 1100 });
		const [first, second, third] = groupIds(3);
		const [changed] = world.viewers.slice(1050).filter(({ groupIds: ids }) => ids.includes(third));
		const viewers = [changed, ...world.viewers.slice(0, 1000), changed, ...world.viewers.slice(1000, 1020)];
		const items = viewers.map(({ email }, index) => ({
			viewer: email,
			...(index === 0 ? { groups: [second], mode: 'replace' } : { groups: [first], mode: 'add' }),
		}));
		const parameters = {
			...update,
			viewerId: locator('email', '={{ $json.viewer }}'),
			options: { groupsMode: '={{ $json.mode }}' },
		};
		const rows = await results(world, 'viewer update', parameters, { items });
		expect([rows[0], rows[1001]].map(({ id, page_access_group_ids: ids }) => [id, ids])).toEqual([
			[changed.id, [second]],
			[changed.id, [second, first]],
		]);
	});

	test('viewers with other changed fields are written by themselves, with their groups', async () => {
		const groups = groupIds(2);
		const items = world.viewers.slice(0, 40).map(({ id }) => ({ viewer: id, groups, login: `login ${id}` }));
		const parameters = {
			...update,
			updateFields: { ...update.updateFields, externalLogin: '={{ $json.login }}' },
		};
		await results(world, 'viewer update', parameters, { items });
		expect(await counts()).toMatchObject({ 'GET page_access_users one': 40, 'PATCH page_access_users one': 40 });
		const now = await viewersNow();
		for (const { viewer, login } of items)
			expect(now[viewer]).toMatchObject({ external_login: login, groupIds: expect.arrayContaining(groups) });
	});

	test('a viewer that does not exist is the error of its item', async () => {
		const groups = groupIds(2);
		const items = ['gone00000001', ...world.viewers.slice(0, 40).map(({ id }) => id)].map((viewer) => ({
			viewer,
			groups,
		}));
		const { items: rows, errorItems } = await run(world, 'viewer update', update, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(rows).toHaveLength(40);
		expect(errorItems).toEqual([
			expect.objectContaining({
				error: expect.stringContaining('Statuspage could not find the viewer gone00000001'),
				details: expect.objectContaining({ httpCode: '404' }),
			}),
		]);
	});
});

test.each([
	['viewer addToGroups', 'added', 'alreadyThere'],
	['viewer removeFromGroups', 'removed', 'notThere'],
])('%s says the same of each item as it would by itself', async (name, done, unchanged) => {
	const choice = fc.tuple(fc.nat(7), fc.uniqueArray(fc.nat(2), { minLength: 1 }));
	await fc.assert(
		fc.asyncProperty(fc.array(choice, { minLength: 2, maxLength: 14 }), async (choices) => {
			await start();
			const items = choices.map(([viewer, groups]) => ({
				viewer: world.viewers[viewer].id,
				groups: groups.map((group) => world.groups[group].id),
			}));
			const together = await results(world, name, perItem(), { items });
			const after = await viewersNow();
			await start();
			const separate = [];
			for (const item of items) separate.push(...(await results(world, name, perItem(), { items: [item] })));
			const part = (rows: typeof together) => rows.map((row) => [row.id, row.email, row[done], row[unchanged]]);
			expect(part(together)).toEqual(part(separate));
			const sorted = (viewers: typeof after) =>
				Object.values(viewers).map(({ id, groupIds: ids }) => [id, [...ids].sort()]);
			expect(sorted(after)).toEqual(sorted(await viewersNow()));
			// A row shows the viewer after the run.
			for (const row of together)
				expect([...(row.page_access_group_ids as string[])].sort()).toEqual([...after[String(row.id)].groupIds].sort());
		}),
		{ numRuns: numRuns(0.05) },
	);
});

describe('whether groups or viewers are written', () => {
	test.each([
		// viewers, unread, groups, limit, writes groups
		[1, 1, 1, 60, false],
		[1, 0, 8, 60, false],
		[2, 2, 1, 60, false],
		[200, 200, 8, 60, true],
		[200, 0, 8, 60, true],
		[10, 0, 8, 60, true],
		[5, 0, 8, 60, false],
		// The list of groups does not fit into the window, so each group is read by itself.
		[10, 0, 8, 5, false],
		[20, 0, 8, 5, true],
		[200, 200, 200, 60, false],
	])(
		'%d viewers, %d of them unread, and %d groups with %d requests per window: %s',
		(viewers, unread, groups, limit, expected) =>
			expect(writesGroups({ viewers, unread, groups, limit })).toBe(expected),
	);

	test('groups are never written if that takes more requests', () => {
		const counts = fc.record({
			viewers: fc.integer({ min: 1, max: 500 }),
			groups: fc.integer({ min: 1, max: 500 }),
			limit: fc.integer({ min: 2, max: 600 }),
			unreadPart: fc.double({ min: 0, max: 1, noNaN: true }),
		});
		fc.assert(
			fc.property(counts, ({ viewers, groups, limit, unreadPart }) => {
				const unread = Math.floor(viewers * unreadPart);
				const reads = groups > 1 && groups + 1 <= limit ? 1 : groups;
				if (writesGroups({ viewers, unread, groups, limit })) expect(groups + reads + unread).toBeLessThan(2 * viewers);
			}),
			{ numRuns: numRuns() },
		);
	});
});
