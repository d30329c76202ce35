import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/install.mts';
import { freePort, N8n, type RunningN8n, type Workflow } from '../host/n8n.mts';
import { simulated, type Simulated } from '../start/simulated.mts';
import { check, type Check } from './check.mts';
import { collectingWorkflow } from './collectingWorkflow.mts';
import { startCollector, type Collector } from './collector.mts';
import { logIn, type Session } from './session.mts';
import { waitFor } from './waitFor.mts';

const OWNER = { email: 'admin@example.com', password: 'Statuspage-2026' };
const ID = 'public-pages';
const VENDORS = 17;
/** Pages that cannot be read, and why. */
const BROKEN = { gone: '404', spa: 'html', slow: 'timeout' };
/** Long enough for an item that must not come. */
const QUIET_MS = 1500;

/** A workflow without a credential. */
function workflow(addresses: string[], collector: Collector): Workflow {
	const trigger = {
		type: 'n8n-nodes-statuspage.statuspagePollingTrigger',
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			mode: 'publicPages',
			pageAddresses: addresses.join('\n'),
			events: ['incidentCreated', 'incidentResolved', 'pageReachable', 'pageUnreachable'],
			filters: {},
			options: { timeout: 3 },
			allowLoopback: true,
		},
	};
	return collectingWorkflow(ID, trigger, collector);
}

interface Place {
	n8n: N8n;
	simulator: Simulated;
	collector: Collector;
	/** IDs of the vendors' pages. */
	pageIds: string[];
	port: number;
}

class PublicPagesCheck {
	#running!: RunningN8n;
	#session!: Session;
	/** What must have been told so far. */
	readonly #expected: string[] = [];

	constructor(private readonly place: Place) {}

	async start(): Promise<void> {
		this.#running = await this.place.n8n.run(this.place.port);
		await this.place.n8n.setUpOwner(this.#running.url, OWNER);
		this.#session = await logIn(this.#running.url, OWNER);
	}

	async stop(): Promise<void> {
		await this.#running.stop();
	}

	/** Publishing polls once, as n8n's schedule does. */
	async #poll(): Promise<void> {
		await this.#session.unpublish(ID);
		await this.#session.publish(ID);
	}

	#told(): string[] {
		return this.place.collector
			.itemsOf(ID)
			.map(({ event, pageAddress }) => `${String(pageAddress).split('/').at(-1) ?? ''} ${String(event)}`);
	}

	/** The problem if the workflow told something else than this besides what was told before. */
	async #differs(...more: string[]): Promise<string | undefined> {
		this.#expected.push(...more);
		await waitFor(`${this.#expected.length} items`, () =>
			this.#told().length >= this.#expected.length ? true : undefined,
		);
		await sleep(QUIET_MS);
		const told = this.#told();
		return told.join() === this.#expected.join() ? undefined : `told: ${told.join(' | ')}`;
	}

	async #api(method: string, vendor: number, path: string, body: object): Promise<string> {
		const { simulator, pageIds } = this.place;
		return String((await simulator.send(method, `/pages/${pageIds[vendor - 1] ?? ''}/incidents${path}`, body)).id);
	}

	async checks(): Promise<Check[]> {
		let incident = '';
		return [
			await check('a workflow without a credential can be published, and its first poll has no events', async () => {
				await this.#session.publish(ID);
				await sleep(QUIET_MS);
				return await this.#differs();
			}),
			await check(
				'20 pages, three of them broken: the incidents of the others arrive, and the three are told',
				async () => {
					incident = await this.#api('POST', 1, '', { incident: { name: 'Outage', status: 'investigating' } });
					await this.#api('POST', VENDORS, '', { incident: { name: 'Slow', status: 'investigating' } });
					await this.#poll();
					return await this.#differs(
						...Object.keys(BROKEN).map((name) => `${name} pageUnreachable`),
						'vendor-1 incidentCreated',
						`vendor-${VENDORS} incidentCreated`,
					);
				},
			),
			await check(
				'an incident that is resolved while n8n is stopped is told at its start, and nothing twice',
				async () => {
					await this.stop();
					await this.#api('PATCH', 1, `/${incident}`, { incident: { status: 'resolved' } });
					await this.start();
					const problem = await this.#differs('vendor-1 incidentResolved');
					if (problem !== undefined) return problem;
					await this.#poll();
					return await this.#differs();
				},
			),
			await check('a page that can be read again is told once', async () => {
				await this.place.simulator.standIn({ subdomain: 'spa', kind: 'body', body: await this.#copyOf('vendor-2') });
				await this.#poll();
				await this.#poll();
				return await this.#differs('spa pageReachable');
			}),
			await check('the pages were asked without a key', async () => {
				const log = await this.place.simulator.publicLog();
				const keys = log.filter(({ headers }) => headers.authorization !== undefined);
				if (log.length === 0) return 'nothing was read';
				return keys.length === 0 ? undefined : `${keys.length} requests with a key`;
			}),
		];
	}

	/** An answer for all feeds of a page, with another page ID. */
	async #copyOf(subdomain: string): Promise<object> {
		const answer = await fetch(`${addressOf(this.place.simulator, subdomain)}/api/v2/summary.json`);
		const summary = (await answer.json()) as { page: object };
		return { ...summary, page: { ...summary.page, id: 'copiedpage01' } };
	}
}

function addressOf(simulator: Simulated, subdomain: string): string {
	return `${simulator.url.replace(/\/v1$/, '')}/public/${subdomain}`;
}

/** The polling trigger with 20 public pages in a real n8n. */
export async function checkPublicPages(host: Host): Promise<Check[]> {
	const simulator = await simulated({ viewers: 5, vendors: VENDORS, limit: 100_000 });
	for (const [subdomain, kind] of Object.entries(BROKEN)) await simulator.standIn({ subdomain, kind: kind as 'html' });
	const pages = Object.values((await simulator.state()).pages);
	const vendors = pages.filter(({ row }) => String(row.subdomain).startsWith('vendor-'));
	const names = [...Object.keys(BROKEN), ...vendors.map(({ row }) => String(row.subdomain))];
	const collector = await startCollector();
	const n8n = await N8n.fresh(host, 'public-pages');
	await n8n.importWorkflows([
		workflow(
			names.map((name) => addressOf(simulator, name)),
			collector,
		),
	]);
	const place = { n8n, simulator, collector, pageIds: vendors.map(({ row }) => row.id), port: await freePort() };
	const publicPages = new PublicPagesCheck(place);
	await publicPages.start();
	const checks = await publicPages.checks();
	await publicPages.stop();
	await collector.stop();
	await simulator.stop();
	return checks;
}
