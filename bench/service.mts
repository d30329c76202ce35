import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fetch } from 'undici';
import { ROOT } from '../scripts/host/install.mts';
import { start } from '../scripts/host/processes.mts';
import type { Fault } from '../simulator/faults.mts';
import type { Options } from '../simulator/options.mts';
import type { PlainRequest } from './limit.mts';

/** State of the simulator as its control API returns it: sets are lists, and maps are objects. */
export interface ServiceState {
	organizationId: string;
	pages: Record<
		string,
		{
			row: { id: string };
			viewers: Record<
				string,
				{ id: string; email: string; external_login: string | null; groupIds: string[]; componentIds: string[] }
			>;
			groups: Record<string, { id: string; viewerIds: string[] }>;
			components: Record<string, { id: string; group: boolean }>;
		}
	>;
	members: Record<string, { row: { id: string }; permissions: Record<string, Record<string, boolean>> }>;
}

/** The fields of a logged request that the benchmark reads. */
export interface LoggedRequest {
	/** Milliseconds since the simulator was reset. */
	at: number;
	isRejected: boolean;
}

/** The simulator in its own process, so its CPU time isn't measured. */
export class Service {
	#resetAt = 0;

	private constructor(readonly url: string) {}

	/** When the simulator was reset, as a timestamp. The times in its log are relative to it, to a few milliseconds. */
	get resetAt(): number {
		return this.#resetAt;
	}

	static async start(): Promise<Service> {
		const child = start(
			process.execPath,
			['--import', 'tsx', join(ROOT, 'simulator', 'cli.mts'), '--exit-with-parent', '--port', '0'],
			{
				cwd: ROOT,
				stdio: ['pipe', 'pipe', 'inherit'],
			},
		);
		if (!child.stdout) throw new Error('The standard output of the simulator is not available');
		for await (const line of createInterface({ input: child.stdout })) {
			const url = /http:\S+/.exec(line)?.[0];
			if (url) return new Service(url);
		}
		const [code] = (await once(child, 'exit')) as [number];
		throw new Error(`The simulator did not start (code ${code})`);
	}

	/** Resets the page, the rate limit window and the log. */
	async reset(options: Partial<Options>): Promise<void> {
		await this.#control('POST', 'reset', options);
		this.#resetAt = Date.now();
	}

	async state(): Promise<ServiceState> {
		return (await this.#control('GET', 'state')) as ServiceState;
	}

	async log(): Promise<LoggedRequest[]> {
		return (await this.#control('GET', 'log')) as LoggedRequest[];
	}

	/** Sends requests of the API one after the other, and clears the log. */
	async setUp(requests: PlainRequest[]): Promise<void> {
		for (const { method, path, body } of requests)
			await this.#send(method, `${this.url}${path}`, body, { Authorization: 'OAuth simulator-key' });
		await this.#control('DELETE', 'log');
	}

	async addFault(fault: Fault): Promise<void> {
		await this.#control('POST', 'faults', fault);
	}

	async #control(method: string, name: string, body?: object): Promise<unknown> {
		return await this.#send(method, this.url.replace(/v1$/, `_simulator/${name}`), body);
	}

	async #send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
		const answer = await fetch(url, {
			method,
			headers: { ...headers, ...(body ? { 'Content-Type': 'application/json' } : {}) },
			body: body ? JSON.stringify(body) : undefined,
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${method} ${url}: ${text}`);
		return text === '' ? undefined : JSON.parse(text);
	}
}

/** The first page, which has the viewers. */
export const mainPage = ({ pages }: ServiceState) => Object.values(pages)[0] as ServiceState['pages'][string];
