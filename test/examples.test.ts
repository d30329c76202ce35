/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AtlassianScim } from '../nodes/AtlassianScim/AtlassianScim.node';
import { Statuspage } from '../nodes/Statuspage/Statuspage.node';
import { StatuspagePollingTrigger } from '../nodes/StatuspagePollingTrigger/StatuspagePollingTrigger.node';
import { StatuspageTrigger } from '../nodes/StatuspageTrigger/StatuspageTrigger.node';
import { evaluate, type Evaluation, type Returned } from './support/evaluate';
import {
	answerOf,
	conditionOf,
	exampleFiles,
	expressionsIn,
	isApproval,
	isNote,
	isOurs,
	isOurTrigger,
	isStop,
	isTool,
	reachable,
	readExample,
	targetsOf,
	textsIn,
	triggersOf,
	type Example,
	type ExampleNode,
} from './support/exampleFiles';
import { directoryOf, runDirectory } from './support/directory';
import { startSimulator, type Simulator } from './support/simulator';
import { run, worldOf, type World } from './support/world';

const OVERVIEW = readFileSync(join(__dirname, '..', 'docs', 'examples.md'), 'utf8');

/** The nodes of the package, by the part of the type that follows its name. */
const PROPERTIES: Record<string, INodeProperties[]> = {
	atlassianScim: new AtlassianScim().description.properties,
	statuspage: new Statuspage().description.properties,
	statuspagePollingTrigger: new StatuspagePollingTrigger().description.properties,
	statuspageTrigger: new StatuspageTrigger().description.properties,
};

/** Parameters that n8n adds to tools and to polling triggers. */
const ADDED_BY_N8N = ['descriptionType', 'toolDescription', 'pollTimes'];

/** The size of a node on the canvas, and the room for its name below. */
const NODE_SIZE = 100;
const NAME_HEIGHT = 40;

type Parameters = Record<string, unknown>;

/** The fields that a node shows for these parameters. */
function fieldsOf(type: string, parameters: Parameters): INodeProperties[] {
	const all = PROPERTIES[type.replace(/^n8n-nodes-statuspage\.|Tool$/g, '')];
	const isFor = ({ displayOptions }: INodeProperties) =>
		['resource', 'operation'].every(
			(name) => displayOptions?.show?.[name]?.includes(String(parameters[name]) as never) ?? true,
		);
	const ofOperation = all.filter(isFor);
	const valueOf = (name: string) => parameters[name] ?? ofOperation.find((field) => field.name === name)?.default;
	return ofOperation.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(
			([name, wanted]) =>
				name.startsWith('@') || [valueOf(name)].flat().some((value) => (wanted ?? []).includes(value as never)),
		),
	);
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

/** A sentence for a value that the field does not offer. */
function wrongValues(field: INodeProperties, value: unknown): string[] {
	if (isExpression(value)) return [];
	const { name, type, options = [] } = field;
	if (type === 'options' && !field.typeOptions?.loadOptionsMethod) {
		const offered = (options as INodePropertyOptions[]).map((option) => option.value);
		return offered.includes(value as string) ? [] : [`${name} does not offer ${String(value)}`];
	}
	if (type === 'multiOptions' && !field.typeOptions?.loadOptionsMethod) {
		const offered = (options as INodePropertyOptions[]).map((option) => option.value);
		return (value as string[])
			.filter((entry) => !offered.includes(entry))
			.map((entry) => `${name} does not offer ${entry}`);
	}
	if (type === 'collection')
		return Object.entries(value as object).flatMap(([key, entry]) => wrongIn(options as INodeProperties[], key, entry));
	if (type === 'fixedCollection') {
		return Object.entries(value as Record<string, Parameters[]>).flatMap(([key, rows]) => {
			const group = (options as Array<{ name: string; values: INodeProperties[] }>).find((entry) => entry.name === key);
			return group
				? rows.flatMap((row) => Object.entries(row).flatMap(([child, entry]) => wrongIn(group.values, child, entry)))
				: [`${name} has no ${key}`];
		});
	}
	if (type === 'resourceLocator') {
		const { mode } = value as { mode: string };
		return field.modes?.some((entry) => entry.name === mode) ? [] : [`${name} has no mode ${mode}`];
	}
	if (type === 'boolean' && typeof value !== 'boolean') return [`${name} is no boolean`];
	if (type === 'number' && typeof value !== 'number') return [`${name} is no number`];
	return [];
}

function wrongIn(fields: INodeProperties[], name: string, value: unknown): string[] {
	const field = fields.find((entry) => entry.name === name);
	return field ? wrongValues(field, value) : [`there is no ${name}`];
}

/** Labels of n8n's own nodes that notes mention. */
const LABELS_OF_N8N = ['Authentication', 'Delimiter'];

/** Everything that the nodes of the package show: fields, choices and operations. */
const LABELS = new Set(Object.values(PROPERTIES).flatMap((properties) => properties.flatMap(labelsIn)));

/** What notes call the examples and their nodes. */
const NAMES_OF_EXAMPLES = exampleFiles.flatMap((file) => [
	file,
	file.replace('.json', '').replaceAll('-', ' '),
	...readExample(file).nodes.map(({ name }) => name),
]);

function labelsIn({ displayName, name, options = [], values = [] }: Labelled): string[] {
	return [displayName ?? name, ...[...options, ...values].flatMap(labelsIn)];
}

interface Labelled {
	displayName?: string;
	name: string;
	options?: Labelled[];
	values?: Labelled[];
}

/** What a note names in italics: a label, a node, or an example. */
function namesInNote(content: string): string[] {
	return [...content.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name]) => name);
}

interface Box {
	name: string;
	x: number;
	y: number;
	width: number;
	height: number;
}

function boxOf(node: ExampleNode): Box {
	const { name, position, parameters } = node;
	const { width, height } = isNote(node)
		? (parameters as { width: number; height: number })
		: { width: NODE_SIZE, height: NODE_SIZE + NAME_HEIGHT };
	return { name, x: position[0], y: position[1], width, height };
}

function overlap(a: Box, b: Box): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The lines that a note needs, with about 7 pixels per character. */
function heightNeeded(content: string, width: number): number {
	const perLine = Math.floor((width - 40) / 7);
	return (
		40 +
		content
			.split('\n')
			.reduce(
				(sum, line) =>
					sum +
					(line === '' ? 12 : line.startsWith('## ') ? 40 : 20 * Math.ceil(line.replace(/[*`]/g, '').length / perLine)),
				0,
			)
	);
}

describe.each(exampleFiles)('%s', (file) => {
	const example = readExample(file);
	const { nodes, connections, settings } = example;
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const find = (name: string) => byName.get(name) as ExampleNode;
	const ours = nodes.filter(isOurs);
	const starts = triggersOf(example).map(({ name }) => name);

	test('says what it is for, and is listed in docs/examples.md', () => {
		expect(nodes.some((node) => isNote(node) && String(node.parameters.content).startsWith('## '))).toBe(true);
		expect([file, OVERVIEW.includes(`](../examples/${file})`)]).toEqual([file, true]);
	});

	test('has no credential', () => expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]));

	test('runs its branches one after the other', () => expect(settings.executionOrder).toBe('v1'));

	test('has notes that are large enough, and that no node or other note overlaps', () => {
		const boxes = nodes.map(boxOf);
		const notes = boxes.filter(({ name }) => isNote(find(name)));
		for (const note of notes) {
			expect(boxes.filter((box) => box !== note && overlap(box, note)).map(({ name }) => [note.name, name])).toEqual(
				[],
			);
			expect(note.height).toBeGreaterThanOrEqual(heightNeeded(String(find(note.name).parameters.content), note.width));
		}
		const steps = boxes.filter((box) => !notes.includes(box));
		expect(
			steps.filter((box) => steps.some((other) => other !== box && overlap(box, other))).map(({ name }) => name),
		).toEqual([]);
	});

	test('has notes that name nodes, examples and labels as they are', () => {
		// Names of tables and fields of the items are in the parameters of the nodes.
		const known = new Set([
			...LABELS,
			...LABELS_OF_N8N,
			...NAMES_OF_EXAMPLES,
			...nodes.flatMap((node) => textsIn(node.parameters)),
		]);
		const names = nodes.filter(isNote).flatMap(({ parameters }) => namesInNote(String(parameters.content)));
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});

	test('connects nodes that exist, and leaves none alone', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(names.length);
		const targets = Object.values(connections).flatMap((kinds) =>
			Object.values(kinds)
				.flat(2)
				.map((target) => target?.node),
		);
		for (const name of [...Object.keys(connections), ...targets]) expect(names).toContain(name);
		const connected = [...reachable(example, starts), ...Object.keys(connections), ...targets];
		for (const node of nodes) if (!isNote(node)) expect(connected).toContain(node.name);
	});

	test('refers to nodes that exist and can have run before', () => {
		for (const node of nodes) {
			for (const [, name] of JSON.stringify(node.parameters).matchAll(/\$\('([^']+)'\)/g)) {
				expect([name, byName.has(name)]).toEqual([name, true]);
				expect([node.name, name, reachable(example, [name]).has(node.name)]).toEqual([node.name, name, true]);
			}
		}
	});

	test('has expressions that are valid code', () => {
		for (const node of nodes)
			for (const code of expressionsIn(node.parameters)) expect(() => new Script(`(${code})`)).not.toThrow();
	});

	test('has parameters that its nodes offer', () => {
		for (const node of ours) {
			const { type, parameters } = node;
			const fields = fieldsOf(type, parameters);
			if (!isOurTrigger(node)) {
				const { resource, operation } = parameters;
				const operations = fields.find(({ name }) => name === 'operation')?.options as Array<{ value: string }>;
				expect([resource, operations.map(({ value }) => value)]).toEqual([
					resource,
					expect.arrayContaining([operation]),
				]);
			}
			for (const [name, value] of Object.entries(parameters)) {
				if (ADDED_BY_N8N.includes(name)) continue;
				expect([name, wrongIn(fields, name, value)]).toEqual([name, []]);
			}
		}
	});

	test('fills in what its nodes require, or leaves it to the user', () => {
		for (const { name: node, type, parameters } of ours) {
			for (const { name, required } of fieldsOf(type, parameters))
				if (required) expect([node, Object.keys(parameters)]).toEqual([node, expect.arrayContaining([name])]);
		}
	});

	test('has no node that always outputs an item and also has an error output', () => {
		// With an error, n8n outputs the error and an empty item, so both branches run.
		expect(nodes.filter((node) => node.alwaysOutputData && node.onError === 'continueErrorOutput')).toEqual([]);
	});

	test('never puts the changes of a plan into a text as they are', () => {
		for (const node of nodes)
			expect(
				textsIn(node.parameters).filter((text) => /\.changes\b(?!\.(map|filter|some|every|length)\b)/.test(text)),
			).toEqual([]);
	});

	const approvals = nodes.filter(isApproval);
	const applies = ours.filter(({ parameters }) => parameters.operation === 'applyPlan');
	const plans = ours.filter(({ parameters }) => /^plan/.test(String(parameters.operation)));
	const asksForChanges = nodes.filter((node) => /\$json\.hasChanges === true/.test(conditionOf(node)));

	if (approvals.length > 0 && plans.length > 0) {
		test('asks for an approval only when there are changes, and otherwise sends the evidence', () => {
			const names = asksForChanges.map(({ name }) => name);
			const without = reachable(example, starts, ({ from, output }) => !(names.includes(from) && output === 0));
			expect(approvals.filter(({ name }) => without.has(name)).map(({ name }) => name)).toEqual([]);
			for (const from of names) {
				const texts = targetsOf(example, { from, output: 1 }).map((name) => answerOf(find(name)));
				expect([from, texts.length]).toEqual([from, 1]);
				expect(texts[0]).toMatch(/\$json\.(message|markdown)|\$json\.changes\.map\(\(change\) => .*change\.text/);
			}
		});

		test('applies a plan only after the approval, and the plan as it was', () => {
			const decisions = nodes
				.filter((node) => /approved === true|Answer === 'Approve'/.test(conditionOf(node)))
				.map(({ name }) => name);
			const without = reachable(example, starts, ({ from, output }) => !(decisions.includes(from) && output === 0));
			expect([applies.length, applies.filter(({ name }) => without.has(name))]).toEqual([1, []]);
			const [before] = nodes.filter(({ name }) =>
				targetsOf(example, { from: name, output: 0 }).includes(applies[0].name),
			);
			expect(before.parameters.jsonOutput).toBe(`={{ $('Plan').first().json }}`);
			for (const from of decisions) expect([from, targetsOf(example, { from, output: 1 }).length]).toEqual([from, 1]);
		});

		test('says who has to approve what, in the format of the place', () => {
			const asks = nodes.filter((node) => textsIn(node.parameters).some((text) => text.includes('$json.message')));
			expect(asks.length).toBeGreaterThan(0);
			for (const { parameters } of plans)
				expect([parameters.output, parameters.format]).toEqual([
					'summary',
					expect.stringMatching(/^(slack|markdown|jira|plain)$/),
				]);
			if (approvals.some(({ type }) => type.endsWith('.slack')))
				expect(plans.map(({ parameters }) => parameters.format)).toEqual(['slack']);
			// The Slack node escapes the text of an approval, which is escaped already.
			for (const { type, parameters } of approvals)
				if (type.endsWith('.slack'))
					expect(parameters.message).toContain(`.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')`);
		});
	}

	if (applies.length > 0) {
		test('has the text of each change and its result as evidence', () => {
			const [{ name }] = applies;
			const after = [...reachable(example, [name])].map(find);
			const evidence = after
				.flatMap(({ parameters }) => textsIn(parameters))
				.filter(
					(text) =>
						text.includes(`$('${name}').all()`) &&
						/\.text\b/.test(text) &&
						/\.result\b/.test(text) &&
						/\.reason\b/.test(text),
				);
			const returnsRows = targetsOf(example, { from: name, output: 0 }).length === 0;
			expect([evidence.length > 0, returnsRows].filter(Boolean)).toHaveLength(1);
		});
	}

	const isByHand = starts.every((name) => find(name).type.endsWith('.manualTrigger'));
	const steps = ours.filter((node) => !isTool(node) && !isOurTrigger(node));
	if (!isByHand && steps.length > 0) {
		test('sends every error of the nodes to a ticket, a channel or the caller', () => {
			const isLast = ({ name, type }: ExampleNode) =>
				type.endsWith('.set') &&
				targetsOf(example, { from: name, output: 0 }).length === 0 &&
				nodes.some(({ parameters }) => parameters.responseMode === 'lastNode');
			for (const { name, onError } of steps) {
				if (onError === 'continueRegularOutput') {
					// The error is a field of the item then, and something has to read it.
					const after = [...reachable(example, [name])].map(find);
					expect([
						name,
						after.some(({ parameters }) => textsIn(parameters).some((text) => /json\.error\b/.test(text))),
					]).toEqual([name, true]);
					continue;
				}
				expect([name, onError]).toEqual([name, 'continueErrorOutput']);
				const targets = targetsOf(example, { from: name, output: 1 }).map(find);
				expect([name, targets.length]).toEqual([name, 1]);
				const [target] = targets;
				expect([name, answerOf(target) ?? (isLast(target) ? textsIn(target.parameters).join() : '')]).toEqual([
					name,
					expect.stringContaining('$json.error'),
				]);
			}
		});

		const isWatched = starts.some(
			(name) =>
				/\.(scheduleTrigger|jiraTrigger|googleCalendarTrigger)$/.test(find(name).type) ||
				isOurTrigger(find(name)) ||
				(find(name).type.endsWith('.webhook') && find(name).parameters.responseMode === undefined),
		);
		if (isWatched && steps.some(({ onError }) => onError === 'continueErrorOutput')) {
			test('ends with an error where somebody watches failed executions', () => {
				for (const { name } of steps.filter(({ onError }) => onError === 'continueErrorOutput')) {
					const [target] = targetsOf(example, { from: name, output: 1 });
					expect([name, [...reachable(example, [target])].some((after) => isStop(find(after)))]).toEqual([name, true]);
				}
				for (const { name } of applies)
					expect(
						[...reachable(example, [name], ({ from, output }) => !(from === name && output === 1))].some((after) =>
							isStop(find(after)),
						),
					).toBe(true);
			});
		}
	}
});

test('webhooks and forms have addresses of their own', () => {
	const ids = exampleFiles.flatMap((file) => readExample(file).nodes.flatMap(({ webhookId }) => webhookId ?? []));
	expect(new Set(ids).size).toBe(ids.length);
	const paths = exampleFiles.flatMap((file) =>
		readExample(file).nodes.flatMap(({ type, parameters }) =>
			/\.(webhook|mcpTrigger)$/.test(type) ? [parameters.path] : [],
		),
	);
	expect(new Set(paths).size).toBe(paths.length);
});

test('no trigger of the package has a webhook ID, because everybody could guess its address', () => {
	// n8n chooses one at the import.
	const triggers = exampleFiles.flatMap((file) => readExample(file).nodes.filter(isOurTrigger));
	expect([triggers.length > 0, triggers.filter(({ webhookId }) => webhookId !== undefined)]).toEqual([true, []]);
});

const nodeIn = (example: Example, name: string) => example.nodes.find((node) => node.name === name) as ExampleNode;

/** What a Set node gives for one item. */
function setFields(example: Example, node: string, more: Omit<Evaluation, 'node'> = {}): IDataObject {
	const { assignments } = nodeIn(example, node).parameters.assignments as {
		assignments: Array<{ name: string; value: string }>;
	};
	return Object.fromEntries(
		assignments.map(({ name, value }) => [
			name,
			isExpression(value) ? evaluate(example, value, { ...more, node }) : value,
		]),
	) as IDataObject;
}

/** Rows of Apply Plan with all that a text may have to escape. */
const ROWS: IDataObject[] = [
	{
		action: 'deleteViewer',
		text: 'Delete viewer anna@example.com with viewer group R&D [EU] on page <Acme>',
		result: 'done',
	},
	{
		action: 'deleteTeamMember',
		text: 'Delete team member anna@example.com',
		result: 'failed',
		reason: 'Statuspage answered 403 {code}',
	},
];

describe('evidence', () => {
	test('the ticket of a leaver has one line per change, what was not done first, and the error', () => {
		const example = readExample('leaver-with-approval.json');
		const returned: Returned = { Leaver: [{ email: 'anna@example.com', issue: 'IT-1' }], Apply: ROWS };
		const result = setFields(example, 'Result', { input: ROWS, returned });
		expect(result.isDone).toBe(false);
		const comment = evaluate(example, String(nodeIn(example, 'Evidence').parameters.comment), {
			node: 'Evidence',
			input: [result],
			returned,
		});
		expect(comment).toBe(
			'Result on Statuspage:\n* Delete team member anna@example.com – failed (Statuspage answered 403 \\{code\\})\n* Delete viewer anna@example.com with viewer group R&D \\[EU\\] on page <Acme> – done',
		);
		expect(
			evaluate(example, conditionOf(nodeIn(example, 'Everything removed?')), {
				node: 'Everything removed?',
				returned: { ...returned, Result: [result] },
			}),
		).toBe(false);
		const failure = {
			email: 'anna@example.com',
			error: 'Statuspage rejected the request with status 403',
			details: { httpCode: '403', advice: 'Check the page' },
		};
		expect(
			evaluate(example, String(nodeIn(example, 'Note the error').parameters.comment), {
				node: 'Note the error',
				input: [failure],
				returned,
			}),
		).toContain('status 403. Check the page');
		expect(
			evaluate(example, String(nodeIn(example, 'Access remains').parameters.errorMessage), {
				node: 'Access remains',
				returned,
			}),
		).toBe('Access to Statuspage may remain for anna@example.com. See IT-1');
	});

	test('a leaver without access is evidence too', () => {
		const example = readExample('leaver-with-approval.json');
		const plan = {
			hasChanges: false,
			changes: [
				{
					action: 'unchanged',
					text: 'No access found for ben@example.com. Checked: page Acme. Not checked: subscriptions',
				},
			],
		};
		expect(
			evaluate(example, conditionOf(nodeIn(example, 'Any changes?')), { node: 'Any changes?', input: [plan] }),
		).toBe(false);
		const { comment } = nodeIn(example, 'Note that there is no access').parameters;
		expect(evaluate(example, String(comment), { node: 'Note that there is no access', input: [plan] })).toBe(
			'* No access found for ben@example.com. Checked: page Acme. Not checked: subscriptions',
		);
	});

	test.each([
		'leaver-with-approval.json',
		'joiner-with-jira-approval.json',
		'nightly-reconcile.json',
		'reconcile-from-directory.json',
		'access-until-a-day.json',
		'viewers-from-a-file.json',
	])('%s: rows without a result do not count as done', (file) => {
		const example = readExample(file);
		// n8n passes the input of a node that throws to its first output.
		const plan = [{ hasChanges: true, changes: [] }];
		expect(setFields(example, 'Result', { input: plan, returned: { Apply: plan } }).isDone).toBe(false);
		const done = [{ ...ROWS[0] }, { ...ROWS[0], result: 'unchanged' }];
		expect(setFields(example, 'Result', { input: done, returned: { Apply: done } }).isDone).toBe(true);
	});

	test('a message in Slack has the counts, escapes names, and says how many rows it leaves out', () => {
		const example = readExample('nightly-reconcile.json');
		const { lines } = setFields(example, 'Result', { input: ROWS, returned: { Apply: ROWS } });
		expect(lines).toBe(
			'Nightly reconcile of Statuspage: 1 done, 1 failed\n• Delete team member anna@example.com – failed (Statuspage answered 403 {code})\n• Delete viewer anna@example.com with viewer group R&amp;D [EU] on page &lt;Acme&gt; – done',
		);
		const many = Array.from({ length: 40 }, () => ROWS[0]);
		expect(String(setFields(example, 'Result', { input: many, returned: { Apply: many } }).lines)).toMatch(
			/\n… and 25 more\. The execution has all of them\.$/,
		);
	});

	test('a name is escaped once in an approval, where the Slack node escapes the message itself', () => {
		const example = readExample('nightly-reconcile.json');
		const { message } = nodeIn(example, 'Ask in Slack').parameters;
		expect(
			evaluate(example, String(message), {
				node: 'Ask in Slack',
				input: [{ message: 'Add a to `R&amp;D &lt;EU&gt;`' }],
			}),
		).toBe('Add a to `R&D <EU>`');
	});

	test('a request of an AI client ends with a state and its reason', () => {
		const example = readExample('mcp-request-access.json');
		const value = (node: string) =>
			(nodeIn(example, node).parameters.columns as { value: Record<string, string> }).value;
		const outcome = (node: string, input: IDataObject[]) =>
			Object.fromEntries(
				Object.entries(value(node)).map(([name, text]) => [
					name,
					isExpression(text) ? evaluate(example, text, { node, input, returned: { Apply: input } }) : text,
				]),
			);
		expect(outcome('Save the outcome', ROWS)).toEqual({
			state: 'failed',
			outcome: expect.stringContaining('– failed (Statuspage answered 403 {code})') as string,
		});
		expect(outcome('Save the error', [{ error: "There is no viewer group 'Acmee'", details: {} }])).toEqual({
			state: 'failed',
			outcome: "There is no viewer group 'Acmee'",
		});
		expect(outcome('Save that nothing changes', [{ markdown: 'Nothing will change.' }])).toEqual({
			state: 'done',
			outcome: 'Nothing will change.',
		});
		expect(outcome('Save the decline', [{ data: { approved: false } }])).toEqual({
			state: 'declined',
			outcome: 'The plan was declined.',
		});
		// When the wait is over, the node passes its input on.
		expect(outcome('Save the decline', [{ hasChanges: true }])).toEqual({
			state: 'declined',
			outcome: 'Nobody answered within 3 days.',
		});
	});

	test('the caller of a link gets the reason, with a status that says whose it is', () => {
		const example = readExample('approval-by-link.json');
		const { responseBody, options } = nodeIn(example, 'Answer with the error').parameters as {
			responseBody: string;
			options: { responseCode: string };
		};
		const answer = (input: IDataObject) => [
			evaluate(example, options.responseCode, { node: 'Answer with the error', input: [input] }),
			JSON.parse(String(evaluate(example, responseBody, { node: 'Answer with the error', input: [input] }))),
		];
		expect(answer({ error: "There is no viewer group 'Acmee'", details: { advice: 'Check the name' } })).toEqual([
			400,
			{ error: "There is no viewer group 'Acmee'. Check the name" },
		]);
		expect(answer({ error: 'Statuspage rejected the request', details: { httpCode: '403' } })).toEqual([
			502,
			{ error: 'Statuspage rejected the request' },
		]);
		// A viewer group that the list names and the page does not have is the caller's.
		expect(answer({ error: 'No viewer group has this name', details: { httpCode: '404' } })).toEqual([
			400,
			{ error: 'No viewer group has this name' },
		]);
		const condition = conditionOf(nodeIn(example, 'Has people?'));
		const hasPeople = (body: unknown) =>
			evaluate(example, condition, { node: 'Has people?', input: [{ body } as IDataObject] });
		expect(
			[undefined, {}, { people: [] }, { people: 'anna' }, { people: [{ email: 'a@example.com' }] }].map(hasPeople),
		).toEqual([false, false, false, false, true]);
	});

	test('the page for a file shows why it could not be read', () => {
		const example = readExample('viewers-from-a-file.json');
		const { completionMessage } = nodeIn(example, 'Show the error').parameters;
		const shown = (returned: Returned) =>
			evaluate(example, String(completionMessage), {
				node: 'Show the error',
				input: [{ error: "'Email' of item 0 is missing" }],
				returned,
			});
		expect(shown({ 'Rows of CSV': [{ error: 'The file is not <CSV>' }] })).toMatch(/^The file is not &lt;CSV&gt;\n/);
		expect(shown({ 'Rows of Excel': [{}] })).toMatch(/^'Email' of item 0 is missing\n/);
	});
});

describe('leaver-from-directory.json', () => {
	const example = readExample('leaver-from-directory.json');
	let simulator: Simulator;
	beforeAll(async () => (simulator = await startSimulator()));
	afterAll(async () => await simulator.stop());

	/** Whether the evidence says that the user cannot log in. */
	async function isDeactivated(email: string): Promise<unknown> {
		const { resource, operation, ...parameters } = nodeIn(example, 'Deactivate in the directory').parameters;
		const { items } = await runDirectory(
			await directoryOf(simulator),
			`${String(resource)} ${String(operation)}`,
			{ ...(parameters as IDataObject), userId: { __rl: true, mode: 'email', value: email } },
			{ onError: 'continueRegularOutput' },
		);
		expect(items).toHaveLength(1);
		const returned: Returned = {
			Leaver: [{ email }],
			'Deactivate in the directory': items,
			Apply: [],
			'Remaining access': [{}],
		};
		return setFields(example, 'Evidence', { returned }).isDeactivated;
	}

	test('a user who is not in the directory cannot log in', async () => {
		const [user] = (await directoryOf(simulator)).users;
		expect(await isDeactivated(user.email)).toBe(true);
		expect(await isDeactivated('nobody@example.org')).toBe(true);
	});

	test.each([403, 404])('an answer with status %d is no evidence', async (status) => {
		await simulator.fault({ kind: 'status', status, match: { path: '/Users' } });
		expect(await isDeactivated('nobody@example.org')).toBe(false);
	});
});

describe('access-until-a-day.json', () => {
	const file = 'access-until-a-day.json';
	const example = readExample(file);

	/** What the check of one row says. */
	function checked(row: IDataObject, today = '2026-12-31'): IDataObject {
		const returned: Returned = { Settings: [{ groups: ['Acme Corp', 'Contoso'], today }] };
		const read = setFields(example, 'Read rows', { input: [row], returned });
		return { ...read, ...setFields(example, 'Check rows', { input: [read], returned }) };
	}

	test('a row gives access up to and including its day', () => {
		const row = { id: 1, email: ' anna@example.com', groups: 'acme corp; Contoso', until: '2026-12-31 ' };
		expect(checked(row)).toEqual({
			row: '1',
			email: 'anna@example.com',
			groups: ['acme corp', 'Contoso'],
			until: '2026-12-31',
			problem: '',
			isCurrent: true,
		});
		expect(checked(row, '2026-12-30')).toMatchObject({ problem: '', isCurrent: true });
		expect(checked(row, '2027-01-01')).toMatchObject({ problem: '', isCurrent: false });
	});

	test('today is the day in the time zone of the workflow', () => {
		jest.useFakeTimers({ now: new Date('2026-12-31T23:30:00Z') });
		try {
			const today = (timezone: string) => setFields(example, 'Settings', { timezone }).today;
			expect([today('UTC'), today('Europe/Berlin'), today('America/New_York')]).toEqual([
				'2026-12-31',
				'2027-01-01',
				'2026-12-31',
			]);
		} finally {
			jest.useRealTimers();
		}
	});

	test.each([
		['no rows', {}, 'The table has no rows'],
		['no email', { id: 1, groups: 'Contoso', until: '2026-12-31' }, 'email is empty or no address'],
		[
			'a name for an email',
			{ id: 1, email: 'Anna', groups: 'Contoso', until: '2026-12-31' },
			'email is empty or no address',
		],
		[
			'no day',
			{ id: 1, email: 'a@example.com', groups: 'Contoso', until: null },
			'until is not a day such as 2026-12-31',
		],
		[
			'a day in another form',
			{ id: 1, email: 'a@example.com', groups: 'Contoso', until: '31.12.2026' },
			'until is not a day such as 2026-12-31',
		],
		[
			'a day that does not exist',
			{ id: 1, email: 'a@example.com', groups: 'Contoso', until: '2026-02-31' },
			'until is not a day such as 2026-12-31',
		],
		[
			'a time',
			{ id: 1, email: 'a@example.com', groups: 'Contoso', until: '2026-12-31T00:00:00.000Z' },
			'until is not a day such as 2026-12-31',
		],
		['no group', { id: 1, email: 'a@example.com', groups: ' , ', until: '2026-12-31' }, 'groups is empty'],
		[
			'another group',
			{ id: 1, email: 'a@example.com', groups: 'Contoso, Fabrikam', until: '2026-12-31' },
			'groups has a name that is not in Settings',
		],
	])('a row with %s is a problem', (_, row, problem) => expect(checked(row as IDataObject)).toMatchObject({ problem }));

	/** The list that the plan gets, or the problems. */
	function people(rows: IDataObject[], members: IDataObject[]): IDataObject {
		return setFields(example, 'People', {
			input: rows,
			returned: { Members: members, 'Check rows': rows.map((row) => checked(row)) },
		});
	}

	test('an unreadable row or group stops the plan for everybody', () => {
		const good = { id: 1, email: 'a@example.com', groups: 'Contoso', until: '2027-01-01' };
		const result = people(
			[good, { id: 2, email: 'b@example.com', groups: 'Contoso', until: 'tomorrow' }],
			[{ error: 'There is no viewer group <Contoso>' }],
		);
		expect(result.problems).toEqual([
			'There is no viewer group <Contoso>',
			'Row 2: until is not a day such as 2026-12-31',
		]);
		expect(
			evaluate(example, conditionOf(nodeIn(example, 'Everything readable?')), {
				node: 'Everything readable?',
				input: [result],
			}),
		).toBe(false);
		const { text } = nodeIn(example, 'Post the unreadable rows').parameters;
		expect(evaluate(example, String(text), { node: 'Post the unreadable rows', input: [result] })).toBe(
			'Access until a day: nothing was planned.\n• There is no viewer group &lt;Contoso&gt;\n• Row 2: until is not a day such as 2026-12-31',
		);
		expect(targetsOf(example, { from: 'Everything readable?', output: 1 })).toEqual(['Post the unreadable rows']);
		const past = reachable(
			example,
			['Everything readable?'],
			({ from, output }) => !(from === 'Everything readable?' && output === 0),
		);
		expect([...past].filter((name) => isOurs(nodeIn(example, name)))).toEqual([]);
	});

	describe('with Statuspage', () => {
		let simulator: Simulator;
		let world: World;
		beforeAll(async () => (simulator = await startSimulator()));
		afterAll(async () => await simulator.stop());
		beforeEach(async () => {
			await simulator.reset({ viewers: 300 });
			world = await worldOf(simulator);
		});

		/** The changes that the plan of the example has for these rows, and the members of the group before. */
		async function planned(
			rowsFor: (members: string[]) => IDataObject[],
		): Promise<{ changes: string[]; members: string[] }> {
			const group = world.groups.find(({ name }) => name === 'Contoso');
			const emails = (group?.viewerIds ?? []).flatMap(
				(id) => world.viewers.find((viewer) => viewer.id === id)?.email ?? [],
			);
			const list = people(
				rowsFor(emails),
				emails.map((email) => ({ id: 'x', email })),
			).people as IDataObject[];
			const { resource, operation, ...parameters } = structuredClone(nodeIn(example, 'Plan').parameters) as {
				resource: string;
				operation: string;
				options: IDataObject;
			};
			expect(parameters).toMatchObject({ scope: 'groups', scopeGroupIds: `={{ $('Settings').first().json.groups }}` });
			const { items, error } = await run(
				world,
				`${resource} ${operation}`,
				{
					...parameters,
					pageId: { __rl: true, mode: 'id', value: world.pageId },
					output: 'changes',
					scopeGroupIds: `={{ ['Contoso'] }}`,
					options: { ...parameters.options, capPercent: 100 },
				} as IDataObject,
				{ items: list },
			);
			expect(error).toBeUndefined();
			return {
				changes: items.map(({ action, email }) => `${String(action)} ${String(email)}`).sort(),
				members: emails,
			};
		}

		const row = (email: string, until: string) => ({ id: 1, email, groups: 'Contoso', until });

		test('the plan removes whose day is over or who has no row, adds whose day has not come, and leaves the others', async () => {
			const { changes, members } = await planned(([first, second, ...others]) => [
				row(first, '2026-12-30'),
				...others.map((email) => row(email, '2026-12-31')),
				row('new@example.com', '2027-01-01'),
				row('past@example.com', '2026-01-01'),
				row(others[0], '2026-01-01'),
				row(`${second}.other`, '2026-12-01'),
			]);
			expect(members.length).toBeGreaterThan(3);
			expect(changes).toEqual(
				['createViewer new@example.com', `removeFromGroup ${members[0]}`, `removeFromGroup ${members[1]}`].sort(),
			);
		});

		test('the last person is removed too', async () => {
			const { changes, members } = await planned(([first]) => [row(first, '2026-12-30')]);
			expect(changes).toEqual(members.map((email) => `removeFromGroup ${email}`).sort());
		});
	});
});

describe('mcp-server.json', () => {
	const { nodes } = readExample('mcp-server.json');
	const tools = nodes.filter(isTool);

	test('returns viewer groups with names and counts instead of lists of IDs', () => {
		for (const { parameters } of tools.filter((tool) => tool.parameters.resource === 'viewerGroup'))
			expect(parameters.simplify).toBe(true);
	});

	test('has small answers: a limit or Simplify', () => {
		for (const { parameters } of tools.filter((tool) => tool.parameters.operation === 'getMany'))
			expect([parameters.resource, parameters.returnAll === false || parameters.simplify === true]).toEqual([
				parameters.resource,
				true,
			]);
	});

	test('answers what a person has access to with the report, and never for everybody', () => {
		const tool = tools.find(({ name }) => name === 'Get access of a person') as ExampleNode;
		expect(tool.parameters).toMatchObject({
			resource: 'access',
			operation: 'getReport',
			output: 'items',
			options: { emails: expect.stringMatching(/^=\{\{ \$fromAI\('email'/) as string },
		});
		expect(tools.filter(({ parameters }) => /^plan|applyPlan/.test(String(parameters.operation)))).toEqual([]);
	});

	test('a report for an email that the model left empty is an error', async () => {
		const simulator = await startSimulator();
		try {
			const world = await worldOf(simulator);
			const { error } = await run(world, 'access getReport', { output: 'items', options: { emails: `={{ '' }}` } });
			expect(error?.message).toContain("'People'");
		} finally {
			await simulator.stop();
		}
	});

	test('has only tools that read, besides the request that a person approves', () => {
		expect(
			tools
				.map(({ parameters }) => String(parameters.operation))
				.filter((operation) => !/^(get|getMany|getReport|checkAudience)$/.test(operation)),
		).toEqual([]);
		for (const { type, parameters } of nodes)
			if (/[tT]ool/.test(type))
				expect(String(parameters.toolDescription ?? parameters.description).length).toBeGreaterThan(40);
	});
});
