import { traverseNodeParameters, type FromAIArgument, type IDataObject } from 'n8n-workflow';
import { resources } from '../../../nodes/Statuspage/actions';
import type { Field } from '../../../nodes/shared/fields/field';
import { startSimulator, type Simulator } from '../../support/simulator';
import { activeSubscriber, addIncidentSubscriber, openIncident } from '../../support/subscribers';
import { locator, results, run, worldOf, type World } from '../../support/world';

let simulator: Simulator;
let world: World;
const READER = 'reader@example.com';
let readerId: string;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
	readerId = await addIncidentSubscriber(world, simulator, READER);
});

const fromAi = (key: string, type = 'string') => `={{ $fromAI('${key}', '', '${type}') }}`;

/** The arguments of a tool with these parameters. */
function argumentsOf(parameters: IDataObject): string[] {
	const found: FromAIArgument[] = [];
	traverseNodeParameters(parameters, found);
	return found.map(({ key }) => key).sort();
}

/** Calls an operation as a tool: n8n offers the model exactly these arguments. */
async function call(name: string, parameters: IDataObject, given: IDataObject) {
	expect(argumentsOf(parameters)).toEqual(Object.keys(given).sort());
	return await run(world, name, parameters, { items: [given] });
}

async function callResult(name: string, parameters: IDataObject, given: IDataObject): Promise<IDataObject> {
	const { items, error } = await call(name, parameters, given);
	expect(error?.message).toBeUndefined();
	return items[0];
}

/** Read operations with each locator, and the name that a model gives for the object. */
const LOCATORS: Record<
	string,
	Array<{
		operation: string;
		names: (world: World) => string[];
		id: (world: World) => string;
		/** Parameters for the objects that contain it. */
		place?: (world: World) => IDataObject;
	}>
> = {
	pageId: [{ operation: 'page get', names: ({ page }) => [page.row.name], id: ({ pageId }) => pageId }],
	viewerGroupId: [
		{ operation: 'viewerGroup get', names: ({ groups }) => [groups[1].name], id: ({ groups }) => groups[1].id },
	],
	componentId: [
		{
			operation: 'component get',
			names: ({ components }) => [components[1].name],
			id: ({ components }) => components[1].id,
		},
		{
			operation: 'component getUptime',
			names: ({ components }) => [components[1].name],
			id: ({ components }) => components[1].id,
		},
	],
	incidentId: [
		{
			operation: 'incident get',
			names: ({ incidents }) => [incidents[1].row.name],
			id: ({ incidents }) => incidents[1].row.id,
		},
	],
	metricId: [
		{
			operation: 'metric get',
			names: ({ page, metricIds }) => [page.metrics[metricIds[1]].name],
			id: ({ metricIds }) => metricIds[1],
		},
	],
	metricProviderId: [
		{ operation: 'metricProvider get', names: () => ['Pingdom'], id: ({ metricProviderIds }) => metricProviderIds[1] },
	],
	componentGroupId: [
		{
			operation: 'componentGroup get',
			names: ({ componentGroups }) => [componentGroups[1].name],
			id: ({ componentGroups }) => componentGroups[1].id,
		},
	],
	viewerId: [
		{ operation: 'viewer get', names: ({ viewers }) => [viewers[1].email], id: ({ viewers }) => viewers[1].id },
	],
	subscriberId: [
		{
			operation: 'subscriber get',
			names: (given) => [activeSubscriber(given).email],
			id: (given) => activeSubscriber(given).id,
		},
	],
	incidentSubscriberId: [
		{
			operation: 'incidentSubscriber get',
			names: () => [READER],
			id: () => readerId,
			place: (given) => ({ incidentId: locator('id', openIncident(given).row.id) }),
		},
	],
	teamMemberId: [
		{ operation: 'teamMember get', names: ({ memberEmail }) => [memberEmail], id: ({ memberId }) => memberId },
		{ operation: 'permission get', names: ({ memberEmail }) => [memberEmail], id: ({ memberId }) => memberId },
	],
};

/** All locators of the node. */
const locators = new Map<string, Field>(
	resources.flatMap(({ operations }) =>
		operations.flatMap(({ fields }) =>
			fields.filter(({ type }) => type === 'resourceLocator').map((field) => [field.name, field] as const),
		),
	),
);

describe('an object that the model names', () => {
	const each = [...locators].flatMap(([parameter, { modes = [] }]) =>
		modes.map(({ name: mode }) => [parameter, mode as 'list'] as const),
	);

	test.each(each)('%s in the mode %s', async (parameter, mode) => {
		const cases = LOCATORS[parameter] ?? [];
		expect([parameter, cases.length > 0]).toEqual([parameter, true]);
		for (const { operation, names, id, place = () => ({}) } of cases) {
			const wanted = await results(world, operation, { ...place(world), [parameter]: locator('id', id(world)) });
			const parameters = { ...place(world), [parameter]: locator(mode, fromAi('object')) };
			for (const name of names(world))
				for (const object of [name, name.toUpperCase()])
					expect(await callResult(operation, parameters, { object })).toEqual(wanted[0]);
		}
	});

	test.each([...locators.keys()])('%s without a mode, as a tool call gives it', async (parameter) => {
		for (const { operation, names, id, place = () => ({}) } of LOCATORS[parameter]) {
			const wanted = await results(world, operation, { ...place(world), [parameter]: locator('id', id(world)) });
			const parameters = { ...place(world), [parameter]: fromAi('object') };
			for (const object of [...names(world), id(world)])
				expect(await callResult(operation, parameters, { object })).toEqual(wanted[0]);
		}
	});

	test('that does not exist is an error with the names that exist', async () => {
		const { error } = await call(
			'component get',
			{ componentId: locator('list', fromAi('name')) },
			{ name: 'Nothing' },
		);
		expect(`${error?.message}. ${error?.description}`).toContain(world.components[0].name);
	});
});

describe('permissions', () => {
	test.each(['update', 'replace'])('%s: the model fills in the page and the roles of a row', async (operation) => {
		const { pages } = await callResult(
			`permission ${operation}`,
			{
				teamMemberId: locator('list', fromAi('member')),
				pages: { page: [{ pageId: fromAi('page'), roles: fromAi('roles') }] },
			},
			{ member: world.memberEmail, page: 'northwind status', roles: 'Incident Manager, page configuration' },
		);
		expect((pages as IDataObject[]).find(({ page_id }) => page_id === world.pageId)).toMatchObject({
			incident_manager: true,
			page_configuration: true,
			maintenance_manager: false,
		});
	});

	test('remove: the model names the pages', async () => {
		const { removed } = await callResult(
			'permission remove',
			{ teamMemberId: locator('email', fromAi('member')), pageIds: fromAi('pages') },
			{ member: world.memberEmail, pages: 'Northwind Status, Northwind Public' },
		);
		expect(removed).toEqual([world.pageId, world.otherPageId]);
	});

	test('all rows as one argument are an error: n8n does not pass them on', async () => {
		const { error } = await call(
			'permission update',
			{ teamMemberId: locator('id', world.memberId), pages: fromAi('pages', 'json') },
			{ pages: { page: [{ pageId: world.pageId, roles: ['incidentManager'] }] } },
		);
		expect(error?.message).toBe("'Pages' has no entries");
	});
});

describe('incidents', () => {
	test('create: the model fills in the type by its label, the components of a row and the times', async () => {
		const names = world.components.slice(0, 2).map(({ name }) => name);
		const output = await callResult(
			'incident create',
			{
				incidentType: fromAi('type'),
				name: fromAi('name'),
				components: { component: [{ componentIds: fromAi('components'), status: fromAi('status') }] },
				scheduledFor: fromAi('start'),
				scheduledUntil: fromAi('end'),
			},
			{
				type: 'Real-Time',
				name: 'Outage',
				components: names.join(', '),
				status: 'Major Outage',
				start: 'not used',
				end: 'not used',
			},
		);
		expect(output).toMatchObject({ components: names.map((name) => ({ name, status: 'major_outage' })) });
	});

	test('update: the model closes an incident that it names', async () => {
		const output = await callResult(
			'incident update',
			{
				incidentId: locator('list', fromAi('incident')),
				status: fromAi('status'),
				resetComponents: fromAi('reset', 'boolean'),
			},
			{ incident: 'network maintenance', status: 'Closed', reset: true },
		);
		expect(output).toMatchObject({ status: 'completed' });
	});
});

describe('other fields', () => {
	test('a dropdown takes its label or its value', async () => {
		const [{ name }] = world.components;
		for (const status of ['Degraded Performance', 'degraded performance', 'degraded_performance'])
			expect(
				await callResult(
					'component update',
					{ componentId: locator('list', fromAi('component')), updateFields: { status: fromAi('status') } },
					{ component: name, status },
				),
			).toMatchObject({ id: world.components[0].id, status: 'degraded_performance' });
		const { error } = await call(
			'component update',
			{ componentId: locator('list', fromAi('component')), updateFields: { status: fromAi('status') } },
			{ component: name, status: 'slow' },
		);
		expect(error?.message).toContain('Degraded Performance, Major Outage, Operational');
	});

	test('a dropdown that is loaded takes a name', async () => {
		const [group] = world.componentGroups;
		expect(
			await callResult(
				'component update',
				{
					componentId: locator('list', fromAi('component')),
					updateFields: { componentGroupId: fromAi('group') },
				},
				{ component: world.components[0].name, group: group.name },
			),
		).toMatchObject({ group_id: group.id });
	});

	test('an option takes a label, and a list takes names with commas', async () => {
		const [viewer] = world.viewers;
		const wanted = world.groups.slice(0, 2);
		expect(
			await callResult(
				'viewer update',
				{
					viewerId: locator('list', fromAi('viewer')),
					updateFields: { viewerGroupIds: fromAi('groups') },
					options: { groupsMode: fromAi('mode') },
				},
				{ viewer: viewer.email, groups: wanted.map(({ name }) => name).join(', '), mode: 'replace' },
			),
		).toMatchObject({ page_access_group_ids: wanted.map(({ id }) => id) });
	});

	test('numbers and switches', async () => {
		const { items } = await call(
			'component getMany',
			{
				returnAll: fromAi('all', 'boolean'),
				limit: fromAi('limit', 'number'),
				filters: { status: fromAi('status') },
			},
			{ all: false, limit: 2, status: 'operational' },
		);
		expect(items).toHaveLength(2);
	});
});
