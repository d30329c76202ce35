/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'examples');

export interface ExampleNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	onError?: string;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	webhookId?: string;
	credentials?: unknown;
}

export interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	settings: Record<string, unknown>;
}

export const exampleFiles = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

export function readExample(file: string): Example {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;
}

const baseType = ({ type }: ExampleNode) => type.replace(/^n8n-nodes-base\./, '');

export const isNote = (node: ExampleNode) => baseType(node) === 'stickyNote';
/** A node of this package, as a step of the workflow or as a tool. */
export const isOurs = ({ type }: ExampleNode) => type.startsWith('n8n-nodes-statuspage.');
export const isTool = ({ type }: ExampleNode) => /Tool$/.test(type);
/** A node of this package that starts the workflow. */
export const isOurTrigger = (node: ExampleNode) => isOurs(node) && /Trigger$/.test(node.type);
export const isStop = (node: ExampleNode) => baseType(node) === 'stopAndError';

/** A node that waits for the decision of a person. */
export function isApproval(node: ExampleNode): boolean {
	const { operation, resume } = node.parameters;
	if (baseType(node) === 'slack') return operation === 'sendAndWait';
	if (baseType(node) === 'wait') return resume === 'form' || resume === 'webhook';
	return baseType(node) === 'form' && operation === 'page';
}

/** The text that a node sends to a ticket, a channel or the caller; undefined for other nodes. */
export function answerOf(node: ExampleNode): string | undefined {
	const { resource, operation, comment, text, columns, responseBody, completionMessage } = node.parameters;
	switch (baseType(node)) {
		case 'jira':
			return resource === 'issueComment' ? String(comment) : undefined;
		case 'slack':
			return operation === undefined ? String(text) : undefined;
		case 'emailSend':
			return String(text);
		case 'dataTable':
			return resource === 'row' && operation === 'update'
				? JSON.stringify((columns as { value: object }).value)
				: undefined;
		case 'respondToWebhook':
			return String(responseBody);
		case 'form':
			return operation === 'completion' ? String(completionMessage) : undefined;
		default:
			return undefined;
	}
}

/** The condition of an IF node; an empty text for other nodes. */
export function conditionOf(node: ExampleNode): string {
	if (baseType(node) !== 'if') return '';
	const { conditions } = node.parameters.conditions as { conditions: Array<{ leftValue: string }> };
	return conditions.map(({ leftValue }) => leftValue).join(' ');
}

/** How the workflow starts, e.g. "scheduleTrigger". */
export function triggersOf({ nodes, connections }: Example): ExampleNode[] {
	const targets = new Set(
		Object.values(connections).flatMap((kinds) =>
			Object.values(kinds)
				.flat(2)
				.map((target) => target?.node),
		),
	);
	return nodes.filter(
		(node) => !isNote(node) && !isTool(node) && !node.type.includes('langchain') && !targets.has(node.name),
	);
}

/** An output of a node, by its number. */
export interface Edge {
	from: string;
	output: number;
}

/**
 * The names of all nodes that can run after the starting nodes.
 *
 * @param isOpen whether an output may be followed
 */
export function reachable(
	{ connections }: Example,
	starts: string[],
	isOpen: (edge: Edge) => boolean = () => true,
): Set<string> {
	const seen = new Set(starts);
	const open = [...starts];
	for (let from = open.pop(); from !== undefined; from = open.pop()) {
		for (const [output, targets] of (connections[from]?.main ?? []).entries()) {
			if (!isOpen({ from, output })) continue;
			for (const { node } of targets ?? []) {
				if (seen.has(node)) continue;
				seen.add(node);
				open.push(node);
			}
		}
	}
	return seen;
}

/** The nodes directly behind an output. */
export function targetsOf({ connections }: Example, { from, output }: Edge): string[] {
	return (connections[from]?.main?.[output] ?? []).map(({ node }) => node);
}

/** All texts in the parameters of a node. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap((entry) => textsIn(entry)) : [];
}

/** The code between the braces of n8n's expressions. */
export function expressionsIn(value: unknown): string[] {
	return textsIn(value).flatMap((text) =>
		text.startsWith('=') ? [...text.matchAll(/\{\{([\s\S]*?)\}\}(?!\})/g)].map(([, code]) => code) : [],
	);
}
