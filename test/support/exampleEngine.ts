import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeOperationError,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWorkflowBase,
} from 'n8n-workflow';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';
import { additionalDataFor } from './engine';
import { isNote, isOurs, type Example } from './exampleFiles';
import { locator, type World } from './world';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What nodes of n8n and of other services do in a test. The engine itself is n8n's, and evaluates all their parameters. */
interface StandIn {
	parameters: string[];
	outputs?: number;
	inputs?: number;
	execute: Execute;
}

const at = (items: INodeExecutionData[], json: (index: number) => IDataObject) =>
	items.map((_, item): INodeExecutionData => ({ json: json(item), pairedItem: { item } }));

/** Divides the items among the outputs. Items without an output are dropped. */
function divided(items: INodeExecutionData[], outputs: number, outputOf: (index: number) => number | undefined) {
	return Array.from({ length: outputs }, (_, output) => items.filter((__, index) => outputOf(index) === output));
}

/** Slack's answer to a question; undefined if nobody answers, which passes the input on. */
type Answer = IDataObject | undefined;

const standIns = (answer: Answer): Record<string, StandIn> => ({
	set: {
		parameters: ['assignments', 'includeOtherFields'],
		async execute() {
			const items = this.getInputData();
			return [
				at(items, (item) => {
					const { assignments } = this.getNodeParameter('assignments', item) as {
						assignments: Array<{ name: string; value: unknown }>;
					};
					const kept = this.getNodeParameter('includeOtherFields', item, false) === true ? items[item].json : {};
					return { ...kept, ...Object.fromEntries(assignments.map(({ name, value }) => [name, value])) } as IDataObject;
				}),
			];
		},
	},
	if: {
		parameters: ['conditions'],
		outputs: 2,
		async execute() {
			const items = this.getInputData();
			return divided(items, 2, (item) => {
				const { conditions } = this.getNodeParameter('conditions', item) as {
					conditions: Array<{ leftValue: unknown }>;
				};
				return conditions.every(({ leftValue }) => leftValue === true) ? 0 : 1;
			});
		},
	},
	switch: {
		parameters: ['rules'],
		outputs: 5,
		async execute() {
			const items = this.getInputData();
			return divided(items, 5, (item) => {
				const { values } = this.getNodeParameter('rules', item) as {
					values: Array<{ conditions: { conditions: Array<{ leftValue: unknown; rightValue: unknown }> } }>;
				};
				const found = values.findIndex(({ conditions: { conditions } }) =>
					conditions.every(({ leftValue, rightValue }) => leftValue === rightValue),
				);
				return found === -1 ? undefined : found;
			});
		},
	},
	splitOut: {
		parameters: ['fieldToSplitOut'],
		async execute() {
			const name = this.getNodeParameter('fieldToSplitOut', 0) as string;
			return [
				this.getInputData().flatMap(({ json }, item) =>
					(json[name] as IDataObject[]).map((row) => ({ json: row, pairedItem: { item } })),
				),
			];
		},
	},
	merge: {
		parameters: [],
		inputs: 5,
		async execute() {
			return [[0, 1, 2, 3, 4].flatMap((input) => this.getInputData(input))];
		},
	},
	stopAndError: {
		parameters: ['errorMessage'],
		async execute() {
			throw new NodeOperationError(this.getNode(), this.getNodeParameter('errorMessage', 0) as string);
		},
	},
	slack: {
		parameters: ['operation', 'message', 'text'],
		async execute() {
			const items = this.getInputData();
			const isQuestion = this.getNodeParameter('operation', 0, '') === 'sendAndWait';
			// Evaluates the message, so a mistake in it ends the test.
			if (isQuestion) this.getNodeParameter('message', 0);
			return [
				at(items, (item) =>
					isQuestion ? (answer ?? items[item].json) : { text: this.getNodeParameter('text', item) as string },
				),
			];
		},
	},
});

/** Triggers and nodes that do nothing. */
const PASSES: StandIn = {
	parameters: [],
	async execute() {
		return [this.getInputData()];
	},
};

function typeOf({ parameters, outputs = 1, inputs = 1, execute }: StandIn): INodeType {
	return {
		description: {
			displayName: '',
			name: '',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: Array.from({ length: inputs }, () => 'main'),
			...(inputs > 1 ? { requiredInputs: 1 } : {}),
			outputs: Array.from({ length: outputs }, () => 'main'),
			properties: parameters.map((name) => ({ displayName: name, name, type: 'json', default: '' })),
		},
		execute,
	} as unknown as INodeType;
}

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

interface Options {
	/** Node to start from. */
	start: string;
	/** Output of this node. */
	items: IDataObject[];
	/** Slack's answer to a question, e.g. `{ data: { approved: true } }`; undefined if nobody answers. */
	answer?: Answer;
	/** Time zone of the workflow. */
	timeZone?: string;
}

/** Runs an example in n8n's engine, with the real Statuspage node on the page of the world, and stand-ins for all other nodes. */
export async function runExample(
	example: Example,
	world: World,
	{ start, items, answer, timeZone = 'UTC' }: Options,
): Promise<ExampleRun> {
	const types = Object.entries(standIns(answer)).map(([name, standIn]): [string, INodeType] => [
		`n8n-nodes-base.${name}`,
		typeOf(standIn),
	]);
	const known = new Map([...types, ['n8n-nodes-statuspage.statuspage', new Statuspage() as INodeType]]);
	const passes = typeOf(PASSES);
	const getByName = (type: string) => known.get(type) ?? passes;
	const nodeTypes: INodeTypes = { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
	const nodes = structuredClone(example.nodes.filter((node) => !isNote(node))).map((node) => ({
		...node,
		...(isOurs(node)
			? {
					parameters: { ...node.parameters, pageId: locator('id', world.pageId) },
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
