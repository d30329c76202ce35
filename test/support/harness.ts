import type { IDataObject } from 'n8n-workflow';
import { resources as scimResources } from '../../nodes/AtlassianScim/actions';
import { resources as statuspageResources } from '../../nodes/Statuspage/actions';
import type { Operation, Resource } from '../../nodes/shared/operations/operation';
import { cases as scimCases } from '../AtlassianScim/actions/cases';
import { cases as statuspageCases } from '../Statuspage/actions/cases';
import { directoryOf, runDirectory, type DirectoryWorld } from './directory';
import type { RunResult } from './engine';
import type { Fault, LogEntry, SimulatedState, Simulator } from './simulator';
import { locator, run, worldOf, type World } from './world';

/** Runs any operation of a node, by default with the parameters of its usual case. */
export interface Harness {
	/** Names of all operations as "resource operation". */
	names: string[];
	operation: (name: string) => Operation;
	/** Returns the parameters of the usual case. */
	usual: (name: string) => IDataObject;
	/** Runs an operation after a reset of the simulator. */
	run: (name: string, parameters: IDataObject) => Promise<Outcome>;
	/** Runs an operation with faults, and also returns the state of the simulator before and after. */
	runWith: (
		faults: Fault[],
		name: string,
		parameters: IDataObject,
	) => Promise<Outcome & { before: SimulatedState; after: SimulatedState }>;
}

export interface Outcome extends RunResult {
	log: LogEntry[];
}

type Resources = ReadonlyArray<{ value: string; operations: readonly unknown[] }>;

function operationsIn(resources: Resources): Map<string, Operation> {
	return new Map(
		(resources as readonly Resource[]).flatMap(({ value, operations }) =>
			operations.map((operation) => [`${value} ${operation.value}`, operation] as const),
		),
	);
}

/** Reads of public pages, as entries of the log. */
async function publicReads(simulator: Simulator): Promise<LogEntry[]> {
	return (await simulator.publicLog()).map(({ subdomain, feed, method, status }, index) => ({
		n: index,
		at: 0,
		service: 'statuspage',
		method,
		path: `/public/${subdomain}/${feed}`,
		query: {},
		status,
		isRejected: false,
	}));
}

type Prepare = (name: string, parameters: IDataObject) => Promise<() => Promise<RunResult>>;

/** @param prepare resets the simulator and returns a function that runs the operation */
function runsOf(simulator: Simulator, prepare: Prepare): Pick<Harness, 'run' | 'runWith'> {
	return {
		async run(name, parameters) {
			const work = await prepare(name, parameters);
			await simulator.clearLog();
			const result = await work();
			return { ...result, log: [...(await simulator.log()), ...(await publicReads(simulator))] };
		},
		async runWith(faults, name, parameters) {
			const work = await prepare(name, parameters);
			await simulator.clearLog();
			const before = await simulator.state();
			for (const fault of faults) await simulator.fault(fault);
			const result = await work();
			await simulator.clearFaults();
			return { ...result, log: await simulator.log(), before, after: await simulator.state() };
		},
	};
}

/** Harness of the Statuspage node. The world is read only once, because the simulator has the same state after each reset. */
export async function statuspageHarness(simulator: Simulator): Promise<Harness> {
	const operations = operationsIn(statuspageResources);
	let world: World;
	const reset = async () => {
		await simulator.clearFaults();
		await simulator.reset();
		world = await worldOf(simulator);
	};
	await reset();
	return {
		names: [...operations.keys()],
		operation: (name) => operations.get(name) as Operation,
		usual: (name) => ({ pageId: locator('id', world.pageId), ...statuspageCases[name].parameters?.(world) }),
		...runsOf(simulator, async (name, parameters) => {
			await reset();
			const { before, items } = statuspageCases[name];
			await before?.(world, simulator);
			const given = items ? { items: await items(world) } : {};
			return async () => await run(world, name, parameters, given);
		}),
	};
}

/** Harness of the SCIM node. */
export async function scimHarness(simulator: Simulator): Promise<Harness> {
	const operations = operationsIn(scimResources);
	let world: DirectoryWorld;
	const reset = async () => {
		await simulator.clearFaults();
		await simulator.reset();
		world = await directoryOf(simulator);
	};
	await reset();
	return {
		names: [...operations.keys()],
		operation: (name) => operations.get(name) as Operation,
		usual: (name) => scimCases[name].parameters?.(world) ?? {},
		...runsOf(simulator, async (name, parameters) => {
			await reset();
			return async () => await runDirectory(world, name, parameters);
		}),
	};
}
