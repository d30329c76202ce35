/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { TriggerWorkflow, type PostAnswer, type TriggerSettings } from './webhookTrigger';

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
