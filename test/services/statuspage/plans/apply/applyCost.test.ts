import type { IDataObject } from 'n8n-workflow';
import { minutesFor } from '../../../../../nodes/services/statuspage/plans/apply/applyCost';
import { startSimulator, type Simulator } from '../../../../support/simulator';
import { results, run, worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({
		viewers: 250,
		groups: 12,
		components: 20,
		members: 30,
		subscribers: 20,
		limit: 100_000,
		membersCap: 0,
		...options,
	});
	world = await worldOf(simulator);
}

const people = () =>
	world.viewers.map(({ email, groupIds }) => ({
		email,
		groups: [...groupIds] as unknown[],
		components: [] as string[],
	}));
const EVERYONE = { scope: 'everyone', deleteViewers: true };
const options = { emptyMeansNone: true, capPercent: 100, createMissingGroups: true };
const give = async (viewer: number, kind: 'components' | 'metrics', ids: string[]) =>
	await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${world.viewers[viewer].id}/${kind}`, {
		body: { [`${kind.slice(0, -1)}_ids`]: ids },
	});

interface Situation {
	/** Requests per window of the credential. */
	limit?: number;
	seed?: Record<string, string | number>;
	prepare?: () => Promise<unknown>;
	plan: () => Promise<IDataObject[]>;
}

const sync = async (items: IDataObject[], more: IDataObject = {}) =>
	await results(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, output: 'summary', options, ...more },
		{ items },
	);
const offboard = async (emails: string[], more: IDataObject = {}) =>
	await results(
		world,
		'access planOffboarding',
		{ output: 'summary', ...more, options: { capPercent: 100, ...(more.options as IDataObject) } },
		{ items: emails.map((email) => ({ email })) },
	);

const SITUATIONS: Record<string, Situation> = {
	'nothing to do': { plan: async () => await sync(people()) },
	'one person into one group': {
		plan: async () =>
			await sync([
				{
					email: world.viewers[0].email,
					groups: world.groups
						.map(({ id }) => id)
						.filter((id) => !world.viewers[0].groupIds.includes(id))
						.slice(0, 1),
				},
			]),
	},
	'one person into three groups': {
		plan: async () =>
			await sync([
				{
					email: world.viewers[0].email,
					groups: world.groups
						.map(({ id }) => id)
						.filter((id) => !world.viewers[0].groupIds.includes(id))
						.slice(0, 3),
				},
			]),
	},
	'many people into one group': {
		plan: async () =>
			await sync(
				people().map((person, index) =>
					index < 40 ? { ...person, groups: [...person.groups, world.groups[0].id] } : person,
				),
			),
	},
	'moves between all groups': {
		plan: async () =>
			await sync(
				people().map((person) => ({ ...person, groups: [world.groups[0].id, world.groups[1].id] })),
				EVERYONE,
			),
	},
	'moves in a window that is smaller than the groups': {
		limit: 8,
		plan: async () =>
			await sync(
				people().map((person) => ({ ...person, groups: [world.groups[0].id, world.groups[1].id] })),
				EVERYONE,
			),
	},
	'many people into groups on several pages of the list': {
		seed: { groups: 250, viewers: 60 },
		plan: async () => {
			const groupIds = [0, 1, 2, 3, 120, 240, 249].map((index) => world.groups[index].id);
			return await sync(people().map((person) => ({ ...person, groups: [...person.groups, ...groupIds] })));
		},
	},
	'many people into groups on the first page of the list': {
		seed: { groups: 250, viewers: 60 },
		plan: async () => {
			const groupIds = world.groups.slice(0, 5).map(({ id }) => id);
			return await sync(people().map((person) => ({ ...person, groups: [...person.groups, ...groupIds] })));
		},
	},
	'many people into groups on the last page of the list': {
		seed: { groups: 250, viewers: 60 },
		plan: async () => {
			const groupIds = world.groups.slice(-4).map(({ id }) => id);
			return await sync(people().map((person) => ({ ...person, groups: [...person.groups, ...groupIds] })));
		},
	},
	'a group of exactly 100': {
		prepare: async () =>
			await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[0].id}`, {
				body: { page_access_group: { page_access_user_ids: world.viewers.slice(0, 100).map(({ id }) => id) } },
			}),
		plan: async () => {
			world = await worldOf(simulator);
			return await sync(
				people().map((person, index) =>
					index >= 100 && index < 110 ? { ...person, groups: [...person.groups, world.groups[0].id] } : person,
				),
			);
		},
	},
	'new groups, and people in them': {
		plan: async () =>
			await sync([
				...people()
					.slice(0, 5)
					.map((person) => ({ ...person, groups: [...person.groups, 'New A', 'New B'] })),
				{ email: 'new@example.com', groups: ['New A'] },
			]),
	},
	'joiners with components': {
		plan: async () =>
			await sync(
				[1, 2, 3, 4].map((index) => ({
					email: `new.${index}@example.com`,
					groups: [],
					components: index % 2 ? [world.components[0].id] : [],
				})),
				{ managedFields: { viewerGroups: 'groups', components: 'components' } },
			),
	},
	'own components added, exchanged and removed': {
		prepare: async () =>
			await Promise.all([
				give(
					0,
					'components',
					world.components.slice(0, 2).map(({ id }) => id),
				),
				give(1, 'components', [world.components[0].id]),
			]),
		plan: async () =>
			await sync(
				people().map((person, index) => ({
					...person,
					components: [[world.components[2].id], [], [world.components[3].id]][index] ?? [],
				})),
				{ managedFields: { viewerGroups: 'groups', components: 'components' }, scope: 'everyone' },
			),
	},
	'deletions with own components and metrics': {
		prepare: async () =>
			await Promise.all([
				give(
					0,
					'components',
					world.components.slice(0, 3).map(({ id }) => id),
				),
				give(0, 'metrics', world.metricIds.slice(0, 1)),
			]),
		plan: async () => await sync(people().slice(5), EVERYONE),
	},
	'new logins': {
		plan: async () =>
			await sync(
				world.viewers.slice(0, 7).map(({ email }, index) => ({ email, login: `login${index}` })),
				{ managedFields: { externalLogin: 'login' } },
			),
	},
	'leavers with team membership': { plan: async () => await offboard([world.memberEmail, world.viewers[3].email]) },
	'many team members in a small window': {
		limit: 10,
		plan: async () =>
			await offboard(
				Object.values((await simulator.state()).members)
					.slice(0, 12)
					.map(({ row }) => row.email),
			),
	},
	'leavers who stay, without permissions and access': {
		prepare: async () => await give(3, 'metrics', world.metricIds.slice(0, 2)),
		plan: async () =>
			await offboard([world.memberEmail, world.viewers[3].email], {
				viewers: 'removeAccess',
				teamMembers: 'removePermissions',
			}),
	},
	subscriptions: {
		plan: async () =>
			await offboard(
				Object.values(world.page.subscribers)
					.flatMap(({ row }) => row.email ?? [])
					.slice(0, 5),
				{ options: { includeSubscriptions: true } },
			),
	},
};

const KEYS: Array<[string, boolean]> = [
	['own', false],
	['shared', true],
];
const CASES = KEYS.flatMap(([key, isShared]) => Object.keys(SITUATIONS).map((name) => ({ key, isShared, name })));

test.each(CASES)('$name, $key key: apply sends as many requests as the plan states', async ({ name, isShared }) => {
	const { limit, seed, prepare, plan } = SITUATIONS[name];
	await start(seed);
	await prepare?.();
	if (limit) world.credential = { ...world.credential, requestsPerMinute: limit, rateWindowSeconds: 1 };
	world.credential = { ...world.credential, isShared };
	const [summary] = await plan();
	await simulator.clearLog();
	const { items, error } = await run(world, 'access applyPlan', { options: { capPercent: 100 } }, { items: [summary] });
	expect(error).toBeUndefined();
	expect(new Set(items.map(({ result, action }) => (action === 'unchanged' ? 'done' : result)))).toEqual(
		new Set(items.length > 0 ? ['done'] : []),
	);
	expect([name, (await simulator.stats()).requests]).toEqual([name, (summary.cost as IDataObject).applyRequests]);
});

test.each([
	[0, 0],
	[1, 0],
	[60, 0],
	[61, 1],
	[120, 1],
	[121, 2],
])('%d requests take at least %d minutes at 60 per minute', (requests, minutes) =>
	expect(minutesFor(requests, { limit: 60, windowMs: 60_000 })).toBe(minutes),
);

describe('the cost of one change that is applied alone', () => {
	const joined = () => ({ email: world.viewers[0].email, groups: [otherGroup()] });
	const otherGroup = () => world.groups.find(({ id }) => !world.viewers[0].groupIds.includes(id))?.id;
	const PLANS: Record<string, () => Promise<IDataObject[]>> = {
		addToGroup: async () => await sync([joined()], { output: 'changes' }),
		setPermissions: async () =>
			await offboard([world.memberEmail], { output: 'changes', teamMembers: 'removePermissions' }),
		removeFromGroup: async () =>
			await offboard([world.viewers.find(({ groupIds }) => groupIds.length > 0)?.email ?? ''], {
				output: 'changes',
				viewers: 'removeAccess',
			}),
	};

	test.each(KEYS.flatMap(([key, isShared]) => Object.keys(PLANS).map((action) => ({ key, isShared, action }))))(
		'$action, $key key: is the number of requests that apply sends',
		async ({ action, isShared }) => {
			await start();
			world.credential = { ...world.credential, isShared };
			const change = (await PLANS[action]()).find((row) => row.action === action);
			await simulator.clearLog();
			const { items } = await run(
				world,
				'access applyPlan',
				{ options: { capPercent: 100 } },
				{ items: [change as IDataObject] },
			);
			expect(items).toMatchObject([{ action, result: 'done' }]);
			expect((await simulator.stats()).requests).toBe(change?.requests);
		},
	);
});
