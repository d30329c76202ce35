import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../../nodes/Statuspage/actions';
import { endpoints } from '../../../nodes/services/statuspage/endpoints';
import { useFastClock } from '../../support/fastClock';
import { namesById, NAME_FORMS, withNames } from '../../support/names';
import { requirePreview } from '../../support/schema';
import { startSimulator, type Fault, type LogEntry, type Simulator } from '../../support/simulator';
import { Uses } from '../../support/uses';
import { locator, results, run, worldOf, type World } from '../../support/world';
import { cases, two } from './cases';

useFastClock();

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset());

/** A run that uses what the usual case does not. */
interface Variant {
	before?: () => Promise<unknown>;
	parameters?: IDataObject;
	items?: () => Promise<IDataObject[]> | IDataObject[];
	faults?: Fault[];
}

/** The answer to a deletion that says nothing: a read settles it. */
const unclear: Variant = { faults: [{ kind: 'html', status: 200, match: { method: 'DELETE' }, after: true }] };
/** Nobody and nothing has this ID. */
const GONE = 'gone00000001';
const missing = (parameter: string): Variant => ({
	parameters: { [parameter]: locator('id', GONE), options: { ignoreIfMissing: true } },
});
const one = (rows: Array<{ id: string }>) => [rows[0].id];
const planned = async (world: World, operation: string, parameters: IDataObject, items: IDataObject[]) =>
	await results(world, `access ${operation}`, parameters, { items });
const ALL_MAY_LOSE = { options: { capPercent: 100 } };
const SYNC = {
	managedFields: { viewerGroups: 'groups' },
	options: { createMissingGroups: true, emptyMeansNone: true, capPercent: 100 },
};

/** Simplify names the components of a group. */
const simplifiedGroup = ({ pageId, groups, components }: World): Variant => ({
	before: async () =>
		await simulator.send('POST', `/pages/${pageId}/page_access_groups/${groups[0].id}/components`, {
			body: { component_ids: one(components) },
		}),
	parameters: { simplify: true },
});

const variants: Record<string, Array<(world: World) => Variant>> = {
	'access applyPlan': [
		(world) => ({
			items: async () => {
				const [{ row }] = Object.values(world.page.subscribers).filter(({ row: { email } }) => email !== undefined);
				const leavers = [world.memberEmail, world.viewers[0].email, String(row.email)].map((email) => ({ email }));
				return await planned(world, 'planOffboarding', { options: { includeSubscriptions: true } }, leavers);
			},
			...unclear,
		}),
		(world) => ({
			items: async () =>
				await planned(world, 'planOffboarding', { teamMembers: 'removePermissions' }, [{ email: world.memberEmail }]),
		}),
		// A viewer who stays, without own components and metrics.
		(world) => ({
			before: async () => {
				await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${world.viewers[5].id}/components`, {
					body: { component_ids: one(world.components) },
				});
				await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${world.viewers[5].id}/metrics`, {
					body: { metric_ids: world.metricIds.slice(0, 1) },
				});
			},
			items: async () =>
				await planned(world, 'planOffboarding', { viewers: 'removeAccess' }, [{ email: world.viewers[5].email }]),
		}),
		// New groups, new people, components of viewers: some more, some others, none.
		(world) => ({
			before: async () => {
				for (const { id } of world.viewers.slice(1, 4))
					await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${id}/components`, {
						body: { component_ids: one(world.components) },
					});
			},
			items: async () => {
				const managedFields = { viewerGroups: 'groups', components: 'components', externalLogin: 'login' };
				const components = [two(world.components), one(world.components.slice(1)), []];
				const people = world.viewers.map(({ email, groupIds, external_login }, index) => ({
					email,
					groups: groupIds,
					components: components[index - 1] ?? [],
					login: external_login ?? `login${index}`,
				}));
				const joiners = ['a', 'b', 'c'].map((name) => ({
					email: `${name}@example.com`,
					groups: ['New', world.groups[0].id],
					components: one(world.components),
					login: name,
				}));
				return await planned(world, 'planSync', { ...SYNC, managedFields, scope: 'domains', domains: 'example.com' }, [
					...people,
					...joiners,
				]);
			},
			parameters: ALL_MAY_LOSE,
		}),
		// Somebody who is gone by now, and a subscription that is.
		(world) => ({
			items: async () => {
				const [{ row }] = Object.values(world.page.subscribers).filter(({ row: { email } }) => email !== undefined);
				const leavers = [world.viewers[0].email, String(row.email)].map((email) => ({ email }));
				const changes = await planned(world, 'planOffboarding', { options: { includeSubscriptions: true } }, leavers);
				await simulator.send('DELETE', `/pages/${world.pageId}/page_access_users/${world.viewers[0].id}`);
				await simulator.send('DELETE', `/pages/${world.pageId}/subscribers/${row.id}`);
				return changes;
			},
		}),
		// Many people into one group are written on the side of the group. A lost answer is looked up there.
		(world) => ({
			faults: [{ kind: 'resetAfter', match: { method: 'PATCH', path: 'page_access_groups' }, times: 5 }],
			items: async () =>
				await planned(
					world,
					'planSync',
					SYNC,
					world.viewers
						.slice(0, 40)
						.map(({ email, groupIds }) => ({ email, groups: [...groupIds, world.groups[0].id] })),
				),
		}),
		// One person out of one group is written on the side of the viewer.
		(world) => ({
			items: async () => {
				const { email } = world.viewers.find(({ groupIds }) => groupIds.includes(world.groups[0].id)) as {
					email: string;
				};
				return await planned(
					world,
					'planSync',
					{ ...SYNC, scope: 'groups', scopeGroupIds: one(world.groups) },
					world.viewers
						.filter((viewer) => viewer.email !== email)
						.map((viewer) => ({ email: viewer.email, groups: viewer.groupIds })),
				);
			},
		}),
	],
	'access planOffboarding': [
		() => ({
			parameters: {
				teamMembers: 'removePermissions',
				viewers: 'removeAccess',
				options: { includeSubscriptions: true },
			},
		}),
	],
	'access planSync': [
		({ groups }) => ({
			parameters: {
				...SYNC,
				managedFields: { viewerGroups: 'groups', components: 'components' },
				scope: 'groups',
				scopeGroupIds: groups.map(({ id }) => id),
				deleteViewers: true,
			},
			items: () => [{ email: 'a@example.com', groups: [], components: [] }],
		}),
	],
	'component create': [
		({ componentGroups }) => ({ parameters: { additionalFields: { componentGroupId: componentGroups[0].name } } }),
	],
	'component getMany': [
		({ componentGroups }) => ({ parameters: { filters: { componentGroupId: componentGroups[0].name } } }),
	],
	'component update': [
		({ componentGroups }) => ({ parameters: { updateFields: { componentGroupId: componentGroups[0].name } } }),
	],
	'component delete': [() => unclear, () => missing('componentId')],
	'permission remove': [() => ({ parameters: { pageIds: 'Northwind Status' } })],
	'viewer addComponents': [
		({ viewers }) => ({
			parameters: { viewerId: locator('id', '={{ $json.id }}') },
			items: () => viewers.slice(0, 9).map(({ id }) => ({ id })),
		}),
	],
	'viewer create': [() => ({ faults: [{ kind: 'resetAfter', match: { method: 'POST' } }] })],
	'viewer upsert': [
		({ groups, components }) => ({
			parameters: {
				email: 'new@example.com',
				additionalFields: { viewerGroupIds: one(groups), componentIds: one(components) },
			},
		}),
		({ groups, components }) => ({
			parameters: { additionalFields: { viewerGroupIds: groups.map(({ id }) => id), componentIds: one(components) } },
		}),
	],
	'viewer delete': [() => unclear, () => missing('viewerId')],
	'viewer get': [({ viewers }) => ({ parameters: { viewerId: locator('id', viewers[0].id) } })],
	'viewer removeComponents': [() => unclear],
	'viewer removeMetrics': [() => unclear],
	'viewerGroup addComponents': [
		({ groups }) => ({
			parameters: { viewerGroupId: locator('id', '={{ $json.id }}') },
			items: () => groups.slice(0, 9).map(({ id }) => ({ id })),
		}),
	],
	'viewerGroup addViewers': [({ viewers }) => ({ parameters: { viewerIds: one(viewers.slice(9)) } })],
	'viewerGroup create': [
		({ components, metricIds }) => ({ parameters: { additionalFields: { componentIds: one(components), metricIds } } }),
	],
	'viewerGroup get': [(world) => simplifiedGroup(world)],
	'viewerGroup getMany': [(world) => simplifiedGroup(world)],
	'viewerGroup upsert': [() => ({ parameters: { name: 'New' } })],
	'viewerGroup delete': [() => unclear, () => missing('viewerGroupId')],
	'viewerGroup getViewers': [
		({ groups }) => ({
			parameters: {
				viewerGroupId: locator('id', [...groups].sort((a, b) => a.viewerIds.length - b.viewerIds.length)[0].id),
				limit: 2,
				returnAll: false,
			},
		}),
	],
	'viewerGroup removeViewers': [({ groups }) => ({ parameters: { viewerIds: [groups[0].viewerIds[0]] } })],
};

const uses = new Uses(resources, endpoints);

/** Runs a case with these parameters, and checks what was sent. */
async function runCase(name: string, world: World, parameters: IDataObject | undefined): Promise<IDataObject[]> {
	const { before, items } = cases[name];
	await before?.(world, simulator);
	const given = items ? { items: await items(world) } : {};
	await simulator.clearLog();
	const rows = await results(world, name, parameters, given);
	uses.check(name, await simulator.log());
	return rows;
}

const writesIn = (log: LogEntry[]) =>
	log.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body }));

describe('every operation, in the engine of n8n', () => {
	test.each(uses.names)('%s', async (name) => {
		const world = await worldOf(simulator);
		const { parameters, output, after } = cases[name];
		const rows = await runCase(name, world, parameters?.(world));
		output(rows, world);
		requirePreview('Statuspage', name, rows);
		after?.(await simulator.state(), world);
		expect(await simulator.problems()).toEqual([]);
	});
});

describe('a name means the same as its ID', () => {
	describe.each(Object.entries(NAME_FORMS))('%s', (_, form) => {
		test.each(uses.names)('%s', async (name) => {
			const world = await worldOf(simulator);
			const parameters = { pageId: locator('id', world.pageId), ...cases[name].parameters?.(world) };
			const named = withNames(parameters, namesById(await simulator.state()), form);
			if (!named) return;
			await runCase(name, world, parameters);
			const wanted = writesIn(await simulator.log());
			await simulator.reset();
			await runCase(name, world, named);
			expect(writesIn(await simulator.log())).toEqual(wanted);
		});
	});
});

describe('API operations that only some runs use', () => {
	const audienceCheck = { options: { audienceCheck: 'warn' } };
	test.each(uses.names)('%s', async (name) => {
		const world = await worldOf(simulator);
		const base = cases[name].parameters?.(world) ?? {};
		for (const variant of [audienceCheck, ...(variants[name] ?? [])]) {
			await simulator.reset();
			const {
				parameters,
				items: ownItems,
				faults = [],
				before,
			}: Variant = typeof variant === 'function' ? variant(world) : { parameters: variant };
			await before?.();
			const items = await (ownItems ? ownItems() : cases[name].items?.(world));
			for (const fault of faults) await simulator.fault(fault);
			await simulator.clearLog();
			await run(
				world,
				name,
				{
					...base,
					...parameters,
					options: { ...(base.options as IDataObject), ...(parameters?.options as IDataObject) },
				},
				items ? { items } : {},
			);
			uses.check(name, await simulator.log());
		}
		uses.checkAll(name);
	});
});
