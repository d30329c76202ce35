import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRunData,
	type IWorkflowDataProxyAdditionalKeys,
} from 'n8n-workflow';
import type { Example } from './exampleFiles';

/** Node type for all nodes. Expressions need none of its properties. */
const anyType = {
	description: {
		displayName: '',
		name: '',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main', 'main'],
		properties: [],
	},
} as unknown as INodeType;

/** Output of earlier nodes by node name. */
export type Returned = Record<string, IDataObject[]>;

export interface Evaluation {
	/** The node that the parameter belongs to. */
	node: string;
	/** Input of the node. Defaults to one item. */
	input?: IDataObject[];
	itemIndex?: number;
	returned?: Returned;
	timezone?: string;
}

const itemsOf = (rows: IDataObject[]) => rows.map((json, item): INodeExecutionData => ({ json, pairedItem: { item } }));

/** Evaluates an expression of an example with n8n's engine. */
export function evaluate(
	example: Example,
	expression: string,
	{ node, input = [{}], itemIndex = 0, returned = {}, timezone = 'UTC' }: Evaluation,
): unknown {
	const nodes = example.nodes.map(({ id, name, type, typeVersion, position }) => ({
		id,
		name,
		type,
		typeVersion,
		position,
		parameters: {} as INodeParameters,
	}));
	const workflow = new Workflow({
		id: 'example',
		nodes,
		connections: example.connections as never,
		active: false,
		nodeTypes: { getByName: () => anyType, getByNameAndVersion: () => anyType, getKnownTypes: () => ({}) },
		settings: { timezone },
	});
	const runData = Object.fromEntries(
		Object.entries(returned).map(([name, rows]) => [
			name,
			[
				{
					startTime: 0,
					executionTime: 0,
					executionIndex: 0,
					executionStatus: 'success',
					source: [],
					data: { main: [itemsOf(rows)] },
				},
			],
		]),
	) as unknown as IRunData;
	const run = createRunExecutionData({ resultData: { runData } });
	const keys = {
		$execution: { id: '7', mode: 'production', resumeUrl: 'http://n8n/resume', resumeFormUrl: 'http://n8n/form' },
	} as IWorkflowDataProxyAdditionalKeys;
	return workflow.expression.resolveSimpleParameterValue(
		expression,
		{},
		run,
		0,
		itemIndex,
		node,
		itemsOf(input),
		'manual',
		keys,
	);
}
