import { fetch } from 'undici';
import { startSimulator } from '../../simulator/server.mts';
import type { Fault } from '../../simulator/faults.mts';
import type { LogEntry } from '../../simulator/log.mts';
import type { Options } from '../../simulator/options.mts';

/** An incident or a maintenance, with fields by their names in the API. */
export interface SimulatedIncident {
	row: { id: string; name: string; status: string; metadata: unknown; [name: string]: unknown };
	/** Newest first. */
	updates: Array<{ status: string; body: string; deliver_notifications: boolean }>;
	componentIds: string[];
}

/** A post to a webhook subscriber. */
export interface SimulatedPost {
	n: number;
	endpoint: string;
	body: string;
	attempts: Array<{ status: number | null }>;
	state: 'pending' | 'delivered' | 'given up';
}

/** The parts of the simulator's state that the result is checked against. */
export interface SimulatedState {
	organizationId: string;
	directory: {
		id: string;
		users: Record<string, { attributes: { active: boolean; emails: Array<{ value: string }> } }>;
		groups: Record<string, { id: string; displayName: string; isDefault: boolean }>;
	};
	pages: Record<
		string,
		{
			row: { id: string; name: string };
			viewers: Record<string, { email: string; groupIds: string[] }>;
			groups: Record<string, { id: string; name: string; external_identifier: string | null; viewerIds: string[] }>;
			components: Record<string, { id: string; name: string; group: boolean; status: string }>;
			subscribers: Record<string, { row: { id: string; endpoint?: string }; state: string }>;
			/** Newest first. */
			incidents: Record<string, SimulatedIncident>;
		}
	>;
	members: Record<string, { row: { id: string; email: string }; permissions: Record<string, Record<string, boolean>> }>;
}

export interface Simulated {
	url: string;
	/** The base URL of the directory's credential. */
	scimUrl: string;
	state: () => Promise<SimulatedState>;
	log: () => Promise<LogEntry[]>;
	/** Replaces an answer, until all faults are cleared. */
	fault: (fault: Fault) => Promise<void>;
	clearFaults: () => Promise<void>;
	/** The posts to webhook subscribers. */
	posts: () => Promise<SimulatedPost[]>;
	/** Sends the body of a post again. */
	replay: (n: number) => Promise<{ status: number | null }>;
	/** Sends any body to an address on this machine. */
	post: (endpoint: string, body: unknown) => Promise<{ status: number | null }>;
	/** Sends a request to the Manage API. */
	send: (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;
	stop: () => Promise<void>;
}

export async function simulated(options: Partial<Options>): Promise<Simulated> {
	const { url, scimUrl, stop } = await startSimulator(options);
	const control = (name: string) => url.replace(/v1$/, `_simulator/${name}`);
	const read = async (name: string) => await (await fetch(control(name))).json();
	const write = async (name: string, body: object) => {
		const answer = await fetch(control(name), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await answer.json()) as { status: number | null };
	};
	return {
		posts: async () => (await read('webhooks')) as SimulatedPost[],
		replay: async (n) => await write(`webhooks/${n}/replay`, {}),
		post: async (endpoint, body) => await write('webhooks', { endpoint, body }),
		async send(method, path, body) {
			const answer = await fetch(`${url}${path}`, {
				method,
				headers: { 'Content-Type': 'application/json', Authorization: 'OAuth simulator-key' },
				body: body && JSON.stringify(body),
			});
			if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
			return (await answer.json()) as Record<string, unknown>;
		},
		url,
		scimUrl,
		stop,
		state: async () => (await read('state')) as SimulatedState,
		log: async () => (await read('log')) as LogEntry[],
		fault: async (fault) =>
			void (await fetch(control('faults'), {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify(fault),
			})),
		clearFaults: async () => void (await fetch(control('faults'), { method: 'DELETE' })),
	};
}
