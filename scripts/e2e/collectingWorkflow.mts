import type { Workflow, WorkflowNode } from '../host/n8n.mts';
import type { Collector } from './collector.mts';

type Trigger = Pick<WorkflowNode, 'type' | 'parameters' | 'credentials'> & { webhookId?: string };

/**
 * A workflow that sends each item of its trigger to the collector.
 *
 * @param trigger its type, parameters and credential
 */
export function collectingWorkflow(id: string, trigger: Trigger, collector: Collector): Workflow {
	const place = (index: number) => ({ id: `${id}-${index}`, position: [index * 220, 0] });
	const collect = {
		...place(1),
		name: 'Collect',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${collector.url}/${id}`,
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json) }}',
			options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
		},
	};
	return {
		id,
		name: id,
		active: false,
		nodes: [{ ...place(0), name: 'Trigger', typeVersion: 1, ...trigger }, collect],
		connections: { Trigger: { main: [[{ node: 'Collect', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
