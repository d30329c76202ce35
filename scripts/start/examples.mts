import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../host/install.mts';
import type { Workflow, WorkflowNode } from '../host/n8n.mts';

const STATUSPAGE = /^n8n-nodes-statuspage\.statuspage(Tool)?$/;
const DIRECTORY = /^n8n-nodes-statuspage\.atlassianScim(Tool)?$/;

/** Objects that the examples leave for the user to choose. */
export interface Choices {
	credential: { id: string; name: string };
	/** Undefined where the package has no node for the directory. */
	directoryCredential?: { id: string; name: string };
	page: { id: string; name: string };
	group?: { id: string; name: string };
	teamMember?: { id: string; name: string };
	/** The page whose roles are changed. */
	permissionPage?: string;
}

/** All objects are chosen. The directory is optional, since the package may have no node for it. */
export type Chosen = Required<Omit<Choices, 'directoryCredential'>> & Pick<Choices, 'directoryCredential'>;

function chosen(object: { id: string; name: string }) {
	return { __rl: true, mode: 'list', value: object.id, cachedResultName: object.name };
}

function isEmptyLocator(value: unknown): boolean {
	return typeof value === 'object' && value !== null && '__rl' in value && (value as { value?: unknown }).value === '';
}

function filled(node: WorkflowNode, choices: Choices): WorkflowNode {
	const { credential, directoryCredential, page, group, teamMember, permissionPage } = choices;
	if (DIRECTORY.test(node.type) && directoryCredential)
		return { ...node, credentials: { atlassianScimApi: directoryCredential } };
	if (!STATUSPAGE.test(node.type)) return node;
	const parameters = structuredClone(node.parameters);
	if (isEmptyLocator(parameters.pageId)) parameters.pageId = chosen(page);
	if (group && isEmptyLocator(parameters.viewerGroupId)) parameters.viewerGroupId = chosen(group);
	if (teamMember && isEmptyLocator(parameters.teamMemberId)) parameters.teamMemberId = chosen(teamMember);
	const additional = parameters.additionalFields as { viewerGroupIds?: string[] | string } | undefined;
	// An expression takes the groups from the item.
	if (group && Array.isArray(additional?.viewerGroupIds)) additional.viewerGroupIds = [group.id];
	const pages = parameters.pages as { page: Array<{ pageId: string }> } | undefined;
	if (permissionPage) for (const entry of pages?.page ?? []) entry.pageId = permissionPage;
	return { ...node, parameters, credentials: { statuspageApi: credential } };
}

/** The examples, by the names of their files. */
export async function exampleNames(): Promise<string[]> {
	const files = await readdir(join(ROOT, 'examples'));
	return files.filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, ''));
}

/** An example as a workflow that can run, with a credential and all objects chosen. */
export async function example(name: string, choices: Choices): Promise<Workflow> {
	const workflow = JSON.parse(await readFile(join(ROOT, 'examples', `${name}.json`), 'utf8')) as Omit<
		Workflow,
		'id' | 'active'
	>;
	return { ...workflow, id: name, active: false, nodes: workflow.nodes.map((node) => filled(node, choices)) };
}
