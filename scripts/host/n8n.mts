import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fetch } from 'undici';
import { HOST, ROOT, type Host } from './install.mts';
import { outputOf } from './outputOf.mts';
import { end, mustRun, run, start } from './processes.mts';
import { waitUntilReady } from './waitUntilReady.mts';

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion?: number;
	/** Whether to run only for the first item. */
	executeOnce?: boolean;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface Workflow {
	id: string;
	name: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: object;
	settings: object;
	/** Outputs by node, which a run from the editor uses instead of running these nodes. */
	pinData?: Record<string, Array<{ json: object }>>;
}

/** Result of one node in an execution. */
export interface NodeRun {
	startTime: number;
	executionTime: number;
	executionStatus: string;
	error?: { message: string; description?: string };
	hints?: Array<{ message: string }>;
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

export interface Execution {
	runData: Record<string, NodeRun[]>;
	error?: { message: string; description?: string };
}

/** A server process of n8n. */
export interface RunningN8n {
	url: string;
	/** The newest part of its log. */
	log: () => string;
	/** Ends the process properly, and waits for it. */
	stop: () => Promise<void>;
}

/** A worker process of queue mode. */
export interface Worker {
	/** Whether this worker took the execution from the queue. */
	hasStarted: (executionId: string) => boolean;
	isRunning: () => boolean;
	/** Kills the process and its child processes with SIGKILL. */
	kill: () => Promise<void>;
}

/** Returns a port that is currently unused. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

export async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** An n8n instance with its own data folder and with this package linked into it. */
export class N8n {
	private constructor(
		private readonly host: Host,
		/** n8n's user folder. */
		readonly folder: string,
		private readonly env: NodeJS.ProcessEnv,
	) {}

	/** An instance without data of an earlier run. What a trigger knew would otherwise change what it reports. */
	static async fresh(host: Host, name: string): Promise<N8n> {
		await rm(join(HOST, name), { recursive: true, force: true });
		return await N8n.in(host, name);
	}

	/** @param more additional variables for all its processes */
	static async in(host: Host, name: string, more: NodeJS.ProcessEnv = {}): Promise<N8n> {
		const folder = join(HOST, name);
		const installed = join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-statuspage');
		await rm(installed, { recursive: true, force: true });
		await mkdir(installed, { recursive: true });
		// The files that npm would install. With a link to the whole project, the build would search for icons in an endless loop.
		for (const file of ['package.json', 'index.js']) await copyFile(join(ROOT, file), join(installed, file));
		await symlink(join(ROOT, 'dist'), join(installed, 'dist'), 'junction');
		const env: NodeJS.ProcessEnv = {
			...host.env,
			N8N_USER_FOLDER: folder,
			N8N_ENCRYPTION_KEY: 'local-trial',
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_SECURE_COOKIE: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			// n8n prints the result of `execute` at log level 'info'.
			N8N_LOG_LEVEL: 'info',
			...more,
		};
		return new N8n(host, folder, env);
	}

	/** Imports credentials. The file with the plain-text keys is deleted as soon as n8n has read it. */
	async importCredential(...credentials: Credential[]): Promise<void> {
		await this.#import('credentials', credentials);
	}

	async importWorkflows(workflows: Workflow[]): Promise<void> {
		await this.#import('workflow', workflows);
	}

	/**
	 * Runs a workflow in its own process and waits until it ends.
	 *
	 * @param onStart receives the process ID
	 * @param env additional variables for this process
	 * @throws with n8n's output if there is no result
	 */
	async execute(
		id: string,
		label: string,
		onStart?: (pid: number | undefined) => void,
		env: NodeJS.ProcessEnv = {},
	): Promise<Execution> {
		const path = join(this.folder, `execution-${id}.json`);
		const file = await open(path, 'w');
		try {
			const args = [this.host.n8n, 'execute', `--id=${id}`, '--rawOutput'];
			const { code, stderr } = await run(
				label,
				this.host.node,
				args,
				{ env: { ...this.env, ...env } },
				{ stdoutFile: file.fd, onStart },
			);
			const output = await readFile(path, 'utf8');
			const json = /^\{$[\s\S]*^\}$/m.exec(output)?.[0];
			if (json === undefined)
				throw new Error(
					`n8n did not complete the workflow (exit code ${code}):\n${`${output}\n${stderr}`.trim().slice(-3000)}`,
				);
			const { data } = JSON.parse(json) as { data: { resultData: Execution } };
			return data.resultData;
		} finally {
			await file.close();
			await rm(path, { force: true });
		}
	}

	/** Publishes a workflow. Its triggers become active at the next start of n8n. */
	async publish(id: string): Promise<void> {
		await mustRun('Publishing a workflow', this.host.node, [this.host.n8n, 'publish:workflow', `--id=${id}`], {
			env: this.env,
		});
	}

	/** Starts the editor, waits until it is ready, and returns its URL. */
	async serve(port: number): Promise<string> {
		return (await this.run(port)).url;
	}

	/** The same, for an n8n that is stopped before the script ends. */
	async run(port: number): Promise<RunningN8n> {
		const { child, output } = await this.#startServer(['start'], port, { N8N_PORT: String(port) });
		return {
			url: `http://127.0.0.1:${port}`,
			log: output,
			async stop() {
				const exit = once(child, 'exit');
				end(child, 'SIGTERM');
				await exit;
			},
		};
	}

	/**
	 * Starts a worker for queue mode, and waits until it is ready.
	 *
	 * @param concurrency maximum number of executions at the same time
	 */
	async work(concurrency: number): Promise<Worker> {
		const port = await freePort();
		const { child, output } = await this.#startServer(['worker', `--concurrency=${concurrency}`], port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
		return {
			hasStarted: (id) => output().includes(`started execution ${id} `),
			isRunning: () => child.exitCode === null && child.signalCode === null,
			async kill() {
				const exit = once(child, 'exit');
				end(child, 'SIGKILL');
				await exit;
			},
		};
	}

	/** Creates the owner account that n8n asks for at its first start. */
	async setUpOwner(url: string, owner: { email: string; password: string }): Promise<void> {
		await fetch(`${url}/rest/owner/setup`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...owner, firstName: 'Statuspage', lastName: 'Admin' }),
		});
	}

	/** Deletes the data folder of this n8n instance. */
	async forget(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}

	/** Starts a process of n8n that answers requests at this port. */
	async #startServer(
		args: string[],
		port: number,
		env: NodeJS.ProcessEnv,
	): Promise<{ child: ChildProcess; output: () => string }> {
		const child = start(this.host.node, [this.host.n8n, ...args], {
			env: { ...this.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const output = outputOf(child);
		const isReady = async () =>
			(await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => undefined))?.ok === true;
		await waitUntilReady('n8n', child, isReady, output);
		return { child, output };
	}

	async #import(kind: 'credentials' | 'workflow', objects: object[]): Promise<void> {
		const file = join(this.folder, `import-${kind}.json`);
		await writeFile(file, JSON.stringify(objects), { mode: 0o600 });
		try {
			await mustRun(
				`Importing ${kind} into n8n`,
				this.host.node,
				[this.host.n8n, `import:${kind}`, `--input=${file}`],
				{
					env: this.env,
				},
			);
		} finally {
			await rm(file, { force: true });
		}
	}
}
