import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../support/simulator';
import { results, run, worldOf, type World } from '../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
	simulator = await startSimulator({ limit: 100_000 });
	world = await worldOf(simulator);
});
afterAll(async () => await simulator.stop());

const fields = async (operation: string, field: string, parameters: IDataObject) =>
	(await results(world, operation, parameters)).map((row) => row[field]);

describe('viewer groups by name', () => {
	const names = async (name: string, more: IDataObject = { returnAll: true }) =>
		await fields('viewerGroup getMany', 'name', { ...more, filters: { name } });

	test('find text regardless of case and spaces', async () => {
		const wanted = world.groups.map(({ name }) => name).filter((name) => /co/i.test(name));
		expect(wanted.length).toBeGreaterThan(1);
		expect(wanted.length).toBeLessThan(world.groups.length);
		expect(await names('CO')).toEqual(wanted);
		const [{ name }] = world.groups;
		expect(await names(`  ${name.toUpperCase().replace(/ /g, '\u00a0  ')} `)).toEqual([name]);
		expect(await names('no such group')).toEqual([]);
	});

	test('count towards the limit after filtering', async () => {
		const wanted = await names('co');
		expect(await names('co', { limit: 1 })).toEqual(wanted.slice(0, 1));
		expect(await names('co', { limit: wanted.length + 5 })).toEqual(wanted);
	});
});

describe('team members', () => {
	const members = async (filters: IDataObject, more: IDataObject = { returnAll: true }) =>
		await fields('teamMember getMany', 'id', { ...more, filters });

	test('by email: the whole address, or a part of it', async () => {
		expect(await members({ email: ` ${world.memberEmail.toUpperCase()} ` })).toEqual([world.memberId]);
		const domain = world.memberEmail.split('@')[1];
		expect((await members({ email: `@${domain}` })).length).toBeGreaterThan(100);
		expect(await members({ email: 'nobody@example.org' })).toEqual([]);
	});

	test('by first and last name, and by both filters', async () => {
		const [member] = await results(world, 'teamMember getMany', { filters: { email: world.memberEmail } });
		const { first_name, last_name } = member as { first_name: string; last_name: string };
		const both = await members({ name: `${first_name}  ${last_name}`.toLowerCase() });
		expect(both).toContain(world.memberId);
		expect(both.length).toBeLessThan(150);
		expect(await members({ name: `${first_name} ${last_name}`, email: world.memberEmail })).toEqual([world.memberId]);
		expect(await members({ name: 'nobody', email: world.memberEmail })).toEqual([]);
	});

	test('count towards the limit after filtering: the list is read on until there are enough', async () => {
		const all = await results(world, 'teamMember getMany', { returnAll: true });
		const last = all.at(-1) as { id: string; email: string };
		await simulator.clearLog();
		expect(await members({ email: last.email }, { limit: 1 })).toEqual([last.id]);
		expect(await simulator.log()).toHaveLength(2);
	});
});

test.each<[string, string, string]>([
	['viewerGroup getMany', 'name', "'Name'"],
	['teamMember getMany', 'name', "'Name'"],
	['teamMember getMany', 'email', "'Email'"],
])('%s: an empty %s from an expression is an error, not a list of all', async (operation, filter, label) => {
	for (const text of ['', ' ', 'undefined']) {
		const { error } = await run(world, operation, { filters: { [filter]: `={{ $json.missing ?? '${text}' }}` } });
		expect(error?.message).toContain(label);
	}
});
