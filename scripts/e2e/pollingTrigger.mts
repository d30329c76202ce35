import { fetch } from 'undici';
import type { Host } from '../host/install.mts';
import { freePort, N8n, type RunningN8n, type Workflow } from '../host/n8n.mts';
import { choicesIn } from '../start/job.mts';
import { simulated, type Simulated } from '../start/simulated.mts';
import { check, type Check } from './check.mts';
import { collectingWorkflow } from './collectingWorkflow.mts';
import { startCollector, type Collector } from './collector.mts';
import { logIn, type Session } from './session.mts';
import { waitFor } from './waitFor.mts';

const OWNER = { email: 'admin@example.com', password: 'Statuspage-2026' };
const CREDENTIAL = { id: 'simulator', name: 'Statuspage (simulator)' };
const ID = 'polling-access';
const EVENTS = ['viewerAdded', 'viewerChanged', 'viewerRemoved', 'permissionChanged', 'keyExpires'];

function workflow(pageId: string, collector: Collector): Workflow {
	const trigger = {
		type: 'n8n-nodes-statuspage.statuspagePollingTrigger',
		parameters: {
			// Only publishing and starting n8n cause polls, so each check knows its polls.
			pollTimes: { item: [{ mode: 'everyMonth' }] },
			mode: 'access',
			events: EVENTS,
			pageId: { __rl: true, mode: 'id', value: pageId },
			daysBeforeExpiry: 30,
			options: {},
		},
		credentials: { statuspageApi: CREDENTIAL },
	};
	return collectingWorkflow(ID, trigger, collector);
}

interface Place {
	n8n: N8n;
	simulator: Simulated;
	collector: Collector;
	pageId: string;
	organizationId: string;
	port: number;
}

class PollingCheck {
	#running: RunningN8n | undefined;
	#session!: Session;
	/** Executions and items so far. */
	#executions = 0;
	#items = 0;

	constructor(private readonly place: Place) {}

	async start(): Promise<void> {
		this.#running = await this.place.n8n.run(this.place.port);
		const { url } = this.#running;
		await this.place.n8n.setUpOwner(url, OWNER);
		this.#session = await logIn(url, OWNER);
	}

	/** Can be called again after a check that failed in between. */
	async stop(): Promise<void> {
		const running = this.#running;
		this.#running = undefined;
		await running?.stop();
	}

	/** Publishing is a production poll whose state n8n saves. */
	async #poll(): Promise<void> {
		await this.#session.publish(ID);
		await this.#session.unpublish(ID);
	}

	/** The problem if other items came since the last look, or another number of executions. */
	async #came(expected: string[]): Promise<string | undefined> {
		const executions = await waitFor('the end of all executions', async () => {
			const all = await this.#session.executions(ID);
			return all.every(({ status }) => ['success', 'error', 'crashed'].includes(status)) ? all : undefined;
		});
		const items = this.place.collector.itemsOf(ID).slice(this.#items);
		const fresh = executions.length - this.#executions;
		this.#executions = executions.length;
		this.#items += items.length;
		const came = items.map(({ event, viewerId, teamMemberId, daysLeft }) =>
			[event, viewerId ?? teamMemberId ?? daysLeft].join(' '),
		);
		const failed = executions.filter(({ status }) => status !== 'success').length;
		const wanted = expected.length > 0 ? 1 : 0;
		if (fresh !== wanted || failed > 0) return `${fresh} executions, ${failed} failed: ${came.join(', ')}`;
		return came.sort().join() === [...expected].sort().join() ? undefined : `the items were ${came.join(', ')}`;
	}

	/** Changes the service as another person does. */
	async #send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
		const answer = await fetch(`${this.place.simulator.url}${path}`, {
			method,
			headers: { Authorization: 'OAuth simulator-key', ...(body ? { 'Content-Type': 'application/json' } : {}) },
			body: body && JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
	}

	async #viewerIds(): Promise<string[]> {
		return Object.keys((await this.place.simulator.state()).pages[this.place.pageId]?.viewers ?? {});
	}

	async checks(): Promise<Check[]> {
		const { pageId, organizationId, simulator } = this.place;
		const viewers = `/pages/${pageId}/page_access_users`;
		const [first = '', second = '', third = ''] = await this.#viewerIds();
		const add = async (email: string) =>
			String((await this.#send('POST', viewers, { page_access_user: { email } })).id);
		return [
			await check('the first poll sets the baseline, and starts nothing', async () => {
				await this.#poll();
				return await this.#came([]);
			}),
			await check('the second poll reports the expiry of the key, once', async () => {
				await this.#poll();
				const problem = await this.#came(['keyExpires 20']);
				if (problem) return problem;
				await this.#poll();
				return await this.#came([]);
			}),
			await check(
				'a viewer is added, one is changed and one removed, and permissions change: exactly these items',
				async () => {
					const added = await add('new.person@example.com');
					await this.#send('PATCH', `${viewers}/${first}`, { page_access_user: { email: 'renamed@example.com' } });
					await this.#send('DELETE', `${viewers}/${second}`);
					const [member = ''] = Object.keys((await simulator.state()).members);
					await this.#send('PUT', `/organizations/${organizationId}/permissions/${member}`, { pages: {} });
					await this.#poll();
					return await this.#came([
						`viewerAdded ${added}`,
						`viewerChanged ${first}`,
						`viewerRemoved ${second}`,
						`permissionChanged ${member}`,
					]);
				},
			),
			await check('another poll without a change starts nothing', async () => {
				await this.#poll();
				return await this.#came([]);
			}),
			await check(
				'n8n restarts with a published workflow: the changes meanwhile are reported at its start',
				async () => {
					await this.#session.publish(ID);
					const before = await this.#came([]);
					if (before) return before;
					await this.stop();
					await this.#send('DELETE', `${viewers}/${third}`);
					const added = await add('meanwhile@example.com');
					await this.start();
					await waitFor('the items of the start', () =>
						this.place.collector.itemsOf(ID).length - this.#items >= 2 ? true : undefined,
					);
					return await this.#came([`viewerRemoved ${third}`, `viewerAdded ${added}`]);
				},
			),
			await check('a second restart reports nothing again', async () => {
				await this.stop();
				await this.start();
				await this.#session.unpublish(ID);
				await this.#poll();
				return await this.#came([]);
			}),
			await check('a page that answers 404 starts no removal', async () => {
				await simulator.fault({ kind: 'status', status: 404, times: 100_000, match: { path: 'page_access_users' } });
				const failed = await this.#session.publish(ID).then(
					() => false,
					() => true,
				);
				await simulator.clearFaults();
				await this.#session.unpublish(ID);
				if (!failed) return 'it was published';
				await this.#poll();
				return await this.#came([]);
			}),
			await check('every request was documented', async () => {
				const problems = (await simulator.log()).flatMap(({ problem }) => problem ?? []);
				return problems.length === 0 ? undefined : problems.join('; ');
			}),
		];
	}
}

/** The mode Access of the polling trigger in a real n8n. */
export async function checkPollingTrigger(host: Host): Promise<Check[]> {
	const simulator = await simulated({ viewers: 250, members: 5, limit: 100_000, windowSeconds: 6 });
	const state = await simulator.state();
	const { page } = choicesIn(state, { credential: CREDENTIAL });
	const collector = await startCollector();
	// A state of an earlier run would be compared with another simulator.
	const n8n = await N8n.fresh(host, 'polling');
	await n8n.importCredential({
		...CREDENTIAL,
		type: 'statuspageApi',
		data: {
			apiKey: 'simulator-key',
			organizationId: state.organizationId,
			baseUrl: simulator.url,
			requestsPerMinute: 100_000,
			readOnly: false,
			rateWindowSeconds: 6,
			// 20 days and a half.
			expiresOn: new Date(Date.now() + 20.5 * 86_400_000).toISOString(),
		},
	});
	await n8n.importWorkflows([workflow(page.id, collector)]);
	const place = {
		n8n,
		simulator,
		collector,
		pageId: page.id,
		organizationId: state.organizationId,
		port: await freePort(),
	};
	const pollingCheck = new PollingCheck(place);
	await pollingCheck.start();
	const checks = await pollingCheck.checks();
	await pollingCheck.stop();
	await collector.stop();
	await simulator.stop();
	return checks;
}
