import type { IDataObject } from 'n8n-workflow';
import { leaversOf } from '../../../../../nodes/services/statuspage/plans/offboarding/leavers';
import {
	offboardingPlan,
	type OffboardingOptions,
} from '../../../../../nodes/services/statuspage/plans/offboarding/offboardingPlan';
import { directApi } from '../../../../support/direct';
import { startSimulator, type Simulator } from '../../../../support/simulator';
import { results, run, worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

const PLAIN = { viewers: 250, limit: 100_000, emailSearch: 'partial', takenEmails: 'any-case', linkedSubscribers: 0 };

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ ...PLAIN, ...options });
	world = await worldOf(simulator);
}

const REMOVE = { viewers: 'removeAccess', teamMembers: 'removePermissions' };
const plan = async (items: IDataObject[], parameters: IDataObject = {}) =>
	await results(
		world,
		'access planOffboarding',
		{ ...parameters, options: { capPercent: 100, ...(parameters.options as IDataObject) } },
		{ items },
	);
const LOGIN = { additionalFields: { externalLogin: '={{ $json.login }}' } };
const doing = (changes: IDataObject[]) => changes.filter(({ action }) => action !== 'unchanged');
const evidenceIn = (changes: IDataObject[]) =>
	changes.filter(({ action }) => action === 'unchanged').map(({ text }) => String(text));
const short = (changes: IDataObject[]) => doing(changes).map(({ action, objectId }) => [action, objectId]);
const firstUrl = () => `/pages/${world.pageId}/page_access_users`;

async function viewer(fields: IDataObject, pageId = world.pageId): Promise<string> {
	const answer = await simulator.send('POST', `/pages/${pageId}/page_access_users`, {
		body: { page_access_user: fields },
	});
	expect(answer.status).toBe(200);
	return ((await answer.json()) as { id: string }).id;
}

describe.each(['partial', 'exact', 'case'])('where the search is %s', (emailSearch) => {
	beforeEach(async () => await start({ emailSearch, takenEmails: 'same-case' }));

	test.each(['Anna.Lee@Example.com', 'anna.lee@example.com', 'ANNA.LEE@EXAMPLE.COM'])(
		'a viewer stored as %s is found by email in any case',
		async (stored) => {
			const id = await viewer({ email: stored, page_access_group_ids: [world.groups[0].id] });
			for (const given of ['anna.lee@example.com', 'ANNA.LEE@EXAMPLE.COM', 'Anna.Lee@Example.com']) {
				expect(short(await plan([{ email: given }]))).toEqual([['deleteViewer', id]]);
				expect(short(await plan([{ email: given }], REMOVE))).toEqual([['removeFromGroup', id]]);
				expect(short(await plan([{ email: given }, { email: 'nobody@example.com' }]))).toEqual([['deleteViewer', id]]);
			}
		},
	);

	test('two viewers whose emails only differ in case are both planned and count as one person', async () => {
		const ids = [await viewer({ email: 'Anna.Lee@example.com' }), await viewer({ email: 'anna.lee@example.com' })];
		for (const email of ['anna.lee@example.com', 'Anna.Lee@example.com', 'ANNA.LEE@EXAMPLE.COM']) {
			const changes = await plan([{ email }], { options: { capPercent: 0 } });
			expect(
				short(changes)
					.map(([, id]) => id)
					.sort(),
			).toEqual([...ids].sort());
			expect((await plan([{ email }], REMOVE)).filter(({ objectId }) => ids.includes(String(objectId)))).toHaveLength(
				2,
			);
		}
	});

	test('an exact search result does not hide a viewer with the email in another case', async () => {
		const ids = [await viewer({ email: 'ANNA.LEE@EXAMPLE.COm' }), await viewer({ email: 'anna.lee@example.com' })];
		expect(
			short(await plan([{ email: 'anna.lee@example.com' }]))
				.map(([, id]) => id)
				.sort(),
		).toEqual([...ids].sort());
	});

	test('reports no access only after reading all lists', async () => {
		await simulator.clearLog();
		const changes = await plan([{ email: 'nobody@example.com' }]);
		expect(evidenceIn(changes)).toEqual([
			expect.stringMatching(
				/^No access found for nobody@example\.com\. Checked: all viewers and viewer groups of pages .*, all team members\. Not checked: subscriptions\.$/,
			),
		]);
		const lists = (await simulator.log()).filter(
			({ path, query }) => path.endsWith('/page_access_users') && query.email === undefined,
		);
		expect(new Set(lists.map(({ path }) => path)).size).toBe(3);
	});
});

describe('external login', () => {
	test('alone finds a viewer, without an email', async () => {
		const found = world.viewers.find(({ external_login }) => external_login) as World['viewers'][number];
		const changes = await plan([{ login: found.external_login }], LOGIN);
		expect(changes).toMatchObject([
			{ action: 'deleteViewer', objectId: found.id, email: found.email },
			{
				action: 'unchanged',
				text: `Not checked for external login ${found.external_login}: subscriptions; team membership, because no email was given.`,
			},
		]);
		expect((await simulator.log()).filter(({ path }) => path.endsWith('/users'))).toEqual([]);
		const kept = await plan([{ login: found.external_login }], { ...LOGIN, ...REMOVE });
		expect(kept.filter(({ objectId }) => objectId === found.id)).not.toEqual([]);
	});

	test('of a viewer with another email is planned with its own email, as a second person', async () => {
		const id = await viewer({ email: 'old.name@example.com', external_login: 'anna' });
		const current = await viewer({ email: 'new.name@example.com' });
		const changes = await plan([{ email: 'new.name@example.com', login: 'anna' }], LOGIN);
		expect(doing(changes).map(({ objectId, email }) => [objectId, email])).toEqual([
			[id, 'old.name@example.com'],
			[current, 'new.name@example.com'],
		]);
		const { error } = await run(
			world,
			'access planOffboarding',
			{ ...LOGIN, options: { capPercent: 0 } },
			{ items: [{ email: 'new.name@example.com', login: 'anna' }] },
		);
		expect(error?.message).toMatch(/^This plan removes access from 2 of /);
	});

	test('that is mapped and empty is rejected, even with an email', async () => {
		await simulator.clearLog();
		const { error } = await run(world, 'access planOffboarding', LOGIN, { items: [{ email: 'a@example.com' }] });
		expect(error?.message).toBe("'External Login' of item 0 is empty");
		expect(await simulator.log()).toEqual([]);
	});

	test('and email match the same viewer, which is planned once for both items', async () => {
		const id = await viewer({ email: 'anna@example.com', external_login: 'ben' });
		const { items, pairedTo } = await run(
			world,
			'access planOffboarding',
			{ ...LOGIN, options: { capPercent: 100 } },
			{
				items: [
					{ email: 'anna@example.com', login: 'anna' },
					{ email: 'ben@example.com', login: 'ben' },
				],
			},
		);
		expect(short(items)).toEqual([['deleteViewer', id]]);
		expect(pairedTo[0]).toBe(0);
		const leavers = leaversOf([
			{ item: 0, email: 'anna@example.com', externalLogin: '' },
			{ item: 1, email: 'ben@example.com', externalLogin: 'ben' },
		]);
		const options = {
			pages: [world.page.row],
			organizationId: '',
			viewers: 'delete',
			teamMembers: 'leave',
			includesSubscriptions: true,
			concurrency: 5,
		} as unknown as OffboardingOptions;
		expect((await offboardingPlan(directApi(simulator.url), leavers, options)).changes[0]).toMatchObject({
			objectId: id,
			items: [0, 1],
		});
		expect(evidenceIn(items)).toEqual([
			'Not checked for anna@example.com (external login anna): subscriptions.',
			'Not checked for ben@example.com (external login ben): subscriptions.',
		]);
	});

	test('rows of one person are combined', async () => {
		const ids = [
			await viewer({ email: 'a1@example.com', external_login: 'one' }),
			await viewer({ email: 'a2@example.com', external_login: 'two' }),
		];
		const changes = await plan(
			[{ email: 'anna@example.com', login: 'one' }, { email: 'ANNA@example.com', login: 'two' }, { login: 'one' }],
			LOGIN,
		);
		expect(short(changes)).toEqual(ids.map((id) => ['deleteViewer', id]));
		expect(evidenceIn(changes)).toEqual([
			'Not checked for anna@example.com (external logins one and two): subscriptions.',
		]);
	});

	test.each([[{ email: '', login: '' }], [{ email: null }], [{}]])(
		'neither it nor an email in %j is an error that names the item',
		async (item) => {
			await simulator.clearLog();
			const { error } = await run(world, 'access planOffboarding', LOGIN, {
				items: [{ email: 'a@example.com', login: 'a' }, item],
			});
			expect(error?.message).toMatch(/'Email' of item 1 is empty, and so is 'External Login'/);
			expect(
				(await run(world, 'access planOffboarding', {}, { items: [{ email: 'a@example.com' }, item] })).error?.message,
			).toMatch(/'Email' of item 1 is empty/);
			expect(await simulator.log()).toEqual([]);
		},
	);

	test('replaces an email that is empty in the editor', async () => {
		const found = world.viewers.find(({ external_login }) => external_login) as World['viewers'][number];
		const changes = await plan([{ login: found.external_login }], { ...LOGIN, email: '' });
		expect(short(changes)).toEqual([['deleteViewer', found.id]]);
	});
});

describe('access of a viewer', () => {
	test('a viewer without any access is deleted or reported as kept, never as "no access found"', async () => {
		const id = await viewer({ email: 'bare@example.com' });
		expect(short(await plan([{ email: 'bare@example.com' }]))).toEqual([['deleteViewer', id]]);
		expect(await plan([{ email: 'bare@example.com' }], REMOVE)).toMatchObject([
			{
				action: 'unchanged',
				objectId: id,
				page: world.pageId,
				text: 'Viewer bare@example.com on page Northwind Status has no access. The viewer is kept.',
			},
			{ action: 'unchanged', text: 'Not checked for bare@example.com: subscriptions.' },
		]);
	});

	test('a viewer group is planned even if only the list of groups contains the membership', async () => {
		const id = await viewer({ email: 'anna@example.com', page_access_group_ids: [world.groups[0].id] });
		await simulator.fault({
			kind: 'fields',
			match: { path: 'page_access_users$' },
			times: 20,
			set: { page_access_group_ids: [] },
		});
		expect(short(await plan([{ email: 'anna@example.com' }, { email: 'nobody@example.com' }], REMOVE))).toEqual([
			['removeFromGroup', id],
		]);
		await simulator.clearFaults();
	});

	test.each([
		['components', 'component_ids'],
		['metrics', 'metric_ids'],
	])('own %s are planned by name and removed', async (name, field) => {
		const id = await viewer({ email: 'own@example.com' });
		const ids = (
			name === 'components' ? world.components.slice(0, 2).map((row) => row.id) : world.metricIds.slice(0, 2)
		).sort();
		await simulator.send('POST', `${firstUrl()}/${id}/${name}`, { body: { [field]: ids } });
		const [deletion] = await plan([{ email: 'own@example.com' }]);
		const [componentIds, metricIds] = name === 'components' ? [ids, []] : [[], ids];
		expect(deletion).toMatchObject({
			action: 'deleteViewer',
			before: { email: 'own@example.com', external_login: null, groupIds: [], componentIds, metricIds },
		});
		expect(Object.keys(deletion.names as object).sort()).toEqual(ids);
		expect(deletion.text).toContain(`own ${name} `);
		const [removal] = await plan([{ email: 'own@example.com' }], REMOVE);
		const without = name === 'components' ? { componentIds: [] } : { componentIds: [], metricIds: [] };
		expect(removal).toMatchObject({ action: 'setComponents', objectId: id, pageName: 'Northwind Status' });
		expect([removal.before, removal.after]).toEqual([
			name === 'components' ? { componentIds } : { componentIds, metricIds },
			without,
		]);
		const { items } = await run(world, 'access applyPlan', { options: { capPercent: 100 } }, { items: [removal] });
		expect(items).toMatchObject([{ result: 'done' }]);
		const left = (await simulator.page()).viewers[id];
		expect([left.componentIds, left.metricIds]).toEqual([[], []]);
	});
});

test('finds subscriptions of a leaver in every mode and state', async () => {
	await start({ linkedSubscribers: 12 });
	const rows = Object.values(world.page.subscribers).map(
		({ row }) => row as unknown as { id: string; mode: string; page_access_user_id: string | null; email?: string },
	);
	const leavers = world.viewers.slice(1, 13);
	const isTheirs = (row: (typeof rows)[number]) =>
		leavers.some(({ id, email }) => row.page_access_user_id === id || row.email === email);
	for (const parameters of [{}, REMOVE]) {
		const options = { includeSubscriptions: true };
		const [first] = leavers;
		const ofOne = await plan([{ email: first.email }], { ...parameters, options });
		expect(ofOne.find(({ action }) => action === 'deleteSubscriber')).toMatchObject({
			email: first.email,
			pageName: 'Northwind Status',
			before: { mode: 'sms', email: null, page_access_user_id: first.id },
		});
		const changes = await plan(
			leavers.map(({ email }) => ({ email })),
			{ ...parameters, options },
		);
		const planned = changes.filter(({ action }) => action === 'deleteSubscriber');
		expect(planned.map(({ objectId }) => objectId).sort()).toEqual(
			rows
				.filter(isTheirs)
				.map(({ id }) => id)
				.sort(),
		);
		expect(new Set(planned.map(({ before }) => (before as IDataObject).mode))).toEqual(
			new Set([
				'sms',
				'webhook',
				'slack',
				'teams',
				...rows.filter((row) => isTheirs(row) && row.mode === 'email').map(({ mode }) => mode),
			]),
		);
		expect(evidenceIn(changes).join()).not.toContain('subscriptions');
	}
	const changes = await plan(
		leavers.map(({ email }) => ({ email })),
		{ options: { includeSubscriptions: true } },
	);
	const { items } = await run(world, 'access applyPlan', { options: { capPercent: 100 } }, { items: changes });
	expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['done']));
});

describe('team members', () => {
	const asListed = async (names: 'all' | 'first') => {
		const rows = Object.values((await simulator.state()).pages).map(({ row }) => row);
		await simulator.fault({
			kind: 'body',
			match: { method: 'GET', path: '/pages$' },
			times: 1,
			body: names === 'all' ? rows : rows.slice(0, 1),
		});
	};

	test('are found by email in any case', async () => {
		expect(short(await plan([{ email: world.memberEmail.toUpperCase() }]))).toEqual([
			['deleteTeamMember', world.memberId],
		]);
	});

	test('lose permissions on pages that the key cannot see, and the plan reports these pages as not checked', async () => {
		for (const parameters of [{}, REMOVE]) {
			await asListed('first');
			const changes = await plan([{ email: world.memberEmail }], parameters);
			const { permissions } = (await simulator.state()).members[world.memberId];
			if (parameters === REMOVE) {
				expect(doing(changes).map(({ action, page, organizationId }) => [action, page, organizationId])).toEqual(
					Object.keys(permissions).map((page) => ['setPermissions', page, world.organizationId]),
				);
				expect(doing(changes).map(({ before, after }) => [before, after])).toEqual(
					Object.entries(permissions).map(([pageId, roles]) => [
						{ pageId, roles },
						{ pageId, roles: null },
					]),
				);
			} else
				expect(doing(changes)).toMatchObject([
					{ action: 'deleteTeamMember', page: null, before: { email: world.memberEmail, permissions } },
				]);
			for (const id of [world.otherPageId, world.plainPageId])
				expect(evidenceIn(changes).at(-1)).toContain(`viewers of page ${id}, because this API key cannot see the page`);
		}
	});

	test('keep permissions on pages that are not selected, and the plan reports this', async () => {
		const changes = await plan([{ email: world.memberEmail }], { ...REMOVE, options: { pageIds: [world.pageId] } });
		expect(doing(changes).map(({ action, page }) => [action, page])).toEqual([['setPermissions', world.pageId]]);
		expect(evidenceIn(changes)).toEqual([
			`Team member ${world.memberEmail} keeps access to pages Northwind Public and Northwind Internal, because 'Pages' does not include them.`,
			`Not checked for ${world.memberEmail}: pages Northwind Public and Northwind Internal, because 'Pages' does not include them; subscriptions.`,
		]);
		const [deletion] = await plan([{ email: world.memberEmail }], { options: { pageIds: [world.pageId] } });
		expect(Object.keys((deletion.before as { permissions: object }).permissions)).toHaveLength(3);
	});

	test.each([403, 404])('that cannot be read (%d) stop the plan with advice', async (status) => {
		for (const parameters of [{}, REMOVE]) {
			await simulator.fault({ kind: 'status', status, match: { path: '/users$' } });
			const { items, error } = await run(world, 'access planOffboarding', parameters, {
				items: [{ email: 'nobody@example.com' }],
			});
			expect([items, error?.message]).toEqual([
				[],
				expect.stringMatching(
					new RegExp(`^The team members of organization ${world.organizationId} could not be read`),
				),
			]);
			expect(error?.description).toContain("set 'Team Members' to 'Do Not Check'");
		}
		await simulator.fault({ kind: 'status', status, match: { path: '/permissions/' } });
		expect(
			(await run(world, 'access planOffboarding', {}, { items: [{ email: world.memberEmail }] })).error?.message,
		).toContain(`The permissions of team member ${world.memberEmail} could not be read`);
	});

	test.each([
		['the credential has no organization ID', {}],
		["'Team Members' is set to 'Do Not Check'", { teamMembers: 'leave' }],
		// Workflows may still use the former label.
		["'Team Members' is set to 'Do Not Check'", { teamMembers: 'Leave' }],
	])('that were not checked are reported, because %s', async (reason, parameters) => {
		if (!('teamMembers' in parameters)) world.credential.organizationId = '';
		const [found] = world.viewers;
		await simulator.clearLog();
		const changes = await plan([{ email: found.email }, { email: 'nobody@example.com' }], parameters);
		expect(short(changes)).toEqual([['deleteViewer', found.id]]);
		expect(evidenceIn(changes)).toEqual([
			`Not checked for ${found.email}: team members, because ${reason}; subscriptions.`,
			expect.stringMatching(
				/^No viewer found for nobody@example\.com\. Checked: all viewers and viewer groups of pages .*\. Not checked: team members, because .*; subscriptions\.$/,
			),
		]);
		expect((await simulator.log()).filter(({ path }) => path.includes('/organizations/'))).toEqual([]);
	});

	test('are read a second time from a list of several pages before a leaver is reported to have no access', async () => {
		const members = Object.values((await simulator.state()).members).map(({ row }) => row);
		const [hidden] = members;
		await simulator.fault({ kind: 'body', match: { path: '/users$' }, body: members.slice(1, 101) });
		expect(short(await plan([{ email: hidden.email }]))).toEqual([['deleteTeamMember', hidden.id]]);
	});
});

describe('pages', () => {
	test.each([
		['viewers', 'page_access_users$'],
		['viewer groups', 'page_access_groups$'],
	])('whose %s cannot be read stop the plan with advice', async (noun, path) => {
		for (const status of [403, 404]) {
			for (const items of [
				[{ email: 'nobody@example.com' }],
				[{ email: world.viewers[0].email }, { email: 'nobody@example.com' }],
			]) {
				await simulator.fault({ kind: 'status', status, match: { path: `${world.otherPageId}/${path}` } });
				const { items: rows, error } = await run(world, 'access planOffboarding', {}, { items });
				expect([rows, error?.message]).toEqual([
					[],
					expect.stringMatching(new RegExp(`^The ${noun} of page Northwind Public could not be read\\. `)),
				]);
				expect(error?.description).toContain("select only the other pages in 'Pages'");
			}
		}
	});

	test('that are not selected are reported, and no leaver is reported to have no access', async () => {
		const id = await viewer({ email: 'elsewhere@example.com' }, world.otherPageId);
		for (const parameters of [{}, REMOVE]) {
			const changes = await plan([{ email: 'elsewhere@example.com' }], {
				...parameters,
				options: { pageIds: [world.pageId] },
			});
			expect(changes.map(({ text }) => text)).toEqual([
				"No viewer or team member found for elsewhere@example.com. Checked: all viewers and viewer groups of page Northwind Status, all team members. Not checked: pages Northwind Public and Northwind Internal, because 'Pages' does not include them; subscriptions.",
			]);
		}
		expect(short(await plan([{ email: 'elsewhere@example.com' }]))).toEqual([['deleteViewer', id]]);
	});

	test('are read concurrently', async () => {
		await simulator.options({ latency: 100 });
		await simulator.clearLog();
		await plan([{ email: 'nobody@example.com' }, { email: 'other@example.com' }], { teamMembers: 'leave' });
		await simulator.options({ latency: 0 });
		// The viewers of the first page are three requests. Their number is known from earlier reads.
		const [, ...first] = (await simulator.log()).slice(0, 9).map(({ path }) => path.split('/').slice(-2).join(' '));
		const lists = [world.pageId, world.otherPageId, world.plainPageId].flatMap((id) => [
			`${id} page_access_users`,
			`${id} page_access_groups`,
		]);
		expect([...new Set(first)].sort()).toEqual(lists.sort());
	});
});
