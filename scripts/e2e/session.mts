import { fetch } from 'undici';
import type { Owner } from './check.mts';
import { waitFor } from './waitFor.mts';

/** A logged-in user of n8n, as in the editor. */
export interface Session {
	/** Tests a credential with data that was not saved. */
	test: (id: string, type: string, data: object) => Promise<{ status: string; message: string }>;
	/** Runs a workflow as the editor does, from a trigger with pinned data. Returns the ID of the execution. */
	run: (workflowId: string, trigger: string) => Promise<string>;
	/** The executions of a workflow, the newest first. */
	executions: (workflowId: string) => Promise<Array<{ id: string; status: string }>>;
	/** Publishes a workflow, and waits until its triggers are active. Throws with the reason if they can't be. */
	publish: (workflowId: string) => Promise<void>;
	/** Unpublishes a workflow, and waits until its triggers are inactive. */
	unpublish: (workflowId: string) => Promise<void>;
	/** Changes a saved workflow. */
	change: (workflowId: string, change: (workflow: Record<string, unknown>) => void) => Promise<void>;
	/** Reads the list behind a field. */
	search: (
		node: string,
		credentials: object,
		methodName: string,
		options?: { parameters?: object; filter?: string },
	) => Promise<Array<{ name: string; value: string }>>;
}

export async function logIn(url: string, owner: Owner): Promise<Session> {
	const login = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
	});
	const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
	const post = async (path: string, body: object) => {
		const answer = await fetch(`${url}/rest/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', cookie },
			body: JSON.stringify(body),
		});
		return ((await answer.json()) as { data: unknown }).data;
	};
	const call = async (method: string, path: string, body?: object) => {
		const answer = await fetch(`${url}/rest/${path}`, {
			method,
			headers: { 'Content-Type': 'application/json', cookie },
			body: body && JSON.stringify(body),
		});
		const { data, message } = (await answer.json()) as { data: Record<string, unknown>; message?: string };
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${message}`);
		return data;
	};
	/** Publishing is done in the background. */
	const waitForStatus = async (workflowId: string, wanted: string) => {
		const found = await waitFor(`the status ${wanted} of ${workflowId}`, async () => {
			const { status, ...rest } = await call('GET', `workflows/${workflowId}/publication-status`);
			return status === wanted || status === 'failed' ? { status, rest } : undefined;
		});
		if (found.status !== wanted) throw new Error(`${workflowId} failed: ${JSON.stringify(found.rest)}`);
	};
	return {
		async publish(workflowId) {
			const { versionId } = await call('GET', `workflows/${workflowId}`);
			await call('POST', `workflows/${workflowId}/activate`, { versionId });
			await waitForStatus(workflowId, 'published');
		},
		async unpublish(workflowId) {
			await call('POST', `workflows/${workflowId}/deactivate`, {});
			await waitForStatus(workflowId, 'not_published');
		},
		async change(workflowId, change) {
			const workflow = await call('GET', `workflows/${workflowId}`);
			change(workflow);
			await call('PATCH', `workflows/${workflowId}`, workflow);
		},
		test: async (id, type, data) =>
			(await post('credentials/test', { credentials: { id, name: 'test', type, data } })) as {
				status: string;
				message: string;
			},
		async run(workflowId, name) {
			const started = await post(`workflows/${workflowId}/run`, { triggerToStartFrom: { name } });
			const { executionId } = (started ?? {}) as { executionId?: string };
			if (executionId === undefined) throw new Error(`${workflowId} did not start: ${JSON.stringify(started)}`);
			return executionId;
		},
		async executions(workflowId) {
			const answer = await fetch(
				`${url}/rest/executions?limit=20&filter=${encodeURIComponent(JSON.stringify({ workflowId }))}`,
				{ headers: { cookie } },
			);
			return ((await answer.json()) as { data: { results: Array<{ id: string; status: string }> } }).data.results;
		},
		async search(node, credentials, methodName, { parameters = {}, filter } = {}) {
			const found = (await post('dynamic-node-parameters/resource-locator-results', {
				path: 'parameters.x',
				nodeTypeAndVersion: { name: `n8n-nodes-statuspage.${node}`, version: 1 },
				currentNodeParameters: parameters,
				credentials,
				methodName,
				filter,
			})) as { results: Array<{ name: string; value: string }> };
			return found.results;
		},
	};
}
