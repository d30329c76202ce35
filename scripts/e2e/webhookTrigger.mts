import { setTimeout as sleep } from 'node:timers/promises';
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
const FIRST = 'trigger-first';
const SECOND = 'trigger-second';
/** Long enough for a post that must not start anything. */
const QUIET_MS = 1500;

function workflow(id: string, pageId: string, events: string[], collector: Collector): Workflow {
	const trigger = {
		type: 'n8n-nodes-statuspage.statuspageTrigger',
		webhookId: id,
		parameters: { pageId: { __rl: true, mode: 'id', value: pageId }, events, filters: {}, options: {} },
		credentials: { statuspageApi: CREDENTIAL },
	};
	return collectingWorkflow(id, trigger, collector);
}

interface Place {
	n8n: N8n;
	simulator: Simulated;
	collector: Collector;
	pageId: string;
	componentId: string;
	port: number;
}

class TriggerCheck {
	#running!: RunningN8n;
	#session!: Session;

	constructor(private readonly place: Place) {}

	async start(): Promise<void> {
		this.#running = await this.place.n8n.run(this.place.port);
		await this.place.n8n.setUpOwner(this.#running.url, OWNER);
		this.#session = await logIn(this.#running.url, OWNER);
	}

	async stop(): Promise<void> {
		await this.#running.stop();
	}

	async #rows(id: string, path = 'webhook'): Promise<Array<{ row: { id: string }; state: string }>> {
		const { simulator, pageId } = this.place;
		const { subscribers = {} } = (await simulator.state()).pages[pageId] ?? {};
		return Object.values(subscribers).filter(({ row }) => row.endpoint?.endsWith(`/${path}/${id}/statuspage`));
	}

	#told(id: string): string[] {
		return this.place.collector
			.itemsOf(id)
			.map(({ event, oldStatus, newStatus }) => `${String(event)} ${String(oldStatus)} ${String(newStatus)}`);
	}

	async #api(method: string, path: string, body: object): Promise<Record<string, unknown>> {
		return await this.place.simulator.send(method, `/pages/${this.place.pageId}${path}`, body);
	}

	/** Waits until all posts were answered, and the workflows had time to run. */
	async #settle(): Promise<void> {
		await waitFor('the answers to all posts', async () =>
			(await this.place.simulator.posts()).every(({ state }) => state !== 'pending') ? true : undefined,
		);
		await sleep(QUIET_MS);
	}

	async #incidentLife(): Promise<void> {
		const { id } = await this.#api('POST', '/incidents', { incident: { name: 'Outage', body: 'We look' } });
		await this.#settle();
		for (const status of ['identified', 'resolved']) {
			await this.#api('PATCH', `/incidents/${String(id)}`, { incident: { status, body: status } });
			await this.#settle();
		}
	}

	async #setStatus(status: string): Promise<void> {
		await this.#api('PATCH', `/components/${this.place.componentId}`, { component: { status } });
		await this.#settle();
	}

	/** The problem if a workflow told something else. */
	#differs(id: string, expected: string[]): string | undefined {
		const told = this.#told(id);
		return told.join() === expected.join() ? undefined : `told: ${told.join(' | ')}`;
	}

	async checks(): Promise<Check[]> {
		const life = [
			'incidentCreated null investigating',
			'incidentUpdated investigating identified',
			'incidentResolved identified resolved',
		];
		const component = [
			'componentStatusChanged operational major_outage',
			'componentStatusChanged major_outage operational',
		];
		const first = [...life, ...component];
		return [
			await check(
				'activation makes one subscriber, and a second activation or another workflow no second one',
				async () => {
					await this.#session.publish(FIRST);
					await this.#session.publish(SECOND);
					await this.#session.unpublish(SECOND);
					await this.#session.publish(SECOND);
					const counts = [(await this.#rows(FIRST)).length, (await this.#rows(SECOND)).length];
					return counts.join() === '1,1' ? undefined : `${counts.join(' and ')} subscribers`;
				},
			),
			await check(
				'an incident is created, updated and resolved, a component goes down and up: exactly the chosen events ran',
				async () => {
					await this.#incidentLife();
					await this.#setStatus('major_outage');
					await this.#setStatus('operational');
					return this.#differs(FIRST, first) ?? this.#differs(SECOND, ['incidentResolved identified resolved']);
				},
			),
			await check('replayed, forged, foreign and broken posts start nothing', async () => {
				const { simulator, pageId, port } = this.place;
				for (const { n } of await simulator.posts()) await simulator.replay(n);
				const url = `http://127.0.0.1:${port}/webhook/${FIRST}/statuspage`;
				const incident = { id: 'forged000001', name: 'Forged', status: 'investigating', incident_updates: [] };
				const answers: Array<number | null> = [];
				for (const body of [
					{ page: { id: pageId }, incident },
					{ page: { id: 'another00001' }, incident },
					[],
					'{"broken"',
					{ page: { id: pageId }, incident, padding: 'x'.repeat(2 ** 20) },
				])
					answers.push((await simulator.post(url, body)).status);
				await this.#settle();
				if (answers.join() !== '200,400,400,422,413') return `answered ${answers.join()}`;
				return this.#differs(FIRST, first);
			}),
			await check('a post while the API answers 503 arrives later, once', async () => {
				const { simulator, collector } = this.place;
				await simulator.fault({
					kind: 'status',
					status: 503,
					times: 100_000,
					match: { method: 'GET', path: '/incidents/' },
				});
				const before = collector.itemsOf(FIRST).length;
				const posted = (await simulator.posts()).length;
				await this.#api('POST', '/incidents', { incident: { name: 'Late' } });
				await waitFor('an answer with 503', async () => {
					const fresh = (await simulator.posts()).slice(posted);
					return fresh.some(({ attempts }) => attempts.some(({ status }) => status === 503)) ? true : undefined;
				});
				if (collector.itemsOf(FIRST).length > before) return 'it started before it was verified';
				await simulator.clearFaults();
				await this.#settle();
				return this.#differs(FIRST, [...first, life[0] ?? '']);
			}),
			await check('a restart of n8n keeps the subscriber and what is known', async () => {
				const before = this.#told(FIRST);
				const [row] = await this.#rows(FIRST);
				await this.stop();
				await this.start();
				const posts = await this.place.simulator.posts();
				for (const { n } of posts) await this.place.simulator.replay(n);
				await this.#incidentLife();
				const [now, ...others] = await this.#rows(FIRST);
				if (others.length > 0 || now?.row.id !== row?.row.id) return 'there is another subscriber';
				return this.#differs(FIRST, [...before, ...life]);
			}),
			await check('a changed parameter of a published workflow keeps one subscriber', async () => {
				await this.#session.change(SECOND, ({ nodes }) => {
					const [trigger] = nodes as Array<{ parameters: { events: string[] } }>;
					if (trigger) trigger.parameters.events = ['incidentCreated'];
				});
				await this.#session.publish(SECOND);
				const before = this.#told(SECOND);
				await this.#incidentLife();
				const { length } = await this.#rows(SECOND);
				if (length !== 1) return `${length} subscribers`;
				return this.#differs(SECOND, [...before, life[0] ?? '']);
			}),
			await check(
				'deactivation while the service is down: the log names the row, posts start nothing, and the next activation reuses it',
				async () => {
					const { simulator } = this.place;
					await simulator.fault({ kind: 'resetBefore', times: 100_000, match: { path: '/subscribers' } });
					await this.#session.unpublish(FIRST);
					await simulator.clearFaults();
					const [row] = await this.#rows(FIRST);
					if (!row) return 'the row is gone';
					if (!this.#running.log().includes(`the webhook subscriber ${row.row.id}`)) return 'the log does not name it';
					const before = this.#told(FIRST);
					await this.#api('POST', '/incidents', { incident: { name: 'Unheard' } });
					await sleep(QUIET_MS);
					const problem = this.#differs(FIRST, before);
					if (problem) return problem;
					await this.#session.publish(FIRST);
					const rows = await this.#rows(FIRST);
					if (rows.length !== 1 || rows[0]?.state !== 'active') return `${rows.length} rows`;
					return undefined;
				},
			),
			await check('a test event has a subscriber of its own, which is gone afterwards', async () => {
				await this.#session.listen(FIRST, 'Trigger');
				const { length } = await this.#rows(FIRST, 'webhook-test');
				if (length !== 1) return `${length} subscribers`;
				const before = this.#told(FIRST).length;
				await this.#setStatus('partial_outage');
				const told = this.#told(FIRST).slice(before);
				// The published workflow and the test.
				if (told.length !== 2 || new Set(told).size !== 1) return `told: ${told.join(' | ')}`;
				const left = await this.#rows(FIRST, 'webhook-test');
				return left.length === 0 ? undefined : 'the test subscriber is left';
			}),
			await check('deactivation removes the subscribers', async () => {
				await this.#session.unpublish(FIRST);
				await this.#session.unpublish(SECOND);
				const { length } = [...(await this.#rows(FIRST)), ...(await this.#rows(SECOND))];
				return length === 0 ? undefined : `${length} are left`;
			}),
			await check('every request was documented', async () => {
				const problems = (await this.place.simulator.log()).flatMap(({ problem }) => problem ?? []);
				return problems.length === 0 ? undefined : problems.join('; ');
			}),
		];
	}
}

/** The webhook trigger in a real n8n, with posts from the simulator. */
export async function checkWebhookTrigger(host: Host): Promise<Check[]> {
	const simulator = await simulated({
		viewers: 5,
		limit: 100_000,
		windowSeconds: 6,
		webhookRetryMs: 500,
		webhookFailures: 100,
	});
	const state = await simulator.state();
	const { page } = choicesIn(state, { credential: CREDENTIAL });
	const component = Object.values(state.pages[page.id]?.components ?? {}).find(({ group }) => !group);
	const collector = await startCollector();
	const n8n = await N8n.fresh(host, 'triggers');
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
		},
	});
	const events = ['incidentCreated', 'incidentUpdated', 'incidentResolved', 'componentStatusChanged'];
	await n8n.importWorkflows([
		workflow(FIRST, page.id, events, collector),
		workflow(SECOND, page.id, ['incidentResolved'], collector),
	]);
	const place = {
		n8n,
		simulator,
		collector,
		pageId: page.id,
		componentId: component?.id ?? '',
		port: await freePort(),
	};
	const triggerCheck = new TriggerCheck(place);
	await triggerCheck.start();
	const checks = await triggerCheck.checks();
	await triggerCheck.stop();
	await collector.stop();
	await simulator.stop();
	return checks;
}
