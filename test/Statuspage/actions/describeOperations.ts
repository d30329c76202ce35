import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../../nodes/Statuspage/actions';
import { endpoints } from '../../../nodes/services/statuspage/endpoints';
import { useFastClock } from '../../support/fastClock';
import { namesById, NAME_FORMS, withNames } from '../../support/names';
import { nameForms } from '../../support/runs';
import { requirePreview } from '../../support/schema';
import { startSimulator, type LogEntry, type Simulator } from '../../support/simulator';
import { Uses } from '../../support/uses';
import { locator, results, run, worldOf, type World } from '../../support/world';
import type { ResourceCases, Variant } from './case';

const writesIn = (log: LogEntry[]) =>
	log.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body }));

/** Runs every operation of a resource in n8n's engine against the simulator. */
export function describeOperations(resource: string, { cases, variants = {} }: ResourceCases): void {
	useFastClock();

	let simulator: Simulator;
	beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
	afterAll(async () => await simulator.stop());
	beforeEach(async () => await simulator.reset());

	const uses = new Uses(
		resources.filter(({ value }) => value === resource),
		endpoints,
	);

	/** Runs a case with these parameters, and checks what was sent. */
	async function runCase(name: string, world: World, parameters: IDataObject | undefined): Promise<IDataObject[]> {
		const { before, items } = cases[name];
		await before?.(world, simulator);
		const given = items ? { items: await items(world) } : {};
		await simulator.clearLog();
		const outputs = await results(world, name, parameters, given);
		uses.check(name, await simulator.log());
		return outputs;
	}

	test('every operation has a case', () => expect(Object.keys(cases).sort()).toEqual([...uses.names].sort()));

	describe('in the engine of n8n', () => {
		test.each(uses.names)('%s', async (name) => {
			const world = await worldOf(simulator);
			const { parameters, output, after } = cases[name];
			const outputs = await runCase(name, world, parameters?.(world));
			output(outputs, world);
			requirePreview('Statuspage', name, outputs);
			after?.(await simulator.state(), world);
			expect(await simulator.problems()).toEqual([]);
		});
	});

	describe('a name means the same as its ID', () => {
		describe.each(Object.entries(NAME_FORMS).slice(0, nameForms))('%s', (_, form) => {
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

	describe('endpoints that only some runs use', () => {
		const audienceCheck: Variant = { parameters: { options: { audienceCheck: 'warn' } } };
		test.each(uses.names)('%s', async (name) => {
			const world = await worldOf(simulator);
			const base = cases[name].parameters?.(world) ?? {};
			for (const variant of [() => audienceCheck, ...(variants[name] ?? [])]) {
				await simulator.reset();
				const { parameters, items: ownItems, faults = [], before } = variant(world);
				await before?.(simulator);
				const items = await (ownItems ? ownItems(simulator) : cases[name].items?.(world));
				for (const fault of faults) await simulator.fault(fault);
				await simulator.clearLog();
				const options = { ...(base.options as IDataObject), ...(parameters?.options as IDataObject) };
				await run(world, name, { ...base, ...parameters, options }, items ? { items } : {});
				uses.check(name, await simulator.log());
			}
			uses.checkAll(name);
		});
	});
}
