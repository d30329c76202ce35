import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';

/** A tool as an MCP server lists it. */
export interface McpTool {
	name: string;
	description: string;
	inputSchema: { properties?: Record<string, unknown>; required?: string[] };
}

interface Answer {
	result?: unknown;
	error?: { message: string };
}

interface ToolAnswer {
	content: Array<{ type: string; text: string }>;
	isError?: boolean;
}

/** The last JSON message of an answer, which is JSON or a stream of events. */
function messageIn(text: string): Answer {
	const data = text
		.split('\n')
		.filter((line) => line.startsWith('data:'))
		.map((line) => line.slice(5));
	return JSON.parse(data.at(-1) ?? text) as Answer;
}

/** A client of n8n's MCP Server Trigger. */
export class McpClient {
	#session: string | undefined;
	#id = 0;

	private constructor(
		private readonly url: string,
		private readonly token: string,
	) {}

	/** @throws Error with the status when the server rejects the client */
	static async connect(url: string, token: string): Promise<McpClient> {
		const client = new McpClient(url, token);
		await client.#request('initialize', {
			protocolVersion: '2025-06-18',
			capabilities: {},
			clientInfo: { name: 'e2e', version: '1' },
		});
		await client.#send({ jsonrpc: '2.0', method: 'notifications/initialized' });
		return client;
	}

	async tools(): Promise<McpTool[]> {
		return ((await this.#request('tools/list', {})) as { tools: McpTool[] }).tools;
	}

	/** The text that the model gets. */
	async call(name: string, given: object): Promise<string> {
		const { content } = (await this.#request('tools/call', { name, arguments: given })) as ToolAnswer;
		return content.map(({ text }) => text).join('\n');
	}

	async #request(method: string, params: object): Promise<unknown> {
		const text = await this.#send({ jsonrpc: '2.0', id: ++this.#id, method, params });
		const { result, error } = messageIn(text);
		if (error) throw new Error(`${method}: ${error.message}`);
		return result;
	}

	async #send(message: object, triesLeft = 100): Promise<string> {
		const answer = await fetch(this.url, {
			method: 'POST',
			headers: {
				'Content-Type': 'application/json',
				Accept: 'application/json, text/event-stream',
				Authorization: `Bearer ${this.token}`,
				...(this.#session ? { 'Mcp-Session-Id': this.#session } : {}),
			},
			body: JSON.stringify(message),
		});
		const text = await answer.text();
		// n8n may still register its webhooks.
		if (answer.status === 404 && triesLeft > 0) {
			await sleep(100);
			return await this.#send(message, triesLeft - 1);
		}
		if (!answer.ok) throw new Error(`The MCP server answered ${answer.status}: ${text.slice(0, 200)}`);
		this.#session ??= answer.headers.get('mcp-session-id') ?? undefined;
		return text;
	}
}
