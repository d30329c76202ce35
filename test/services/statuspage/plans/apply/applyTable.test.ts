import type { IHttpRequestOptions } from 'n8n-workflow';
import type { StatuspageApi } from '../../../../../nodes/services/statuspage/statuspageApi';
import { applyChanges } from '../../../../../nodes/services/statuspage/plans/apply/applyChanges';
import { toChange, type Change, type PlannedChange } from '../../../../../nodes/services/statuspage/plans/change';
import type { Outcome } from '../../../../../nodes/services/statuspage/plans/apply/outcomes';
import { directApi } from '../../../../support/direct';
import { startSimulator, type SimulatedState, type Simulator } from '../../../../support/simulator';
import { worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({
		viewers: 20,
		groups: 4,
		components: 10,
		members: 3,
		subscribers: 5,
		limit: 100_000,
		latency: 0,
		membersCap: 0,
	});
	world = await worldOf(simulator);
});

const viewerPath = () => `/pages/${world.pageId}/page_access_users/${person().id}`;
const groupPath = () => `/pages/${world.pageId}/page_access_groups/${world.groups[0].id}`;
/** A viewer in exactly one group. */
const person = () =>
	world.viewers.find(({ groupIds }) => groupIds.length === 1 && groupIds[0] !== world.groups[0].id) ?? world.viewers[0];
const state = async () => await simulator.state();
const mainPage = (of: SimulatedState) => of.pages[world.pageId];
const put = async (method: string, path: string, body: object) => {
	const answer = await simulator.send(method, path, { body });
	if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
};
const patchViewer = async (fields: object) => await put('PATCH', viewerPath(), { page_access_user: fields });

interface Case {
	/** Makes the state that the plan is about. */
	prepare?: () => Promise<void>;
	plan: () => PlannedChange;
	/** A change by another person. The state then differs from the states before and after the change. */
	disturb: () => Promise<void>;
	/** What another person does to the object as a whole, and what becomes of the change then. */
	vanish?: { by: () => Promise<void>; result: Outcome['result'] };
	/** The write. */
	write: { method: string; path: RegExp };
	/** Whether the change is done. */
	isDone: (state: SimulatedState) => boolean;
}

const onPage = () => ({ page: world.pageId, pageName: 'Northwind Status' });
const me = () => ({ ...onPage(), email: person().email, objectId: person().id });
const deletePerson = async () => void (await simulator.send('DELETE', viewerPath()));
const [OWN, MORE] = [
	() =>
		world.components
			.slice(0, 2)
			.map(({ id }) => id)
			.sort(),
	() => world.components[3].id,
];
const giveOwn = async () => await put('POST', `${viewerPath()}/components`, { component_ids: OWN() });
const giveMetric = async () => await put('POST', `${viewerPath()}/metrics`, { metric_ids: [world.metricIds[0]] });
const held = () => ({
	email: person().email,
	external_login: person().external_login,
	groupIds: [...person().groupIds].sort(),
	componentIds: OWN(),
	metricIds: [world.metricIds[0]],
});
const member = () => ({
	page: null,
	organizationId: world.organizationId,
	email: world.memberEmail,
	objectId: world.memberId,
});
let permissions: Record<string, Record<string, boolean>>;
const readPermissions = async () => void (permissions = (await state()).members[world.memberId].permissions);
const memberPath = () => `/organizations/${world.organizationId}/users/${world.memberId}`;
const writePermissions = async (pages: object) =>
	await put('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, { pages });
const subscriber = () =>
	Object.entries(world.page.subscribers).find(([, { row }]) => row.email)?.[1].row ?? { id: '', email: '' };

const CASES: Record<string, Case> = {
	createGroup: {
		plan: () => ({
			...onPage(),
			action: 'createGroup',
			email: '',
			objectId: null,
			before: null,
			after: { name: 'Brand New' },
		}),
		disturb: async () =>
			await put('POST', `/pages/${world.pageId}/page_access_groups`, {
				page_access_group: { name: 'brand new', component_ids: [MORE()] },
			}),
		write: { method: 'POST', path: /page_access_groups$/ },
		isDone: (now) => Object.values(mainPage(now).groups).filter(({ name }) => name === 'Brand New').length === 1,
	},
	createViewer: {
		plan: () => ({
			...onPage(),
			action: 'createViewer',
			email: 'new@example.com',
			objectId: null,
			before: null,
			after: { email: 'new@example.com', groupIds: [world.groups[0].id], componentIds: OWN() },
		}),
		disturb: async () =>
			await put('POST', `/pages/${world.pageId}/page_access_users`, { page_access_user: { email: 'New@Example.com' } }),
		write: { method: 'POST', path: /page_access_users$/ },
		isDone: (now) =>
			Object.values(mainPage(now).viewers).filter(
				({ email, groupIds, componentIds }) =>
					email === 'new@example.com' && groupIds.length === 1 && componentIds.length === 2,
			).length === 1,
	},
	updateViewer: {
		plan: () => ({
			...me(),
			action: 'updateViewer',
			before: { external_login: person().external_login },
			after: { external_login: 'wanted' },
		}),
		disturb: async () => await patchViewer({ external_login: 'somebody' }),
		vanish: { by: deletePerson, result: 'failed' },
		write: { method: 'PATCH', path: /page_access_users\/\w+$/ },
		isDone: (now) => mainPage(now).viewers[person().id]?.external_login === 'wanted',
	},
	addToGroup: {
		plan: () => {
			const facts = { groupId: world.groups[0].id, groupName: world.groups[0].name };
			return {
				...me(),
				action: 'addToGroup',
				before: { ...facts, isMember: false, componentIds: [], metricIds: [] },
				after: { ...facts, isMember: true },
			};
		},
		disturb: async () => await put('PATCH', groupPath(), { page_access_group: { component_ids: [MORE()] } }),
		vanish: { by: async () => void (await simulator.send('DELETE', groupPath())), result: 'failed' },
		write: { method: 'PATCH', path: /page_access_users\/\w+$/ },
		isDone: (now) => mainPage(now).viewers[person().id]?.groupIds.includes(world.groups[0].id) === true,
	},
	setComponents: {
		prepare: giveOwn,
		plan: () => ({
			...me(),
			action: 'setComponents',
			before: { componentIds: OWN() },
			after: { componentIds: [MORE()] },
		}),
		disturb: async () =>
			await put('POST', `${viewerPath()}/components`, { component_ids: [...OWN(), world.components[4].id] }),
		vanish: { by: deletePerson, result: 'failed' },
		write: { method: 'PATCH', path: /components$/ },
		isDone: (now) => mainPage(now).viewers[person().id]?.componentIds.join() === MORE(),
	},
	removeFromGroup: {
		plan: () => {
			const [groupId] = person().groupIds;
			return {
				...me(),
				action: 'removeFromGroup',
				before: { groupId, groupName: 'G', isMember: true },
				after: { groupId, groupName: 'G', isMember: false },
			};
		},
		// Another group is another change: the membership that was planned is removed all the same.
		disturb: async () => {},
		vanish: { by: deletePerson, result: 'unchanged' },
		write: { method: 'PATCH', path: /page_access_users\/\w+$/ },
		isDone: (now) => !mainPage(now).viewers[person().id]?.groupIds.includes(person().groupIds[0]),
	},
	deleteViewer: {
		prepare: async () => {
			await giveOwn();
			await giveMetric();
		},
		plan: () => ({ ...me(), action: 'deleteViewer', before: held(), after: null }),
		disturb: async () => await put('POST', `${viewerPath()}/components`, { component_ids: [...OWN(), MORE()] }),
		vanish: { by: deletePerson, result: 'unchanged' },
		write: { method: 'DELETE', path: /page_access_users\/\w+$/ },
		isDone: (now) => mainPage(now).viewers[person().id] === undefined,
	},
	deleteSubscriber: {
		plan: () => ({
			...onPage(),
			action: 'deleteSubscriber',
			email: String(subscriber().email),
			objectId: subscriber().id,
			before: { mode: 'email', email: subscriber().email, page_access_user_id: null },
			after: null,
		}),
		disturb: async () => {},
		vanish: {
			by: async () => void (await simulator.send('DELETE', `/pages/${world.pageId}/subscribers/${subscriber().id}`)),
			result: 'unchanged',
		},
		write: { method: 'DELETE', path: /subscribers\/\w+$/ },
		isDone: (now) => mainPage(now).subscribers[subscriber().id] === undefined,
	},
	setPermissions: {
		prepare: readPermissions,
		plan: () => ({
			...member(),
			page: world.otherPageId,
			action: 'setPermissions',
			before: { pageId: world.otherPageId, roles: permissions[world.otherPageId] },
			after: { pageId: world.otherPageId, roles: null },
		}),
		disturb: async () =>
			await writePermissions({
				...permissions,
				[world.otherPageId]: Object.fromEntries(
					Object.entries(permissions[world.otherPageId]).map(([role, has]) => [role, !has]),
				),
			}),
		write: { method: 'PUT', path: /permissions\/\w+$/ },
		isDone: (now) =>
			now.members[world.memberId].permissions[world.otherPageId] === undefined &&
			Object.keys(now.members[world.memberId].permissions).length === 2,
	},
	deleteTeamMember: {
		prepare: readPermissions,
		plan: () => ({
			...member(),
			action: 'deleteTeamMember',
			before: { email: world.memberEmail, permissions },
			after: null,
		}),
		disturb: async () => await writePermissions({ [world.otherPageId]: permissions[world.otherPageId] }),
		vanish: { by: async () => void (await simulator.send('DELETE', memberPath())), result: 'unchanged' },
		write: { method: 'DELETE', path: /users\/\w+$/ },
		isDone: (now) => now.members[world.memberId] === undefined,
	},
};
/** Where the state can be neither as planned nor as wanted. */
const DISTURBED = Object.keys(CASES).filter((name) => name !== 'removeFromGroup' && name !== 'deleteSubscriber');
const VANISHING = Object.keys(CASES).filter((name) => CASES[name].vanish);

async function planned(name: string): Promise<Change> {
	const { prepare, plan } = CASES[name];
	await prepare?.();
	return toChange(plan(), { peopleInScope: 100, viewersOnPage: 20 });
}

async function apply(change: Change, api: StatuspageApi = directApi(simulator.url)): Promise<Outcome> {
	const [outcome] = await applyChanges(api, [change], { organizationId: '', capPercent: 100, concurrency: 5 });
	return outcome;
}

function isWrite({ method, url }: IHttpRequestOptions, { write }: Case): boolean {
	return method === write.method && write.path.test(url);
}

/** Lets another person act directly before the write is answered with `answer`, or sent when there is none. */
function apiWith(
	name: string,
	act: () => Promise<void>,
	answer?: { statusCode: number; headers?: Record<string, string> },
): StatuspageApi {
	let isOver = false;
	return directApi(simulator.url, {
		windowMs: 300,
		between: async (options, next) => {
			if (isOver || !isWrite(options, CASES[name])) return await next();
			isOver = true;
			await act();
			return answer ? { headers: {}, body: '', ...answer } : await next();
		},
	});
}

describe('each action, by the state that is read', () => {
	test.each(Object.keys(CASES))('%s: if the state is as planned, done, and unchanged the second time', async (name) => {
		const change = await planned(name);
		expect(CASES[name].isDone(await state())).toBe(false);
		expect(await apply(change)).toMatchObject({ result: 'done' });
		expect(CASES[name].isDone(await state())).toBe(true);
		expect(await apply(change)).toMatchObject({ result: 'unchanged' });
		expect(CASES[name].isDone(await state())).toBe(true);
		expect(await simulator.problems()).toEqual([]);
	});

	test.each(DISTURBED)('%s: if changed since the plan was created, stale, and nothing is written', async (name) => {
		const change = await planned(name);
		await CASES[name].disturb();
		const before = await state();
		await simulator.clearLog();
		expect(await apply(change)).toMatchObject({ result: 'stale' });
		expect(await state()).toEqual(before);
		expect((await simulator.log()).filter(({ method, status }) => method !== 'GET' && status < 300)).toEqual([]);
	});

	test.each<[string, () => PlannedChange]>([
		[
			'a subscription with another address',
			() => ({
				...CASES.deleteSubscriber.plan(),
				before: { mode: 'email', email: 'other@example.com', page_access_user_id: null },
			}),
		],
		[
			'a subscription of another mode',
			() => ({
				...CASES.deleteSubscriber.plan(),
				before: { mode: 'sms', email: subscriber().email, page_access_user_id: null },
			}),
		],
		[
			'a team member with another address',
			() => ({ ...CASES.deleteTeamMember.plan(), before: { email: 'other@example.com', permissions } }),
		],
	])('%s than planned is stale and is not changed', async (_, plan) => {
		await readPermissions();
		const before = await state();
		expect(await apply(toChange(plan(), { peopleInScope: 100, viewersOnPage: 20 }))).toMatchObject({ result: 'stale' });
		expect(await state()).toEqual(before);
	});

	test.each(VANISHING)('%s: if the object is gone, the expected result', async (name) => {
		const { vanish } = CASES[name];
		const change = await planned(name);
		await vanish?.by();
		expect(await apply(change)).toMatchObject({ result: vanish?.result, reason: expect.any(String) });
	});

	test.each(Object.keys(CASES))(
		'%s: rejected by the service, it failed with the reason, and the others are done',
		async (name) => {
			const change = await planned(name);
			const [, other] = world.viewers.filter(({ id }) => id !== person().id);
			const second = toChange(
				{
					...onPage(),
					action: 'updateViewer',
					email: other.email,
					objectId: other.id,
					before: { external_login: other.external_login },
					after: { external_login: 'second' },
				},
				{ peopleInScope: 100, viewersOnPage: 20 },
			);
			const api = directApi(simulator.url, {
				between: async (options, next) => {
					const isOther = options.url.includes(other.id);
					return isWrite(options, CASES[name]) && !isOther
						? { statusCode: 422, headers: {}, body: { error: 'No, thank you' } }
						: await next();
				},
			});
			const [outcome, beside] = await applyChanges(api, [change, second], {
				organizationId: '',
				capPercent: 100,
				concurrency: 5,
			});
			expect([outcome.result, beside.result]).toEqual(['failed', 'done']);
			expect(outcome.reason).toContain('No, thank you');
			expect(CASES[name].isDone(await state())).toBe(false);
		},
	);
});

describe('a write that was not processed is repeated together with its read', () => {
	test.each(DISTURBED.filter((name) => name !== 'createViewer'))(
		'%s: rejected by the rate limit, and changed meanwhile: stale',
		async (name) => {
			const change = await planned(name);
			const { disturb, isDone } = CASES[name];
			expect(
				await apply(change, apiWith(name, disturb, { statusCode: 429, headers: { 'retry-after': '0.1' } })),
			).toMatchObject({ result: 'stale' });
			expect(isDone(await state())).toBe(false);
		},
	);

	test.each(DISTURBED.filter((name) => !['createViewer', 'createGroup'].includes(name)))(
		'%s: broken off before it was done, and changed meanwhile: stale',
		async (name) => {
			const change = await planned(name);
			const { disturb, isDone } = CASES[name];
			expect(await apply(change, apiWith(name, disturb, { statusCode: 503 }))).toMatchObject({ result: 'stale' });
			expect(isDone(await state())).toBe(false);
		},
	);

	test.each(Object.keys(CASES))('%s: if the response is lost, done once', async (name) => {
		const change = await planned(name);
		let isLost = false;
		const api = directApi(simulator.url, {
			between: async (options, next) => {
				const answer = await next();
				if (isLost || !isWrite(options, CASES[name])) return answer;
				isLost = true;
				return { statusCode: 502, headers: {}, body: '<html>' };
			},
		});
		expect(await apply(change, api)).toMatchObject({ result: 'done' });
		expect(CASES[name].isDone(await state())).toBe(true);
	});

	test.each([403, 404, 422].flatMap((status) => Object.keys(CASES).map((name) => [name, status] as const)))(
		'%s: if the response is lost and all reads after it get %d, the row says that it may have been done',
		async (name, status) => {
			const change = await planned(name);
			let isLost = false;
			const api = directApi(simulator.url, {
				between: async (options, next) => {
					if (isLost) return { statusCode: status, headers: {}, body: { error: 'Oops' } };
					if (!isWrite(options, CASES[name])) return await next();
					await next();
					isLost = true;
					return { statusCode: 502, headers: {}, body: '<html>' };
				},
			});
			const outcome = await apply(change, api);
			expect(outcome).toMatchObject({ result: 'failed', reason: expect.stringMatching(/may have (been|succeeded)/) });
		},
	);

	test('deleteTeamMember: if the first try is lost and the permissions cannot be read again, it may have been done', async () => {
		const change = await planned('deleteTeamMember');
		let isLost = false;
		const api = directApi(simulator.url, {
			between: async (options, next) => {
				if (isLost && options.url.includes('/permissions/')) return { statusCode: 403, headers: {}, body: '' };
				if (!isWrite(options, CASES.deleteTeamMember)) return await next();
				isLost = true;
				return { statusCode: 502, headers: {}, body: '<html>' };
			},
		});
		const reason = expect.stringMatching(/^Statuspage could not delete .* may have succeeded/);
		expect(await apply(change, api)).toMatchObject({ result: 'failed', reason });
	});

	test.each(Object.keys(CASES))('%s: if rejected by the rate limit and nothing changed, done', async (name) => {
		const change = await planned(name);
		expect(
			await apply(
				change,
				apiWith(name, async () => {}, { statusCode: 429, headers: { 'retry-after': '0.1' } }),
			),
		).toMatchObject({ result: 'done' });
		expect(CASES[name].isDone(await state())).toBe(true);
	});
});

describe('an interrupted run is completed', () => {
	test('own components that are partly removed', async () => {
		await giveOwn();
		const change = toChange(
			{ ...me(), action: 'setComponents', before: { componentIds: OWN() }, after: { componentIds: [] } },
			{ peopleInScope: 100, viewersOnPage: 20 },
		);
		await simulator.send('DELETE', `${viewerPath()}/components/${OWN()[0]}`);
		expect(await apply(change)).toMatchObject({ result: 'done' });
		expect(mainPage(await state()).viewers[person().id].componentIds).toEqual([]);
	});

	test('own metrics are removed with the own components', async () => {
		await giveOwn();
		await giveMetric();
		const change = toChange(
			{
				...me(),
				action: 'setComponents',
				before: { componentIds: OWN(), metricIds: [world.metricIds[0]] },
				after: { componentIds: [], metricIds: [] },
			},
			{ peopleInScope: 100, viewersOnPage: 20 },
		);
		expect(await apply(change)).toMatchObject({ result: 'done' });
		expect(mainPage(await state()).viewers[person().id]).toMatchObject({ componentIds: [], metricIds: [] });
	});
});

describe('own components', () => {
	test('of two concurrent plans are both done, or one is stale, and no grant is lost', async () => {
		const grants = world.components
			.slice(0, 6)
			.map(({ id }) =>
				toChange(
					{ ...me(), action: 'setComponents', before: { componentIds: [] }, after: { componentIds: [id] } },
					{ peopleInScope: 100, viewersOnPage: 20 },
				),
			);
		const outcomes = await Promise.all(grants.map(async (change) => await apply(change)));
		const done = outcomes.flatMap(({ result }, index) =>
			result === 'done' ? String((grants[index].after?.componentIds as string[])[0]) : [],
		);
		expect(mainPage(await state()).viewers[person().id].componentIds.sort()).toEqual(done.sort());
		expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['done', 'stale']));
	});

	test('no request replaces the whole list', async () => {
		await giveOwn();
		await simulator.clearLog();
		await apply(await planned('setComponents').then((change) => change));
		const writes = (await simulator.log())
			.filter(({ method, path }) => method !== 'GET' && path.includes(person().id))
			.slice(1);
		expect(new Set(writes.map(({ method }) => method))).toEqual(new Set(['PATCH', 'DELETE']));
	});
});

describe('new groups', () => {
	const create = () => toChange(CASES.createGroup.plan(), { peopleInScope: 100, viewersOnPage: 20 });
	const join = () => {
		const facts = { groupId: null, groupName: 'Brand New' };
		return toChange(
			{
				...me(),
				action: 'addToGroup',
				before: { ...facts, isMember: false, componentIds: [], metricIds: [] },
				after: { ...facts, isMember: true },
			},
			{ peopleInScope: 100, viewersOnPage: 20 },
		);
	};
	const joiner = () =>
		toChange(
			{
				...onPage(),
				action: 'createViewer',
				email: 'new@example.com',
				objectId: null,
				before: null,
				after: { email: 'new@example.com', groupIds: [], newGroups: ['Brand New'] },
			},
			{ peopleInScope: 100, viewersOnPage: 20 },
		);
	const members = async () =>
		Object.values(mainPage(await state()).groups)
			.filter(({ name }) => name === 'Brand New')
			.map(({ viewerIds }) => viewerIds.length);

	test('two concurrent runs create one group', async () => {
		await Promise.all(
			[1, 2, 3].map(
				async () =>
					await applyChanges(directApi(simulator.url), [create(), join(), joiner()], {
						organizationId: '',
						capPercent: 100,
						concurrency: 5,
					}),
			),
		);
		expect(await members()).toEqual([2]);
	});

	test('batches can be applied in any order', async () => {
		expect(await apply(join())).toMatchObject({
			result: 'failed',
			reason: expect.stringContaining('Apply the change that creates it first'),
		});
		expect(await apply(create())).toMatchObject({ result: 'done' });
		expect(await apply(joiner())).toMatchObject({ result: 'done' });
		expect(await apply(join())).toMatchObject({ result: 'done' });
		expect(await members()).toEqual([2]);
	});

	test('a group with the same name and with components does not count as the planned one', async () => {
		await CASES.createGroup.disturb();
		for (const change of [create(), join(), joiner()])
			expect(await apply(change)).toMatchObject({
				result: 'stale',
				reason: expect.stringContaining('has components, metrics or an external identifier'),
			});
	});
});

describe('objects of another organization or page are never reported as already deleted', () => {
	test.each<[string, () => PlannedChange]>([
		[
			'a team member of another organization',
			() => ({ ...CASES.deleteTeamMember.plan(), organizationId: 'another00org' }),
		],
		['a viewer of a page that the key does not see', () => ({ ...CASES.deleteViewer.plan(), page: 'another0page' })],
		[
			'a subscription of a page that the key does not see',
			() => ({ ...CASES.deleteSubscriber.plan(), page: 'another0page' }),
		],
		[
			'a membership on a page that the key does not see',
			() => ({ ...CASES.removeFromGroup.plan(), page: 'another0page' }),
		],
	])('%s', async (_, plan) => {
		await readPermissions();
		expect(await apply(toChange(plan(), { peopleInScope: 100, viewersOnPage: 20 }))).toMatchObject({
			result: 'failed',
		});
	});

	test('the list is read a second time if a team member is missing', async () => {
		await simulator.reset({ viewers: 20, members: 150, limit: 100_000 });
		world = await worldOf(simulator);
		const change = await planned('deleteTeamMember');
		let lists = 0;
		const api = directApi(simulator.url, {
			between: async (options, next) => {
				const answer = await next();
				const rows = answer.body;
				const isList = options.method === 'GET' && options.url.endsWith('/users') && Array.isArray(rows);
				if (isList && lists++ < 2)
					return {
						...answer,
						body: rows.map((row) => (row.id === world.memberId ? { ...row, id: 'somebodyelse' } : row)),
					};
				return answer;
			},
		});
		expect(await apply(change, api)).toMatchObject({ result: 'done' });
	});
});
