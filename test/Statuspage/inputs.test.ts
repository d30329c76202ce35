import type { IDataObject } from 'n8n-workflow';
import { expectRefused } from '../support/refused';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({
		viewers: 250,
		latency: 0,
		limit: 100_000,
		unknownIds: 'refuse',
		emailSearch: 'partial',
		audience: 'specific',
		...options,
	});
	world = await worldOf(simulator);
}

/** The value of an expression, as a field of the item or a literal in the expression. */
const from = (value: unknown) => (value === undefined ? '={{ $json.nothing }}' : `={{ ${JSON.stringify(value)} }}`);
const page = async () => await simulator.page();
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const byEmail = (email: string) => locator('email', email);

/** Characters that copying adds to an email. Each email must still find its viewer. */
const UNCLEAN: Array<[string, (email: string) => string]> = [
	['a zero-width space', (email) => `${email}\u200b`],
	['mailto:', (email) => `mailto:${email}`],
	['a trailing full stop', (email) => `${email}.`],
	['brackets', (email) => `<${email}>`],
	['a soft hyphen inside', (email) => email.replace('@', '\u00ad@')],
	['a no-break space', (email) => `\u00a0${email}`],
	['a Slack link', (email) => `<mailto:${email}|${email}>`],
	['a byte order mark', (email) => `\ufeff${email}`],
];

describe('an email with copied characters finds its viewer', () => {
	test.each(UNCLEAN)('%s: Plan Offboarding finds the access of the viewer', async (_, unclean) => {
		const [viewer] = world.viewers;
		const changes = await results(world, 'access planOffboarding', {}, { items: [{ email: unclean(viewer.email) }] });
		const emailGiven = unclean(viewer.email);
		expect(changes).toMatchObject([
			{ action: 'deleteViewer', objectId: viewer.id, email: viewer.email, emailGiven },
			{ action: 'unchanged', emailGiven },
		]);
	});

	test.each(UNCLEAN)('%s: Delete with Ignore If Missing deletes the viewer', async (_, unclean) => {
		const [viewer] = world.viewers;
		const [row] = await results(world, 'viewer delete', {
			viewerId: byEmail(unclean(viewer.email)),
			options: { ignoreIfMissing: true },
		});
		expect(row).toEqual({ deleted: true, id: viewer.id, email: viewer.email, emailGiven: unclean(viewer.email) });
		expect((await page()).viewers).not.toHaveProperty(viewer.id);
	});

	test.each(UNCLEAN)('%s: Plan Sync plans no duplicate and no deletion', async (_, unclean) => {
		const people = world.viewers.map(({ email, groupIds }, index) => ({
			email: index === 0 ? unclean(email) : email,
			groups: groupIds,
		}));
		const parameters = {
			managedFields: { viewerGroups: 'groups' },
			scope: 'everyone',
			deleteViewers: true,
			options: { emptyMeansNone: true },
		};
		expect(await results(world, 'access planSync', parameters, { items: people })).toEqual([]);
	});

	test.each(UNCLEAN)('%s: removals from a group contain the original text', async (_, unclean) => {
		const viewer = world.viewers.find(({ groupIds }) => groupIds.includes(world.groups[0].id)) ?? world.viewers[0];
		const [row] = await results(world, 'viewerGroup removeViewers', {
			viewerGroupId: locator('id', world.groups[0].id),
			viewerIds: [unclean(viewer.email)],
		});
		expect(row).toMatchObject({
			removed: [viewer.email],
			emailsGiven: [{ email: viewer.email, emailGiven: unclean(viewer.email) }],
		});
	});

	test.each([
		'anna @example.com',
		'anna@example.com@example.org',
		'<mailto:a@example.com|b@example.com>',
		'Anna Meyer',
		'[object Object]',
		'undefined',
	])('%j is rejected', async (email) => {
		const options = { ignoreIfMissing: true };
		await expectRefused(
			simulator,
			await run(world, 'viewer delete', { viewerId: byEmail(email), options }),
			/^'Viewer' /,
		);
		await expectRefused(simulator, await run(world, 'access planOffboarding', {}, { items: [{ email }] }), /'Email'/);
		expect(await simulator.log()).toEqual([]);
	});

	test('an upsert keeps one viewer, and its output contains the original text', async () => {
		const [{ id, email }] = world.viewers;
		const [row] = await results(world, 'viewer upsert', {
			email: `mailto:${email}.`,
			additionalFields: { externalLogin: 'changed' },
		});
		expect(row).toMatchObject({ id, result: 'updated', emailGiven: `mailto:${email}.` });
		expect(Object.keys((await page()).viewers)).toHaveLength(250);
	});

	test('a new viewer has the cleaned email', async () => {
		const [row] = await results(world, 'viewer create', { email: ' new@example.com\u200b; ' });
		expect(row).toMatchObject({ email: 'new@example.com', emailGiven: ' new@example.com\u200b; ' });
	});
});

describe('only a parameter without an expression is the name of a field of the item', () => {
	const people = () => [{ email: world.viewers[0].email }];

	test('an item without the field is an error, and the name of the field is not used as a value', async () => {
		await expectRefused(
			simulator,
			await run(world, 'access planSync', { managedFields: { externalLogin: 'login' } }, { items: people() }),
			/^'External Login' .*item 0 has no field "login"|^'External Login'/,
		);
		await expectRefused(
			simulator,
			await run(
				world,
				'access planSync',
				{ managedFields: { viewerGroups: 'groups' }, options: { createMissingGroups: true } },
				{ items: people() },
			),
			/^'Viewer Groups'/,
		);
	});

	test('the result of an expression is a value, for all names of fields', async () => {
		const items = [{ ...people()[0], login: 'admin', admin: 'other' }];
		const [change] = await results(
			world,
			'access planSync',
			{ managedFields: { externalLogin: '={{ $json.login }}' } },
			{ items },
		);
		expect(change).toMatchObject({ action: 'updateViewer', after: { external_login: 'admin' } });
		const [{ id, name }] = world.groups;
		const viewer = world.viewers.find(({ groupIds }) => !groupIds.includes(id)) ?? world.viewers[0];
		const [added] = await results(
			world,
			'access planSync',
			{ managedFields: { viewerGroups: '={{ $json.team }}' } },
			{ items: [{ email: viewer.email, team: name, [name]: '' }] },
		);
		expect(added).toMatchObject({ action: 'addToGroup', after: { groupId: id } });
	});

	test.each([undefined, null, {}, '[object Object]', true, NaN])(
		'a managed field that resolves to %p is an error',
		async (value) => {
			const items = [{ ...people()[0], value }] as IDataObject[];
			for (const name of ['externalLogin', 'viewerGroups', 'components']) {
				await expectRefused(
					simulator,
					await run(world, 'access planSync', { managedFields: { [name]: '={{ $json.value }}' } }, { items }),
					/^'(External Login|Viewer Groups|Components)'/,
				);
			}
		},
	);
});

describe('a choice is a value or a label, and nothing else', () => {
	test.each(['Leave', 'leave', 'LEAVE'])('Team Members: %s does not check them', async (teamMembers) => {
		const changes = await results(
			world,
			'access planOffboarding',
			{ teamMembers: from(teamMembers) },
			{ items: [{ email: world.memberEmail }] },
		);
		expect(changes).toMatchObject([{ action: 'unchanged' }]);
	});

	test('Viewers: the label is accepted', async () => {
		const [viewer] = world.viewers;
		await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${viewer.id}/components`, {
			body: { component_ids: world.components.slice(0, 2).map(({ id }) => id) },
		});
		const changes = await results(
			world,
			'access planOffboarding',
			{ viewers: from('Remove Access') },
			{ items: [{ email: viewer.email }] },
		);
		expect(changes.map(({ action }) => action)).toContain('setComponents');
	});

	test.each([undefined, null, '', 'nothing', 0, true, {}, ['leave']])('%p is an error', async (value) => {
		const leaver = { items: [{ email: world.memberEmail }] };
		await expectRefused(
			simulator,
			await run(world, 'access planOffboarding', { teamMembers: from(value) }, leaver),
			/^'Team Members' (must be one of Delete, Do Not Check, Remove Permissions, not|is empty)/,
		);
		await expectRefused(
			simulator,
			await run(world, 'access planOffboarding', { viewers: from(value) }, leaver),
			/^'Viewers' (must be one of|is empty)/,
		);
		await expectRefused(
			simulator,
			await run(
				world,
				'access planSync',
				{ scope: from(value), scopeGroupIds: [world.groups[0].id], domains: 'example.com' },
				leaver,
			),
			/^'Removal Scope' (must be one of|is empty)/,
		);
		const update = {
			viewerId: locator('id', world.viewers[0].id),
			updateFields: { viewerGroupIds: [world.groups[0].id] },
		};
		await expectRefused(
			simulator,
			await run(world, 'viewer update', { ...update, options: { groupsMode: from(value) } }),
			/^'Groups Mode' (must be one of Add, Remove, Replace, not|is empty)/,
		);
		await expectRefused(
			simulator,
			await run(world, 'component update', {
				componentId: locator('id', world.components[0].id),
				updateFields: { status: from(value) },
			}),
			/^'Status' (must be one of|is empty)/,
		);
		expect(await simulator.log()).toEqual([]);
	});

	test.each(['REPLACE', 'Replace', ' replace '])('Groups Mode %j replaces', async (groupsMode) => {
		const viewerGroupIds = [world.groups[3].id];
		await results(world, 'viewer update', {
			viewerId: locator('id', world.viewers[0].id),
			updateFields: { viewerGroupIds },
			options: { groupsMode: from(groupsMode) },
		});
		expect((await page()).viewers[world.viewers[0].id].groupIds).toEqual(viewerGroupIds);
	});
});

describe('nothing is replaced by a list that is not understood', () => {
	const before = async () => {
		const { id } = world.viewers[0];
		await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${id}/components`, {
			body: { component_ids: world.components.slice(0, 3).map((component) => component.id) },
		});
		return id;
	};
	const listOf = (ids: string[]) => `={{ ${JSON.stringify(ids.map((id) => ({ id, name: 'x' })))} }}`;

	test.each(['ignore', 'refuse'])(
		'objects with an id are their IDs, with a service that would %s what it does not know',
		async (unknownIds) => {
			await start({ unknownIds });
			const id = await before();
			const wanted = world.components.slice(3, 5).map((component) => component.id);
			await results(world, 'viewer replaceComponents', { viewerId: locator('id', id), componentIds: listOf(wanted) });
			expect((await page()).viewers[id].componentIds).toEqual(wanted);
			const [group] = world.groups;
			await results(world, 'viewerGroup replaceComponents', {
				viewerGroupId: locator('id', group.id),
				componentIds: listOf(wanted),
			});
			expect((await page()).groups[group.id].componentIds).toEqual(wanted);
		},
	);

	test.each<[string, unknown]>([
		['objects without an id', [{ name: 'API' }]],
		['an object that became text', '[object Object]'],
		['an object in a list', [{ a: 1 }]],
		['an ID that nothing has', ['gone00000001']],
		['a name that nothing has', 'Nothing'],
		['nothing', undefined],
		['null', null],
		['a null entry', ['API', null]],
		['true', true],
		['an empty list', []],
		['an empty text', ''],
	])('%s', async (_, list) => {
		await start({ unknownIds: 'ignore' });
		const id = await before();
		await simulator.clearLog();
		await expectRefused(
			simulator,
			await run(world, 'viewer replaceComponents', { viewerId: locator('id', id), componentIds: from(list) }),
			/^'Component Names or IDs' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewer addComponents', { viewerId: locator('id', id), componentIds: from(list) }),
			/^'Component Names or IDs' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewerGroup replaceComponents', {
				viewerGroupId: locator('id', world.groups[0].id),
				componentIds: from(list),
			}),
			/^'Component Names or IDs' /,
		);
		const update = {
			viewerId: locator('id', id),
			updateFields: { viewerGroupIds: from(list) },
			options: { groupsMode: 'replace' },
		};
		await expectRefused(simulator, await run(world, 'viewer update', update), /^'Viewer Group Names or IDs' /);
		expect((await page()).viewers[id].componentIds).toHaveLength(3);
		expect((await page()).viewers[id].groupIds).toEqual(world.viewers[0].groupIds);
	});

	test('Groups Mode Replace with names replaces', async () => {
		const [viewer] = world.viewers;
		const update = {
			viewerId: locator('id', viewer.id),
			updateFields: { viewerGroupIds: from(`${world.groups[4].name}; ${world.groups[5].name.toLowerCase()}`) },
			options: { groupsMode: 'replace' },
		};
		await results(world, 'viewer update', update);
		expect((await page()).viewers[viewer.id].groupIds).toEqual([world.groups[4].id, world.groups[5].id]);
	});

	test.each([{}, { name: 'Sales' }, [{ name: 'Sales' }], '[object Object]'])(
		'a group that is %j is not created',
		async (groups) => {
			const items = [{ email: 'new@example.com', groups }] as IDataObject[];
			await expectRefused(
				simulator,
				await run(
					world,
					'access planSync',
					{ managedFields: { viewerGroups: 'groups' }, options: { createMissingGroups: true } },
					{ items },
				),
				/^'Viewer Groups'/,
			);
		},
	);
});

describe('roles that are not understood remove no role', () => {
	test.each([undefined, null, '', 'owner', ['incidentManager', null], [{}], true, 'undefined'])('%p', async (roles) => {
		const parameters = {
			teamMemberId: locator('id', world.memberId),
			pages: { page: [{ pageId: world.pageId, roles: from(roles) }] },
		};
		const { members } = await simulator.state();
		for (const operation of ['update', 'replace'])
			await expectRefused(
				simulator,
				await run(world, `permission ${operation}`, parameters),
				/^'Roles' in row 1 of 'Pages' /,
			);
		expect((await simulator.state()).members[world.memberId].permissions).toEqual(members[world.memberId].permissions);
	});

	test('labels are accepted as roles, and an empty list means no roles', async () => {
		const parameters = (roles: unknown) => ({
			teamMemberId: locator('id', world.memberId),
			pages: { page: [{ pageId: world.pageId, roles: from(roles) }] },
		});
		await results(world, 'permission update', parameters('Incident Manager, page configuration'));
		const roles = async () => (await simulator.state()).members[world.memberId].permissions[world.pageId];
		expect(await roles()).toEqual({ incident_manager: true, maintenance_manager: false, page_configuration: true });
		await results(world, 'permission update', parameters([]));
		expect(Object.values(await roles())).toEqual([false, false, false]);
	});
});

describe('a removal fails for a text that is not an ID', () => {
	test('names are resolved', async () => {
		const [group] = world.groups;
		const member = world.viewers.find(({ groupIds }) => groupIds.includes(group.id)) ?? world.viewers[0];
		const [row] = await results(world, 'viewer removeFromGroups', {
			viewerId: locator('id', member.id),
			viewerGroupIds: group.name,
		});
		expect(row).toMatchObject({ removed: [group.id] });
		await results(world, 'permission remove', {
			teamMemberId: locator('id', world.memberId),
			pageIds: 'northwind public',
		});
		expect((await simulator.state()).members[world.memberId].permissions).not.toHaveProperty(world.otherPageId);
		await results(world, 'viewer addComponents', {
			viewerId: locator('id', member.id),
			componentIds: world.components[0].name,
		});
		expect(
			await results(world, 'viewer removeComponents', {
				viewerId: locator('id', member.id),
				componentIds: world.components[0].name,
			}),
		).toMatchObject([{ removed: [world.components[0].id] }]);
	});

	test.each(['Nothing', 'Group 99', 'API, Nothing', '../x', { name: 'API' }])('%j is an error', async (list) => {
		const viewer = { viewerId: locator('id', world.viewers[0].id) };
		await expectRefused(
			simulator,
			await run(world, 'viewer removeFromGroups', { ...viewer, viewerGroupIds: from(list) }),
			/^'Viewer Group Names or IDs' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewer removeComponents', { ...viewer, componentIds: from(list) }),
			/^'Component Names or IDs' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewer removeMetrics', { ...viewer, metricIds: from(list) }),
			/^'Metric Names or IDs' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'permission remove', { teamMemberId: locator('id', world.memberId), pageIds: from(list) }),
			/^'Page Names or IDs' /,
		);
	});

	test.each(['u100001', 'kim.login', 'Anna Meyer'])('%j is not the ID of a viewer', async (text) => {
		const [group] = world.groups;
		const [id] = group.viewerIds;
		const remove = async (viewerIds: string[]) =>
			await run(world, 'viewerGroup removeViewers', { viewerGroupId: locator('id', group.id), viewerIds });
		for (const viewerIds of [[text], [text, id, 'gone00000001']]) {
			const { items, error } = await remove(viewerIds);
			expect([items, error?.message]).toEqual([[], expect.stringContaining(text)]);
		}
		const { items, error } = await run(world, 'component removeViewers', {
			componentId: locator('id', world.components[0].id),
			viewerIds: [text],
		});
		expect([items, error?.message]).toEqual([[], expect.stringContaining(text)]);
	});

	test('an unknown ID is in notThere', async () => {
		const rows = await results(world, 'viewer removeFromGroups', {
			viewerId: locator('id', world.viewers[0].id),
			viewerGroupIds: ['gone00000001', { id: 'gone00000002' }],
		});
		expect(rows).toMatchObject([{ removed: [], notThere: ['gone00000001', 'gone00000002'] }]);
	});
});

describe('a filter with an empty result is rejected', () => {
	test.each([undefined, null, '', ' ', {}, [], 'undefined', true])('%p', async (value) => {
		await expectRefused(
			simulator,
			await run(world, 'viewer getMany', { returnAll: true, filters: { email: from(value) } }),
			/^'Email' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewer getMany', { returnAll: true, filters: { viewerGroupId: from(value) } }),
			/^'Viewer Group Name or ID' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'component getMany', { returnAll: true, filters: { status: from(value) } }),
			/^'Status' /,
		);
		expect(await simulator.log()).toEqual([]);
	});

	test('a filter that a user left empty is ignored', async () => {
		expect(await results(world, 'viewer getMany', { returnAll: true, filters: { email: '' } })).toHaveLength(250);
	});

	test('a group can be filtered by name', async () => {
		expect(
			await results(world, 'viewer getMany', { returnAll: true, filters: { viewerGroupId: world.groups[0].name } }),
		).toHaveLength(world.groups[0].viewerIds.length);
	});
});

describe('Limit is a whole number from 1', () => {
	test.each([undefined, null, 'abc', '1,000', 0, -1, 1.5, '', true, [5], {}, 'Infinity', '1e3'])(
		'%p',
		async (limit) => {
			for (const operation of [
				'viewer getMany',
				'viewerGroup getMany',
				'page getMany',
				'teamMember getMany',
				'component getMany',
			]) {
				await expectRefused(
					simulator,
					await run(world, operation, { limit: from(limit) }),
					/^'Limit' (must be a whole number of at least 1, not|is empty)/,
				);
			}
			expect(await simulator.log()).toEqual([]);
		},
	);

	test('a literal out of range is rejected as well', async () =>
		await expectRefused(
			simulator,
			await run(world, 'viewer getMany', { limit: 0 }),
			"'Limit' must be a whole number of at least 1, not the number 0",
		));
	test.each([3, '3', ' 3 '])('%p is accepted as 3', async (limit) =>
		expect(await results(world, 'viewer getMany', { limit: from(limit) })).toHaveLength(3),
	);
});

describe('a boolean as text is true or false, and nothing else', () => {
	test.each(['true', 'True', 1, '1'])('Return All: %p returns all', async (returnAll) =>
		expect(await results(world, 'viewer getMany', { returnAll: from(returnAll) })).toHaveLength(250),
	);
	test.each(['false', 'FALSE', 0])('Return All: %p does not', async (returnAll) =>
		expect(await results(world, 'viewer getMany', { returnAll: from(returnAll) })).toHaveLength(50),
	);

	test.each(['true', true])('Fail If Changes Remain: %p fails the run', async (failIfAnythingIsLeft) => {
		const [change] = await results(
			world,
			'access planSync',
			{ managedFields: { externalLogin: 'login' } },
			{ items: [{ email: world.viewers[0].email, login: 'x' }] },
		);
		await simulator.send('DELETE', `/pages/${world.pageId}/page_access_users/${world.viewers[0].id}`);
		const { error } = await run(
			world,
			'access applyPlan',
			{ options: { failIfAnythingIsLeft: from(failIfAnythingIsLeft) } },
			{ items: [change] },
		);
		expect(error).toBeDefined();
	});

	test.each([undefined, null, '', 'yes', 'on', 2, {}, []])('%p is an error', async (value) => {
		await expectRefused(
			simulator,
			await run(world, 'viewer getMany', { returnAll: from(value) }),
			/^'Return All' (must be true or false, not|is empty)/,
		);
		await expectRefused(
			simulator,
			await run(world, 'viewer delete', {
				viewerId: locator('id', world.viewers[0].id),
				options: { ignoreIfMissing: from(value) },
			}),
			/^'Ignore If Missing' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'component create', { name: 'x', additionalFields: { showcase: from(value) } }),
			/^'Display Uptime' /,
		);
		await expectRefused(
			simulator,
			await run(
				world,
				'access planSync',
				{ options: { emptyMeansNone: from(value) } },
				{ items: [{ email: 'a@example.com' }] },
			),
			/^'Empty Means None' /,
		);
		await expectRefused(
			simulator,
			await run(world, 'access applyPlan', { options: { failIfAnythingIsLeft: from(value) } }),
			/^'Fail If Changes Remain' /,
		);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('an unchanged viewer is not updated', () => {
	test('with a number from a sheet', async () => {
		const [{ email }] = world.viewers;
		const upsert = async () =>
			await results(world, 'viewer upsert', { email, additionalFields: { externalLogin: '={{ 4711 }}' } });
		expect(await upsert()).toMatchObject([{ result: 'updated', external_login: '4711' }]);
		expect(await upsert()).toMatchObject([{ result: 'unchanged' }]);
	});

	test.each([null, undefined, {}, true])('%p as External Login is an error', async (login) => {
		await expectRefused(
			simulator,
			await run(world, 'viewer upsert', {
				email: world.viewers[0].email,
				additionalFields: { externalLogin: from(login) },
			}),
			/^'External Login' must be text, not/,
		);
	});

	test('an empty text clears only with Empty Clears', async () => {
		const viewer = world.viewers.find(({ external_login }) => external_login) ?? world.viewers[0];
		const parameters = { email: viewer.email, additionalFields: { externalLogin: '={{ "" }}' } };
		await expectRefused(simulator, await run(world, 'viewer upsert', parameters), "'External Login' is empty");
		await results(world, 'viewer upsert', { ...parameters, options: { emptyClears: true } });
		expect((await page()).viewers[viewer.id].external_login ?? '').toBe('');
	});
});

describe('names are compared without unusual spaces', () => {
	test.each(['\u00a0', '\u2003', '  ', '\u200b \t'])('%j in a name creates no second group', async (blank) => {
		const group = world.groups.find(({ name }) => name.includes(' ')) ?? world.groups[0];
		const [row] = await results(world, 'viewerGroup upsert', {
			name: group.name.replace(' ', blank),
			additionalFields: { externalIdentifier: 'x' },
		});
		expect(row).toMatchObject({ id: group.id, result: 'updated' });
		expect(Object.keys((await page()).groups)).toHaveLength(12);
	});

	test('another Unicode form creates no second group', async () => {
		await results(world, 'viewerGroup create', { name: 'Z\u00fcrich' });
		expect(await results(world, 'viewerGroup upsert', { name: 'zu\u0308rich' })).toMatchObject([
			{ result: 'unchanged' },
		]);
	});
});

describe('a name with separators', () => {
	const join = (...names: string[]) => names.join(', ');
	const named = async (...names: string[]) => {
		for (const name of names) await results(world, 'viewerGroup create', { name });
	};
	const add = async (viewerGroupIds: string) =>
		await run(world, 'viewer addToGroups', {
			viewerId: locator('id', world.viewers[0].id),
			viewerGroupIds: from(viewerGroupIds),
		});

	test('is one name if a group has exactly this name', async () => {
		await named('Sales, EMEA');
		const { items } = await add('sales, emea');
		expect(items).toMatchObject([{ added: [expect.any(String)] }]);
	});

	test('is an error with both readings if it can be both', async () => {
		await named('Sales, EMEA', 'Sales', 'EMEA');
		await simulator.clearLog();
		await expectRefused(
			simulator,
			await add(join('Sales', 'EMEA')),
			/can be read as one viewer group, "Sales, EMEA", or as several: "Sales" and "EMEA"/,
		);
	});

	test('is an error with both IDs if two groups have it', async () => {
		await named('Twin', 'TWIN');
		await simulator.clearLog();
		const ids = Object.values((await page()).groups)
			.filter(({ name }) => /^twin$/i.test(name))
			.map(({ id }) => id);
		await expectRefused(
			simulator,
			await add('twin'),
			new RegExp(`"twin", which is the name of 2 viewer groups: ${ids.join(', ')}`),
		);
	});
});

describe('plans in unusual input', () => {
	test('an empty plan is applied without changes', async () => {
		expect(await results(world, 'access applyPlan', {}, { items: [{}] })).toEqual([]);
		expect(await simulator.log()).toEqual([]);
	});

	test('a plan as JSON text is applied', async () => {
		const changes = await results(
			world,
			'access planSync',
			{ managedFields: { externalLogin: 'login' } },
			{ items: [{ email: world.viewers[0].email, login: 'x' }] },
		);
		expect(
			await results(world, 'access applyPlan', {}, { items: [{ changes: JSON.stringify(changes) }] }),
		).toMatchObject([{ result: 'done' }]);
	});

	test.each([
		{ changes: 'no plan' },
		{ changes: { a: 1 } },
		{ changes: '[{}]' },
		{ email: 'a@example.com' },
		{ action: 'deleteViewer' },
		{ changes: [null] },
	])('%j is an error that says what is expected', async (item) => {
		const result = await run(world, 'access applyPlan', {}, { items: [item as IDataObject] });
		await expectRefused(simulator, result, /Item 0/);
		expect(result.error?.description).toMatch(/'Plan Sync' or 'Plan Offboarding'/);
	});
});

describe('Retry On Fail', () => {
	test('is mentioned in the error', async () => {
		const items = [{ email: 'new1@example.com' }, { email: world.viewers[0].email }];
		const { error } = await run(world, 'viewer create', { email: '={{ $json.email }}' }, { items, retryOnFail: true });
		expect(error?.description).toContain("'Retry On Fail' is on");
	});

	test('is mentioned in a hint of a successful run', async () => {
		const { hints } = await run(world, 'viewer create', { email: 'new@example.com' }, { retryOnFail: true });
		expect(hints).toEqual([expect.stringContaining("'Retry On Fail' is on")]);
	});

	test('is not mentioned for operations that only read', async () => {
		expect((await run(world, 'viewer getMany', {}, { retryOnFail: true })).hints).toEqual([]);
	});
});

describe('components', () => {
	const component = () => ({ componentId: locator('id', world.components[0].id) });

	test.each([
		{ name: from(undefined) },
		{ description: from(null) },
		{},
		{ status: from(undefined), showcase: from(undefined) },
	])('an update with %j sends no empty PATCH', async (updateFields) => {
		await expectRefused(
			simulator,
			await run(world, 'component update', { ...component(), updateFields }),
			/^'(Name|Description|Status|Display Uptime|Update Fields)' /,
		);
		expect(await simulator.log()).toEqual([]);
	});

	test('names are trimmed', async () => {
		expect(await results(world, 'component create', { name: '  Shop ' })).toMatchObject([{ name: 'Shop' }]);
		expect(await results(world, 'viewerGroup create', { name: '\tTeam\n' })).toMatchObject([{ name: 'Team' }]);
		expect(
			await results(world, 'component update', { ...component(), updateFields: { name: ' Renamed ' } }),
		).toMatchObject([{ name: 'Renamed' }]);
	});

	test.each(['2026-02-31', '31.01.2026', 'tomorrow', 20260131, undefined, null, true, {}, ''])(
		'%p is no Start Date',
		async (startDate) => {
			await expectRefused(
				simulator,
				await run(world, 'component create', { name: 'x', additionalFields: { startDate: from(startDate) } }),
				/^'Start Date' (must be a valid date in the format YYYY-MM-DD, not|is empty)/,
			);
		},
	);

	test('a Luxon date is accepted', async () => {
		await results(world, 'component update', {
			...component(),
			updateFields: { startDate: "={{ DateTime.fromISO('2026-01-31T23:30:00', { zone: 'America/New_York' }) }}" },
		});
		expect((await writes()).map(({ body }) => body)).toEqual([{ component: { start_date: '2026-01-31' } }]);
	});
});

test('30 upserts of 3 unchanged viewers look up each viewer once', async () => {
	const people = world.viewers.filter(({ external_login }) => external_login).slice(0, 3);
	const items = Array.from({ length: 30 }, (_, index) => ({
		email: people[index % 3].email,
		login: people[index % 3].external_login,
	}));
	const rows = await results(
		world,
		'viewer upsert',
		{ email: '={{ $json.email }}', additionalFields: { externalLogin: '={{ $json.login }}' } },
		{ items },
	);
	expect(rows.map(({ result }) => result)).toEqual(Array(30).fill('unchanged'));
	expect((await simulator.log()).length).toBeLessThanOrEqual(3);
});

describe('numbers out of range', () => {
	test.each(['ten', -1, 101, undefined, null, '', '10 %', {}])('a limit of %p', async (capPercent) => {
		const people = { items: [{ email: world.viewers[0].email }] };
		for (const operation of ['planSync', 'planOffboarding'])
			await expectRefused(
				simulator,
				await run(world, `access ${operation}`, { options: { capPercent: from(capPercent) } }, people),
				/^'Max People Losing Access \(%\)' (must be a number from 0 to 100, not|is empty)/,
			);
		await expectRefused(
			simulator,
			await run(world, 'access applyPlan', { options: { capPercent: from(capPercent) } }, { items: [{}] }),
			/^'Max People Losing Access \(%\)' /,
		);
		expect(await simulator.log()).toEqual([]);
	});

	test.each([
		['timeout', -1, "'Timeout (Seconds)' must be a number of at least 1, not the number -1"],
		['timeout', '1s', '\'Timeout (Seconds)\' must be a number of at least 1, not the text "1s"'],
		['waitBudget', 0, 'must be a number of at least 1, not the number 0'],
		['concurrency', 0, "'Concurrency' must be a whole number from 1 to 60, not the number 0"],
		['concurrency', 2.5, "'Concurrency' must be a whole number from 1 to 60, not the number 2.5"],
		['concurrency', undefined, "'Concurrency' must be a whole number from 1 to 60, not undefined"],
	])('%s of %p', async (name, value, message) => {
		await expectRefused(simulator, await run(world, 'viewer getMany', { options: { [name]: from(value) } }), message);
		expect(await simulator.log()).toEqual([]);
	});

	test('one email in two Unicode forms is one viewer', async () => {
		await results(world, 'viewer create', { email: 'j\u00fcrgen@example.com' });
		const items = [
			{ email: 'ju\u0308rgen@example.com', login: 'a' },
			{ email: 'J\u00dcRGEN@example.com', login: 'a' },
		];
		expect(
			await results(world, 'access planSync', { managedFields: { externalLogin: 'login' } }, { items }),
		).toMatchObject([{ action: 'updateViewer' }]);
	});
});

test('an invalid value only fails its own item', async () => {
	const items = [{ limit: 1 }, { limit: 'x' }, { limit: 2 }];
	const { items: rows, errorItems } = await run(
		world,
		'viewer getMany',
		{ limit: '={{ $json.limit }}' },
		{ items, onError: 'continueErrorOutput' },
	);
	expect([rows.length, errorItems.length]).toEqual([3, 1]);
	expect(errorItems[0]).toMatchObject({ error: '\'Limit\' must be a whole number of at least 1, not the text "x"' });
});

test('the organization is not guessed', async () => {
	for (const value of [undefined, null, '', {}]) {
		await expectRefused(
			simulator,
			await run(world, 'teamMember getMany', { options: { organizationId: from(value) } }),
			/^'Organization ID' /,
		);
	}
});
