/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWebhookData,
	type IWebhookFunctions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { pageMemory } from '../../nodes/services/statuspage/webhooks/pageMemory';
import { StatuspageTrigger } from '../../nodes/StatuspageTrigger/StatuspageTrigger.node';
import { additionalDataFor, type Credential } from './engine';

const trigger = new StatuspageTrigger();
const nodeTypes: INodeTypes = {
	getByName: () => trigger,
	getByNameAndVersion: () => NodeHelpers.getVersionedNodeType(trigger),
	getKnownTypes: () => ({}),
};

export interface PostAnswer {
	status: number;
	body: unknown;
}

export interface TriggerSettings {
	/** Part of the URL of the workflow. */
	webhookId: string;
	credential: Credential;
	parameters: IDataObject;
}

/** A workflow with the trigger in an n8n. It keeps its static data as n8n does: read for each post, and saved after it. */
export class TriggerWorkflow {
	/** As in the database. */
	saved = '{}';
	/** The items of each run. */
	readonly runs: IDataObject[][] = [];
	/** Warnings in the log of n8n. */
	readonly warnings: string[] = [];
	isActive = false;

	constructor(
		private readonly host: TriggerHost,
		readonly settings: TriggerSettings,
	) {}

	get url(): string {
		return `${this.host.url}/webhook/${this.settings.webhookId}/statuspage`;
	}

	/** All items of all runs. */
	get items(): IDataObject[] {
		return this.runs.flat();
	}

	/** The names of the events, in the order of the items. */
	get events(): unknown[] {
		return this.items.map(({ event }) => event);
	}

	/** Publishes the workflow. As in n8n, `delete` is called after a failure. */
	async activate(): Promise<void> {
		const workflow = this.#workflow();
		const methods = trigger.webhookMethods.default;
		// n8n knows the URL before the activation is done.
		this.isActive = true;
		try {
			const exists = await methods.checkExists.call(this.#hook(workflow));
			if (!exists) await methods.create.call(this.#hook(workflow));
		} catch (error) {
			this.isActive = false;
			await methods.delete.call(this.#hook(workflow));
			throw error;
		} finally {
			this.#save(workflow);
		}
	}

	/** Unpublishes the workflow. */
	async deactivate(): Promise<void> {
		const workflow = this.#workflow();
		this.isActive = false;
		await trigger.webhookMethods.default.delete.call(this.#hook(workflow));
		this.#save(workflow);
	}

	/** Ends the process of n8n and starts it again. No webhook method is called. */
	restart(): void {
		pageMemory.forget(this.url);
	}

	/** Processes one post, as n8n does. */
	async post(body: Buffer, headers: IDataObject = {}): Promise<PostAnswer> {
		if (!this.isActive) return { status: 404, body: { message: 'The requested webhook is not registered' } };
		let parsed: IDataObject;
		try {
			parsed = JSON.parse(body.toString()) as IDataObject;
		} catch {
			return { status: 422, body: { message: 'Failed to parse request body' } };
		}
		const staticData = JSON.parse(this.saved) as IDataObject;
		const workflow = this.#workflow(staticData);
		const answer: PostAnswer = { status: 200, body: undefined };
		const response = {
			status(code: number) {
				answer.status = code;
				return response;
			},
			json(content: unknown) {
				answer.body = content;
				return response;
			},
		};
		const additionalData = {
			...this.#additionalData(),
			httpRequest: { body: parsed, rawBody: body, headers, method: 'POST', params: {}, query: {} },
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const node = workflow.getNode('Trigger') as INode;
		const context = new WebhookContext(workflow, node, additionalData, 'webhook', {} as IWebhookData, [], null);
		this.#watchLog(context);
		const result = await trigger.webhook.call(context as IWebhookFunctions);
		if (result.workflowData) this.runs.push((result.workflowData[0] ?? []).map(({ json }) => json));
		if (!result.noWebhookResponse && result.workflowData) {
			// n8n 2.41.1 starts the workflow before it saves, and makes another object from the same data, which is then unchanged.
			this.#workflow(staticData);
			answer.body = result.webhookResponse;
		}
		this.#save(workflow);
		return answer;
	}

	#workflow(staticData = JSON.parse(this.saved) as IDataObject): Workflow {
		const { webhookId, parameters } = this.settings;
		const node: INode = {
			id: 'node',
			name: 'Trigger',
			type: 'n8n-nodes-statuspage.statuspageTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId,
			parameters: parameters as INodeParameters,
			credentials: { statuspageApi: { id: '1', name: 'Statuspage' } },
		};
		return new Workflow({
			id: webhookId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			settings: {},
			staticData,
		});
	}

	#additionalData(): IWorkflowExecuteAdditionalData {
		const { url } = this.host;
		return {
			...additionalDataFor('statuspage', this.settings.credential),
			webhookBaseUrl: `${url}/webhook`,
			webhookTestBaseUrl: `${url}/webhook-test`,
		};
	}

	#hook(workflow: Workflow): HookContext {
		const node = workflow.getNode('Trigger') as INode;
		const context = new HookContext(workflow, node, this.#additionalData(), 'trigger', 'activate', {} as IWebhookData);
		this.#watchLog(context);
		return context;
	}

	#watchLog(context: object): void {
		Object.defineProperty(context, 'logger', {
			value: { warn: (text: string) => void this.warnings.push(text), info() {}, debug() {}, error() {} },
		});
	}

	#save(workflow: Workflow): void {
		if ((workflow.staticData as { __dataChanged?: boolean }).__dataChanged)
			this.saved = JSON.stringify(workflow.staticData);
	}
}

/** Receives posts on this machine for workflows with the trigger. */
export class TriggerHost {
	readonly #workflows = new Map<string, TriggerWorkflow>();
	#server?: Server;
	url = '';
	/** Status codes of the answers, in their order. */
	readonly answers: number[] = [];

	async start(): Promise<void> {
		this.#server = createServer((request, response) => void this.#receive(request, response));
		await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve));
	}

	/** A workflow that is not active yet. */
	workflow(settings: TriggerSettings): TriggerWorkflow {
		const workflow = new TriggerWorkflow(this, settings);
		this.#workflows.set(settings.webhookId, workflow);
		return workflow;
	}

	async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const id = /^\/webhook\/([^/]+)\/statuspage$/.exec(request.url ?? '')?.[1] ?? '';
		let answer: PostAnswer = { status: 404, body: {} };
		try {
			answer = (await this.#workflows.get(id)?.post(Buffer.concat(chunks), request.headers as IDataObject)) ?? answer;
		} catch (error) {
			answer = { status: 500, body: { message: (error as Error).message } };
		}
		this.answers.push(answer.status);
		response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
	}
}
