/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fetch, type Response } from 'undici';

const ROOT = join(__dirname, '..', '..');

/** Same as in simulator/log.mts, which is an ES module that CommonJS tests can't import. */
export interface LogEntry {
	n: number;
	at: number;
	service: 'statuspage' | 'scim';
	method: string;
	path: string;
	query: Record<string, string>;
	authorization?: string;
	contentType?: string;
	body?: unknown;
	status: number;
	isRejected: boolean;
	fault?: string;
	problem?: string;
}

/** A request to a public page. */
export interface PublicLogEntry {
	subdomain: string;
	/** Path below /api/v2, e.g. summary.json. */
	feed: string;
	method: string;
	headers: Record<string, string>;
	status: number;
	problem?: string;
}

/** What answers instead of a public page. See simulator/statuspage/publicStandIns.mts. */
export interface StandIn {
	subdomain: string;
	kind: string;
	feed?: string;
	times?: number;
	location?: string;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	drop?: string[];
	set?: Record<string, unknown>;
}

export interface Stats {
	requests: number;
	rejections: number;
	faults: number;
	problems: number;
	maxInWindow: number;
}

export interface SimulatedViewer {
	id: string;
	email: string;
	external_login: string | null;
	groupIds: string[];
	componentIds: string[];
	metricIds: string[];
}

export interface SimulatedGroup {
	id: string;
	name: string;
	external_identifier: string | null;
	viewerIds: string[];
	componentIds: string[];
	metricIds: string[];
}

export interface SimulatedComponent {
	id: string;
	name: string;
	group: boolean;
	group_id: string | null;
	status: string;
	description: string | null;
}

export interface SimulatedIncident {
	row: { id: string; name: string; status: string; metadata: unknown; [name: string]: unknown };
	/** Newest first. */
	updates: Array<{ id: string; status: string; body: string; deliver_notifications: boolean; [name: string]: unknown }>;
	componentIds: string[];
	postmortem?: SimulatedPostmortem;
	subscribers: Record<string, SimulatedSubscriber>;
}

export interface SimulatedPostmortem {
	body: string | null;
	body_draft: string | null;
	published_at: string | null;
	notify_subscribers: boolean;
	notify_twitter: boolean;
	custom_tweet: string | null;
	[name: string]: unknown;
}

export interface SimulatedTemplate {
	id: string;
	name: string;
	title: string;
	body: string;
	[name: string]: unknown;
}

export interface SimulatedSubscriber {
	row: { id: string; mode: string; email?: string; components?: string[]; [name: string]: unknown };
	state: string;
	/** Number of confirmations that were sent again. */
	confirmations?: number;
}

export interface SimulatedPage {
	/** Fields by their names in the API. */
	row: { id: string; name: string; [name: string]: unknown };
	viewers: Record<string, SimulatedViewer>;
	groups: Record<string, SimulatedGroup>;
	components: Record<string, SimulatedComponent>;
	subscribers: Record<string, SimulatedSubscriber>;
	/** Newest first. */
	unsubscribed: Array<{ id: string }>;
	/** Newest first. */
	incidents: Record<string, SimulatedIncident>;
	templates: Record<string, SimulatedTemplate>;
	metrics: Record<string, { id: string; name: string; metric_identifier: string | null; created_at: string }>;
	/** Values by ID of metric and Unix seconds. */
	metricData: Record<string, Record<string, number>>;
	metricProviders: Record<string, { id: string; type: string; metric_base_uri: string | null }>;
	embedConfig: Record<string, string>;
}

/** Extensions by URN. */
type Extensions = Record<string, Record<string, unknown>>;

export interface SimulatedDirectoryUser {
	id: string;
	accountId: string;
	/** Attributes by their names in the API. */
	attributes: {
		userName: string;
		emails: Array<{ value: string; type?: string; primary?: boolean }>;
		active: boolean;
		externalId?: string;
		displayName?: string;
		[name: string]: unknown;
	};
	extensions: Extensions;
	groupIds: string[];
}

export interface SimulatedDirectoryGroup {
	id: string;
	displayName: string;
	externalId?: string;
	isDefault: boolean;
	memberIds: string[];
}

export interface SimulatedDirectory {
	id: string;
	users: Record<string, SimulatedDirectoryUser>;
	groups: Record<string, SimulatedDirectoryGroup>;
	/** Accounts by lowercase email. */
	accounts: Record<string, { id: string; active: boolean; userId: string | null }>;
}

export interface SimulatedState {
	organizationId: string;
	directory: SimulatedDirectory;
	pages: Record<string, SimulatedPage>;
	members: Record<string, { row: { id: string; email: string }; permissions: Record<string, Record<string, boolean>> }>;
}

export interface Fault {
	kind: 'status' | 'resetBefore' | 'resetAfter' | 'hang' | 'cut' | 'html' | 'redirect' | 'body' | 'fields' | 'gone';
	match?: { method?: string; path?: string };
	times?: number;
	forMs?: number;
	skip?: number;
	status?: number;
	body?: unknown;
	drop?: string[];
	set?: Record<string, unknown>;
	headers?: Record<string, string>;
	location?: string;
	after?: boolean;
}

/** One post to a webhook subscriber, with the answers to its tries. */
export interface SimulatedDelivery {
	n: number;
	subscriberId: string;
	endpoint: string;
	body: string;
	attempts: Array<{ at: number; status: number | null; answer?: string }>;
	state: 'pending' | 'delivered' | 'given up';
}

export type Options = Record<string, string | number | string[]>;

export class Simulator {
	constructor(
		/** The base URL for a credential. */
		readonly url: string,
		private readonly end: () => Promise<void>,
	) {}

	readonly key = 'simulator-key';
	readonly scimKey = 'simulator-scim-key';
	/** Cached state after a reset, because it is large. */
	#directoryId?: string;

	/** The base URL for a SCIM credential, without the directory ID. */
	get scimUrl(): string {
		return this.url.replace(/\/v1$/, '/scim/directory');
	}

	async log(): Promise<LogEntry[]> {
		return (await this.#control('GET', 'log')) as LogEntry[];
	}

	/** Returns the logged requests as "METHOD /path", without the page. */
	async calls(): Promise<string[]> {
		return (await this.log()).map(({ method, path }) => `${method} ${path}`);
	}

	async clearLog(): Promise<void> {
		await this.#control('DELETE', 'log');
	}

	async problems(): Promise<LogEntry[]> {
		return (await this.#control('GET', 'problems')) as LogEntry[];
	}

	async stats(): Promise<Stats> {
		return (await this.#control('GET', 'stats')) as Stats;
	}

	async state(): Promise<SimulatedState> {
		return (await this.#control('GET', 'state')) as SimulatedState;
	}

	/** Returns the first page, which has all viewers. */
	async page(): Promise<SimulatedPage> {
		return Object.values((await this.state()).pages)[0];
	}

	async directory(): Promise<SimulatedDirectory> {
		return (await this.state()).directory;
	}

	async fault(fault: Fault): Promise<void> {
		await this.#control('POST', 'faults', fault);
	}

	/** Requests to public pages. `clearLog` clears them too. */
	async publicLog(): Promise<PublicLogEntry[]> {
		return (await this.#control('GET', 'publicLog')) as PublicLogEntry[];
	}

	/** Answers instead of a public page, until the next reset. */
	async standIn(standIn: StandIn): Promise<void> {
		await this.#control('POST', 'public', standIn);
	}

	async clearFaults(): Promise<void> {
		await this.#control('DELETE', 'faults');
	}

	/** The posts to webhook subscribers, in their order. */
	async deliveries(): Promise<SimulatedDelivery[]> {
		return (await this.#control('GET', 'webhooks')) as SimulatedDelivery[];
	}

	/** Waits until each post was answered with 2xx or given up. */
	async delivered(): Promise<SimulatedDelivery[]> {
		for (;;) {
			const all = await this.deliveries();
			if (all.every(({ state }) => state !== 'pending')) return all;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	/** Posts any body to an address on this machine. A text is sent as it is. */
	async post(endpoint: string, body: unknown): Promise<{ status: number | null; answer?: string }> {
		return (await this.#control('POST', 'webhooks', { endpoint, body })) as { status: number | null; answer?: string };
	}

	/** Posts the stored body of a delivery again. */
	async replay(n: number): Promise<{ status: number | null; answer?: string }> {
		return (await this.#control('POST', `webhooks/${n}/replay`, {})) as { status: number | null; answer?: string };
	}

	async options(options: Options): Promise<void> {
		await this.#control('PATCH', 'options', options);
	}

	/** Resets the page, directory, rate limit and log. Options are kept unless they are given. */
	async reset(options: Options = {}): Promise<void> {
		this.#directoryId = undefined;
		await this.#control('POST', 'reset', options);
	}

	/** Sends a request directly, without the node. */
	async send(
		method: string,
		path: string,
		{ body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
	): Promise<Response> {
		const isText = typeof body === 'string';
		return await fetch(`${this.url}${path}`, {
			method,
			redirect: 'manual',
			headers: {
				Authorization: `OAuth ${this.key}`,
				...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
		});
	}

	/** Sends a request to the SCIM directory. `path` follows the directory ID. */
	async sendScim(
		method: string,
		path: string,
		{ body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
	): Promise<Response> {
		this.#directoryId ??= (await this.directory()).id;
		const isText = typeof body === 'string';
		return await fetch(`${this.scimUrl}/${this.#directoryId}${path}`, {
			method,
			redirect: 'manual',
			headers: {
				Authorization: `Bearer ${this.scimKey}`,
				...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
				...headers,
			},
			body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
		});
	}

	async stop(): Promise<void> {
		await this.end();
	}

	async #control(method: string, name: string, body?: unknown): Promise<unknown> {
		const answer = await fetch(this.url.replace(/\/v1$/, `/_simulator/${name}`), {
			method,
			headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok)
			throw new Error(`The simulator answered ${answer.status} to ${method} ${name}: ${await answer.text()}`);
		return answer.status === 204 ? undefined : await answer.json();
	}
}

/** Starts the simulator in its own process with command line flags. It exits together with the tests. */
export async function startSimulator(flags: Record<string, string | number> = {}): Promise<Simulator> {
	const args = Object.entries({ viewers: 250, 'directory-users': 250, port: 0, ...flags }).flatMap(([name, value]) => [
		`--${name}`,
		String(value),
	]);
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(ROOT, 'simulator', 'cli.mts'), '--exit-with-parent', ...args],
		{
			cwd: ROOT,
			stdio: ['pipe', 'pipe', 'inherit'],
		},
	);
	const exited = once(child, 'exit');
	for await (const line of createInterface({ input: child.stdout })) {
		const url = /http:\S+/.exec(line)?.[0];
		if (!url) continue;
		return new Simulator(url, async () => {
			child.stdin.end();
			await exited;
		});
	}
	throw new Error('The simulator did not start');
}
