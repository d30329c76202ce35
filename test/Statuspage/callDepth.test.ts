import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import * as connections from '../../nodes/shared/http/connect';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
	simulator = await startSimulator({ limit: 100_000 });
	world = await worldOf(simulator);
});
afterAll(async () => await simulator.stop());
afterEach(() => jest.restoreAllMocks());

/** The number of functions of this package between `execute` and each request. A reader has to understand them to change a request. */
async function callDepths(name: string, parameters: IDataObject): Promise<number[]> {
	const depths: number[] = [];
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 200;
	const { connect } = connections;
	jest.spyOn(connections, 'connect').mockImplementation((...args) => {
		const connection = connect(...args);
		const send = async (options: IHttpRequestOptions) => {
			const own = (new Error().stack ?? '').split('\n').filter((line) => line.includes('/nodes/'));
			expect(own.at(-1)).toMatch(/execute/);
			depths.push(own.length);
			return await connection.send(options);
		};
		return { ...connection, send };
	});
	const { error } = await run(world, name, parameters);
	Error.stackTraceLimit = stackTraceLimit;
	expect(error).toBeUndefined();
	return depths;
}

test('a new viewer is created in at most 12 calls', async () => {
	const depths = await callDepths('viewer create', { email: 'new@example.com' });
	expect(depths).toHaveLength(1);
	expect(Math.max(...depths)).toBeLessThanOrEqual(12);
});

test('viewers are added to a group in at most 15 calls', async () => {
	const [group] = world.groups;
	const added = world.viewers.filter(({ groupIds }) => !groupIds.includes(group.id)).slice(0, 3);
	const depths = await callDepths('viewerGroup addViewers', {
		viewerGroupId: locator('id', group.id),
		viewerIds: added.map(({ id }) => id).join(),
	});
	// A read, a write and a check.
	expect(depths).toHaveLength(3);
	expect(Math.max(...depths)).toBeLessThanOrEqual(15);
});
