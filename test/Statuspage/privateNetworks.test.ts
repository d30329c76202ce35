/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { runNode } from '../support/engine';
import { startSimulator, type Simulator } from '../support/simulator';
import { publicUrl, worldOf } from '../support/world';

let simulator: Simulator;
beforeAll(async () => {
	// n8n reads it at its first request. It is off in all other tests, which read pages of this machine.
	process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
	simulator = await startSimulator({ viewers: 3 });
});
afterAll(async () => await simulator.stop());

test.each(['127.0.0.1', 'localhost'])(
	"n8n's own protection blocks a page at %s, and the error says so",
	async (host) => {
		const world = await worldOf(simulator);
		const pageAddress = publicUrl(world, 'northwind-public').replace('127.0.0.1', host);
		const { items, error } = await runNode({
			parameters: { resource: 'publicPage', operation: 'getSummary', pageAddress, allowLoopback: true },
		});
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/^n8n blocked the request to /);
		expect(await simulator.publicLog()).toEqual([]);
	},
);
