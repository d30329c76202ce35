import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type INode,
	type INodeTypes,
	type IWorkflowBase,
} from 'n8n-workflow';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';
import { additionalDataFor } from './engine';
import { isNote, isOurs, isOurTrigger, type Example } from './exampleFiles';
import { standInTypes, type OtherServices } from './standIns';
import { locator, type World } from './world';

export interface ExampleRun {
	/** The nodes that ran, in their order. */
	ran: string[];
	/** The items of a node, of all its outputs. */
	items: (node: string) => IDataObject[];
	/** The texts that Slack nodes posted, without questions. */
	posts: string[];
	/** The message of the error that ended the execution. */
	error?: string;
}

interface Options extends OtherServices {
	/** Node to start from. */
	start: string;
	/** Output of this node. */
	items: IDataObject[];
	/** Time zone of the workflow. */
	timeZone?: string;
}

/** A page that the user has to choose. */
const isUnset = (value: unknown) => value === undefined || (value as { value?: unknown }).value === '';

/**
 * Runs an example in n8n's engine, with the real Statuspage node on the page of the world, and stand-ins for all other nodes. A trigger
 * passes the items on.
 */
export async function runExample(
	example: Example,
	world: World,
	{ start, items, timeZone = 'UTC', ...services }: Options,
): Promise<ExampleRun> {
	const { types, others } = standInTypes(services);
	types.set('n8n-nodes-statuspage.statuspage', new Statuspage());
	const getByName = (type: string) => types.get(type) ?? others;
	const nodeTypes: INodeTypes = { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
	const nodes = structuredClone(example.nodes.filter((node) => !isNote(node))).map((node) => ({
		...node,
		...(isOurs(node) && !isOurTrigger(node)
			? {
					parameters: {
						...node.parameters,
						...(isUnset(node.parameters.pageId) ? { pageId: locator('id', world.pageId) } : {}),
					},
					credentials: { statuspageApi: { id: '1', name: 'Statuspage' } },
				}
			: {}),
	})) as unknown as INode[];
	const settings = { ...example.settings, timezone: timeZone };
	const connections = example.connections as never;
	const workflow = new Workflow({ id: 'example', nodes, connections, active: false, nodeTypes, settings });
	const workflowData = { id: 'example', name: example.name, nodes, connections, active: false, settings };
	const hooks = new ExecutionLifecycleHooks('manual', '1', workflowData as unknown as IWorkflowBase);
	const node = workflow.getNode(start) as INode;
	const runExecutionData = createRunExecutionData({
		executionData: {
			contextData: {},
			nodeExecutionStack: [{ node, data: { main: [items.map((json) => ({ json }))] }, source: null }],
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	});
	const additionalData = additionalDataFor('statuspage', world.credential, hooks);
	const { data } = await new WorkflowExecute(additionalData, 'manual', runExecutionData).processRunExecutionData(
		workflow,
	);
	const { runData, error } = data.resultData;
	const itemsOf = (name: string) =>
		(runData[name] ?? []).flatMap((run) => (run.data?.main ?? []).flatMap((output) => output ?? []));
	const ran = Object.entries(runData)
		.flatMap(([name, runs]) => runs.map(({ executionIndex }) => ({ name, executionIndex })))
		.sort((a, b) => a.executionIndex - b.executionIndex)
		.map(({ name }) => name);
	return {
		ran,
		items: (name) => itemsOf(name).map(({ json }) => json),
		posts: ran.flatMap((name) =>
			itemsOf(name).flatMap(({ json: { text } }) => (name.startsWith('Post ') ? String(text) : [])),
		),
		...(error ? { error: error.message } : {}),
	};
}
