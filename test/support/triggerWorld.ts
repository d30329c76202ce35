import type { IDataObject } from 'n8n-workflow';
import type { Simulator, SimulatedSubscriber } from './simulator';
import { TriggerHost, type TriggerWorkflow } from './webhookTrigger';
import { locator, worldOf, type World } from './world';

export const ALL_EVENTS = [
	'componentStatusChanged',
	'incidentCreated',
	'incidentResolved',
	'incidentUpdated',
	'maintenanceCompleted',
	'maintenanceScheduled',
	'maintenanceStarted',
	'maintenanceUpdated',
];

/** A simulated page, and an n8n on this machine that gets its posts. */
export class TriggerWorld {
	world!: World;
	readonly host = new TriggerHost();
	#count = 0;
	#resets = 0;

	constructor(readonly simulator: Simulator) {}

	async reset(): Promise<void> {
		await this.simulator.clearFaults();
		// A key that was rate limited waits, also in later tests.
		const apiKey = `key-${++this.#resets}`;
		await this.simulator.reset({
			keys: [this.simulator.key, apiKey],
			limit: 100_000,
			webhookRetryMs: 50,
			webhookFailures: 10,
			webhookShape: 'current',
			webhookOnEdit: 'silent',
			newWebhooks: 'active',
			takenContacts: 'refused',
			componentSubscriptions: 0,
			forbiddenWebhooks: 422,
		});
		this.world = await worldOf(this.simulator);
		this.world.credential.apiKey = apiKey;
		this.host.answers.length = 0;
	}

	/** A workflow with all events, which is not active yet. */
	workflow(parameters: IDataObject = {}, credential = this.world.credential): TriggerWorkflow {
		return this.host.workflow({
			webhookId: `workflow-${++this.#count}`,
			credential,
			parameters: {
				pageId: locator('id', this.world.pageId),
				events: ALL_EVENTS,
				filters: {},
				options: {},
				...parameters,
			},
		});
	}

	async active(parameters?: IDataObject): Promise<TriggerWorkflow> {
		const workflow = this.workflow(parameters);
		await workflow.activate();
		return workflow;
	}

	/** The webhook subscribers with this endpoint, in any state. */
	async rows(endpoint: string, pageId = this.world.pageId): Promise<SimulatedSubscriber[]> {
		const { pages } = await this.simulator.state();
		return Object.values(pages[pageId].subscribers).filter(({ row }) => row.endpoint === endpoint);
	}

	/** Sends a request to the API of the page. */
	async send(method: string, path: string, body?: object): Promise<IDataObject> {
		const answer = await this.simulator.send(method, `/pages/${this.world.pageId}${path}`, { body });
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return answer.status === 204 ? {} : ((await answer.json()) as IDataObject);
	}

	async createIncident(incident: IDataObject = {}): Promise<string> {
		return String((await this.send('POST', '/incidents', { incident: { name: 'Outage', ...incident } })).id);
	}

	async updateIncident(id: string, incident: IDataObject): Promise<void> {
		await this.send('PATCH', `/incidents/${id}`, { incident });
	}

	async setStatus(componentId: string, status: string): Promise<void> {
		await this.send('PATCH', `/components/${componentId}`, { component: { status } });
	}
}
