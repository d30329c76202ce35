import type { Workflow, WorkflowNode } from '../scripts/host/n8n.mts';

export const HEADER_CREDENTIAL = { id: 'header', name: 'Header' };

/** A node whose execution time is measured. If a job has several, their times are added up. */
export type Measured = Omit<BenchNode, 'name'> & { name: `Work${string}` };

/** A node with the settings that n8n shows on its tab 'Settings'. */
interface BenchNode extends WorkflowNode {
	onError?: 'continueRegularOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
}

function at<Node extends WorkflowNode>(node: Node, column: number): Node {
	return { typeVersion: 1, id: node.name, position: [column * 220, 0], ...node };
}

/** Creates a workflow with a manual trigger, followed by the given nodes one after the other. */
export function chain(id: string, nodes: BenchNode[]): Workflow {
	const list: BenchNode[] = [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} }, ...nodes];
	const connections = Object.fromEntries(
		list
			.slice(0, -1)
			.map(({ name }, index) => [name, { main: [[{ node: list[index + 1]?.name, type: 'main', index: 0 }]] }]),
	);
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
	return { id, name: id, active: false, nodes: list.map(at), connections, settings };
}

/** Two nodes that create one item per row, whatever came before. */
export function itemNodes(rows: object[], suffix = ''): BenchNode[] {
	return [
		{
			name: `Rows${suffix}`,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			executeOnce: true,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
		},
		{
			name: `Items${suffix}`,
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	];
}

/** Creates a workflow with an optional step that isn't measured, the rows, and the measured nodes. */
export function workflow(
	id: string,
	rows: object[],
	measured: BenchNode[] | BenchNode = [],
	warm?: BenchNode,
): Workflow {
	return chain(id, [...(warm ? [warm] : []), ...itemNodes(rows), ...[measured].flat()]);
}

/** Waits until all processes of the job are there. */
export function gate(url: string, suffix = ''): BenchNode {
	return {
		name: `Gate${suffix}`,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		executeOnce: true,
		parameters: { method: 'GET', url, options: {} },
	};
}

/** The same node, which returns an item with the error where an item fails. */
export function tolerant(node: BenchNode): BenchNode {
	return { ...node, onError: 'continueRegularOutput' };
}

/** A Statuspage node. */
export function statuspage(credential: string, parameters: Record<string, unknown>): BenchNode {
	return {
		name: 'Work',
		type: 'n8n-nodes-statuspage.statuspage',
		parameters: { options: {}, ...parameters },
		credentials: { statuspageApi: { id: credential, name: credential } },
	};
}

export function byId(value: string): object {
	return { __rl: true, mode: 'id', value };
}

/** n8n's HTTP Request node. `everyMs` is the interval between requests in milliseconds, as a careful user would set it. */
export function http(
	name: Measured['name'],
	{
		method,
		url,
		body,
		query,
		list,
		everyMs,
		once,
		isFull,
	}: {
		method: string;
		url: string;
		/** An expression. */
		body?: string;
		query?: Record<string, string>;
		/** Reads all pages. */
		list?: boolean;
		everyMs?: number;
		/** Whether to run only for the first item. */
		once?: boolean;
		/** Whether to return one item per response, with status, headers and body. */
		isFull?: boolean;
	},
): BenchNode {
	const pages = {
		pagination: {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: '={{ $response.body.length < 100 }}',
			limitPagesFetched: false,
			requestInterval: everyMs ?? 0,
		},
	};
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		executeOnce: once,
		parameters: {
			method,
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			...(query || list
				? {
						sendQuery: true,
						queryParameters: {
							parameters: Object.entries({ ...query, ...(list ? { per_page: '100' } : {}) }).map(([key, value]) => ({
								name: key,
								value,
							})),
						},
					}
				: {}),
			...(body ? { sendBody: true, specifyBody: 'json', jsonBody: body } : {}),
			options: {
				...(list ? { pagination: pages } : {}),
				...(everyMs && !list ? { batching: { batch: { batchSize: 1, batchInterval: everyMs } } } : {}),
				...(isFull ? { response: { response: { fullResponse: true } } } : {}),
			},
		},
		credentials: { httpHeaderAuth: HEADER_CREDENTIAL },
	};
}

/** A Filter node that keeps the items for which the condition is true. */
export function filter(name: Measured['name'], condition: string): BenchNode {
	const operator = { type: 'boolean', operation: 'true', singleValue: true };
	const conditions = [{ id: 'condition', leftValue: condition, rightValue: '', operator }];
	return {
		name,
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, typeValidation: 'loose', version: 2 },
				conditions,
				combinator: 'and',
			},
			options: {},
		},
	};
}

/** First steps that are not measured. They connect n8n to the service and show that the key is valid, as in an n8n that runs for a while. */
export function warmUp(credential: string, url: string, pageId: string): { ours: BenchNode; http: BenchNode } {
	const name = 'Warm';
	return {
		ours: { ...statuspage(credential, { resource: 'page', operation: 'get', pageId: byId(pageId) }), name },
		http: { ...http('Work', { method: 'GET', url: `${url}/pages/${pageId}` }), name },
	};
}
