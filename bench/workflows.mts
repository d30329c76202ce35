import type { Workflow, WorkflowNode } from '../scripts/host/n8n.mts';

export const HEADER_CREDENTIAL = { id: 'header', name: 'Header' };

/** A node whose execution time is measured. If a job has several, their times are added up. */
export type Measured = Omit<WorkflowNode, 'name'> & { name: `Work${string}` };

function at<Node extends WorkflowNode>(node: Node, column: number): Node {
	return { typeVersion: 1, id: node.name, position: [column * 220, 0], ...node };
}

/** Creates a linear workflow: manual trigger, an optional request that isn't measured, the rows, and the measured nodes. */
export function workflow(
	id: string,
	rows: object[],
	measured: WorkflowNode[] | WorkflowNode = [],
	warm?: WorkflowNode,
): Workflow {
	const list: WorkflowNode[] = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		...(warm ? [warm] : []),
		{
			name: 'Rows',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
		},
		{ name: 'Items', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'rows', options: {} } },
		...[measured].flat(),
	];
	const connections = Object.fromEntries(
		list
			.slice(0, -1)
			.map(({ name }, index) => [name, { main: [[{ node: list[index + 1]?.name, type: 'main', index: 0 }]] }]),
	);
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
	return { id, name: id, active: false, nodes: list.map(at), connections, settings };
}

/** A Statuspage node. */
export function statuspage(credential: string, parameters: Record<string, unknown>): WorkflowNode {
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
): WorkflowNode {
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
export function filter(name: Measured['name'], condition: string): WorkflowNode {
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
