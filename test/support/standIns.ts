import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

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
export type Answer = IDataObject | undefined;

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

/** Node types by name, and one for all others, which passes its input on. */
export function standInTypes(answer: Answer): { types: Map<string, INodeType>; others: INodeType } {
	const types = Object.entries(standIns(answer)).map(([name, standIn]): [string, INodeType] => [
		`n8n-nodes-base.${name}`,
		typeOf(standIn),
	]);
	return { types: new Map(types), others: typeOf(PASSES) };
}
