import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fetch } from 'undici';
import { ROOT } from '../scripts/host/install.mts';
import { start } from '../scripts/host/processes.mts';
import type { Options } from '../simulator/options.mts';

/** State of the simulator as its control API returns it: sets are lists, and maps are objects. */
export interface ServiceState {
	organizationId: string;
	pages: Record<
		string,
		{
			row: { id: string };
			viewers: Record<string, { id: string; email: string; external_login: string | null; groupIds: string[] }>;
			groups: Record<string, { id: string; viewerIds: string[] }>;
		}
	>;
	members: Record<string, { row: { id: string }; permissions: Record<string, Record<string, boolean>> }>;
}

export interface ServiceStats {
	requests: number;
	rejections: number;
	problems: number;
}

/** The fields of a logged request that the benchmark reads. */
export interface LoggedRequest {
	/** Milliseconds since the simulator was reset. */
	at: number;
	isRejected: boolean;
}

/** The simulator in its own process, so its CPU time isn't measured. */
export class Service {
	private constructor(readonly url: string) {}

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
	}

	async state(): Promise<ServiceState> {
		return (await this.#control('GET', 'state')) as ServiceState;
	}

	async stats(): Promise<ServiceStats> {
		return (await this.#control('GET', 'stats')) as ServiceStats;
	}

	async log(): Promise<LoggedRequest[]> {
		return (await this.#control('GET', 'log')) as LoggedRequest[];
	}

	async #control(method: string, name: string, body?: object): Promise<unknown> {
		const answer = await fetch(this.url.replace(/v1$/, `_simulator/${name}`), {
			method,
			headers: body ? { 'Content-Type': 'application/json' } : {},
			body: body ? JSON.stringify(body) : undefined,
		});
		if (!answer.ok)
			throw new Error(`The simulator answered ${answer.status} to ${method} ${name}: ${await answer.text()}`);
		return await answer.json();
	}
}
