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

/** A Jira issue, as a search returns it, with the fields it was created with. */
export interface Ticket {
	key: string;
	/** Not in Jira's answer. A search for open issues leaves it out. */
	isDone?: boolean;
	summary?: string;
	description?: string;
	fields: { labels: string[] };
}

/** What the other services contain and answer. */
export interface OtherServices {
	answer?: Answer;
	/** The issues in Jira. New ones are added. */
	tickets?: Ticket[];
	/** Rejects issues with these words in the summary, or searches. */
	jiraRejects?: string;
	/** The rows of the data table. */
	rows?: IDataObject[];
}

/** The only form of JQL that this Jira understands. */
const JQL = /^labels = "([^"]+)" AND statusCategory != Done$/;

function search(tickets: Ticket[], jql: string): IDataObject[] {
	const [, label] = JQL.exec(jql) as RegExpExecArray;
	return tickets
		.filter(({ fields, isDone }) => fields.labels.includes(label) && !isDone)
		.map(({ key, fields }) => ({ key, fields }));
}

const standIns = ({ answer, tickets = [], jiraRejects, rows = [] }: OtherServices): Record<string, StandIn> => ({
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
	jira: {
		parameters: ['operation', 'options', 'summary', 'additionalFields'],
		async execute() {
			const items = this.getInputData();
			const answers = items.map((_, item): IDataObject[] => {
				const operation = this.getNodeParameter('operation', item) as string;
				if (operation === 'getAll') {
					if (jiraRejects === 'search') return [{ error: 'Jira is not available' }];
					return search(tickets, (this.getNodeParameter('options', item) as { jql: string }).jql);
				}
				const summary = this.getNodeParameter('summary', item) as string;
				const { description, labels } = this.getNodeParameter('additionalFields', item) as unknown as {
					description: string;
					labels: string[];
				};
				if (jiraRejects !== undefined && summary.includes(jiraRejects)) return [{ error: 'The field is required' }];
				const key = `OPS-${tickets.length + 1}`;
				tickets.push({ key, summary, description, fields: { labels } });
				return [{ key }];
			});
			return [answers.flatMap((list, item) => list.map((json) => ({ json, pairedItem: { item } })))];
		},
	},
	dataTable: {
		parameters: ['resource'],
		async execute() {
			if (this.getNodeParameter('resource', 0) === 'table') return [[{ json: { name: 'table' } }]];
			return [rows.map((json) => ({ json }))];
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
export function standInTypes(services: OtherServices): { types: Map<string, INodeType>; others: INodeType } {
	const types = Object.entries(standIns(services)).map(([name, standIn]): [string, INodeType] => [
		`n8n-nodes-base.${name}`,
		typeOf(standIn),
	]);
	return { types: new Map(types), others: typeOf(PASSES) };
}
