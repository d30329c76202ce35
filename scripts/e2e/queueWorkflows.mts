import type { Workflow, WorkflowNode } from '../host/n8n.mts';

/** IDs of the workflows, which are also the paths of their webhooks. */
export const CHANGE = 'queue-change';
export const UPSERT = 'queue-upsert';
export const PLAN = 'queue-plan';

interface Settings {
	credential: { id: string; name: string };
	pageId: string;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A workflow that starts with a webhook and answers with the output of its last node. */
function workflow(id: string, nodes: WorkflowNode[]): Workflow {
	const hook = {
		name: 'Hook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { path: id, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		webhookId: id,
	};
	const all = [hook, ...nodes].map((node, index) => ({
		typeVersion: 1,
		...node,
		id: `${id}-${index}`,
		position: [index * 220, 0],
	}));
	const connections = Object.fromEntries(
		all.slice(1).map(({ name }, index) => [all[index]?.name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return { id, name: id, active: false, nodes: all, connections, settings: { executionOrder: 'v1' } };
}

/** One item per entry of this list. */
const split = (name: string, fieldToSplitOut: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut, options: {} },
});

/** Waits until the time of this expression, so executions on different workers continue at the same moment. */
const waitUntil = (name: string, expression: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'specificTime', dateTime: `={{ ${expression} }}` },
});

/** One item with the value of this expression. */
const set = (name: string, expression: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	executeOnce: true,
	parameters: { mode: 'raw', jsonOutput: `={{ ${expression} }}`, options: {} },
});

const rowsOf = (node: string) => `$('${node}').all().map(({ json }) => json)`;

export function queueWorkflows({ credential, pageId }: Settings): Workflow[] {
	const statuspage = (name: string, parameters: Record<string, unknown>): WorkflowNode => ({
		name,
		type: 'n8n-nodes-statuspage.statuspage',
		parameters: { options: {}, ...parameters },
		credentials: { statuspageApi: credential },
		// A failed item is a row with its error.
		...{ onError: 'continueRegularOutput' },
	});
	const change = workflow(CHANGE, [
		waitUntil('First start', `$json.body.startsAt.permissions`),
		split('Permissions', 'body.permissions'),
		statuspage('Update permissions', {
			resource: 'permission',
			operation: 'update',
			teamMemberId: byId('={{ $json.teamMemberId }}'),
			pages: { page: [{ pageId: '={{ $json.pageId }}', roles: '={{ $json.roles }}' }] },
		}),
		set('Second list', `$('Hook').first().json.body`),
		waitUntil('Second start', `$json.startsAt.memberships`),
		split('Memberships', 'memberships'),
		statuspage('Add viewers', {
			resource: 'viewerGroup',
			operation: 'addViewers',
			pageId: byId(pageId),
			viewerGroupId: byId('={{ $json.groupId }}'),
			viewerIds: '={{ $json.viewerId }}',
		}),
		set(
			'Result',
			`{ executionId: $execution.id, memberships: ${rowsOf('Add viewers')}, permissions: ${rowsOf('Update permissions')} }`,
		),
	]);
	const upsert = workflow(UPSERT, [
		split('People', 'body.people'),
		statuspage('Create or update', {
			resource: 'viewer',
			operation: 'upsert',
			pageId: byId(pageId),
			email: '={{ $json.email }}',
			additionalFields: { viewerGroupIds: '={{ $json.groupIds }}' },
		}),
		set('Result', `{ executionId: $execution.id, rows: ${rowsOf('Create or update')} }`),
	]);
	const plan = workflow(PLAN, [
		split('People', 'body.people'),
		statuspage('Plan', {
			resource: 'access',
			operation: 'planSync',
			pageId: byId(pageId),
			email: '={{ $json.email }}',
			managedFields: { viewerGroups: '={{ $json.groupIds }}' },
		}),
		statuspage('Apply', { resource: 'access', operation: 'applyPlan' }),
		set('Result', `{ executionId: $execution.id, rows: ${rowsOf('Apply')} }`),
	]);
	return [change, upsert, plan];
}
