import 'reflect-metadata';
import { PollContext } from 'n8n-core';
import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import { Workflow, type IDataObject, type INode, type INodeParameters, type INodeTypes } from 'n8n-workflow';
import { StatuspagePollingTrigger } from '../../nodes/StatuspagePollingTrigger/StatuspagePollingTrigger.node';
import { forgetAccessWatches } from '../../nodes/services/statuspage/accessWatch/accessWatches';
import { feedMemory } from '../../nodes/services/statuspage/pageWatch/feedMemory';
import { additionalDataFor, type Credential } from './engine';

const type = new StatuspagePollingTrigger();
// n8n adds this field to all polling triggers when it loads them.
type.description.properties.unshift(...commonPollingParameters);
const nodeTypes: INodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };

type StaticData = Record<string, IDataObject>;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A published workflow with one polling trigger, as n8n's in-memory scheduler runs it. */
export class PollingWorkflow {
	/** In the database. */
	saved: StaticData = {};
	warnings: string[] = [];
	/** Runs before each request. Receives its URL. */
	before: (url: string) => Promise<void> = async () => {};
	/** n8n's durable scheduler runs the polls: each has a budget in milliseconds, and begins with the saved state. */
	budgetMs?: number;
	#workflow: Workflow;
	#activation: 'activate' | 'init' = 'activate';

	constructor(
		public credential: Credential,
		public parameters: IDataObject,
		private readonly id = 'workflow',
	) {
		this.#workflow = this.#load();
	}

	#load(): Workflow {
		const node: INode = {
			id: 'node',
			name: 'Trigger',
			type: 'n8n-nodes-statuspage.statuspagePollingTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...this.parameters } as INodeParameters,
			credentials: { statuspageApi: { id: '1', name: 'Statuspage' } },
		};
		return new Workflow({
			id: this.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			settings: {},
			staticData: copy(this.saved),
		});
	}

	/** The static data in n8n's memory. */
	get memory(): StaticData {
		return copy(this.#workflow.staticData as StaticData);
	}

	async #run(mode: 'trigger' | 'manual', isSaved: boolean): Promise<IDataObject[] | null> {
		const node = this.#workflow.getNode('Trigger') as INode;
		const additionalData = additionalDataFor('statuspage', this.credential);
		const activation = mode === 'manual' ? 'manual' : this.#activation;
		const context = new PollContext(this.#workflow, node, additionalData, mode, activation);
		const send = context.helpers.httpRequestWithAuthentication;
		context.helpers.httpRequestWithAuthentication = async function (credentialType, options, more) {
			await before(String(options.url));
			return await send.call(this, credentialType, options, more);
		};
		const before = async (url: string) => await this.before(url);
		if (this.budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => this.budgetMs });
		Object.defineProperty(context, 'logger', { value: { warn: (text: string) => this.warnings.push(text) } });
		const output = await type.poll.call(context);
		if (mode === 'trigger' && (output !== null || isSaved)) this.saved = this.memory;
		return output && output[0].map(({ json }) => json);
	}

	/** One poll by n8n's schedule. Its state is saved only with items. */
	async poll(): Promise<IDataObject[]> {
		if (this.budgetMs !== undefined) this.#workflow = this.#load();
		return (await this.#run('trigger', false)) ?? [];
	}

	/** Publishes the workflow, again or for the first time. The state of its poll is saved. */
	async publish(
		parameters: IDataObject = this.parameters,
		credential: Credential = this.credential,
	): Promise<IDataObject[]> {
		Object.assign(this, { parameters, credential });
		this.#workflow = this.#load();
		this.#activation = 'activate';
		return (await this.#run('trigger', true)) ?? [];
	}

	/** n8n ends, and starts again with what it saved. The poll at its start is saved. */
	async restart(): Promise<IDataObject[]> {
		forgetAccessWatches();
		feedMemory.clear();
		this.#workflow = this.#load();
		this.#activation = 'init';
		return (await this.#run('trigger', true)) ?? [];
	}

	/** A run in the editor. */
	async sample(): Promise<IDataObject[]> {
		const workflow = this.#workflow;
		this.#workflow = this.#load();
		try {
			return (await this.#run('manual', false)) ?? [];
		} finally {
			this.#workflow = workflow;
		}
	}
}
