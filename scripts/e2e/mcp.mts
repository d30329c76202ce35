import type { Workflow, WorkflowNode } from '../host/n8n.mts';
import { say } from '../host/screen.mts';
import { example } from '../start/examples.mts';
import type { Trial } from '../start/trial.mts';
import { builtProperties, type Property } from './builtNode.mts';
import { check, type Check } from './check.mts';
import { McpClient, type McpTool } from './mcpClient.mts';

const EXAMPLE = 'mcp-server';
/** The same tools with the texts that n8n and the package give them, and some more. */
const OWN_TEXTS = 'mcp-server-without-texts';
const TOKEN = 'token-of-the-mcp-server';
const TRIGGER = '@n8n/n8n-nodes-langchain.mcpTrigger';
const WORKFLOW_TOOL = '@n8n/n8n-nodes-langchain.toolWorkflow';
const OUR_TOOL = 'n8n-nodes-statuspage.statuspageTool';

/** What an AI model reads in one answer without losing the thread. */
const MOST_CHARACTERS = 10_000;
const MOST_CHARACTERS_OF_SCHEMA = 2_000;

interface Operation {
	action: string;
	description: string;
	/** The text for AI models; undefined where the package has none. */
	toolText?: string;
}

/** What the built node says of an operation. */
function operationOf({ resource, operation }: Record<string, unknown>): Operation {
	const isFor = ({ displayOptions: { show = {} } = {} }: Property, names: Record<string, unknown>) =>
		Object.entries(names).every(([name, value]) => show[name]?.includes(value));
	const properties = builtProperties();
	const { action = '', description = '' } =
		properties
			.find((property) => property.name === 'operation' && isFor(property, { resource }))
			?.options?.find(({ value }) => value === operation) ?? {};
	const toolText = properties.find(
		(property) => property.name === 'toolDescription' && isFor(property, { resource, operation, '@tool': true }),
	)?.default as string | undefined;
	return { action, description, toolText };
}

/** n8n's name of a tool. */
const toolName = (node: string) => node.replace(/[^a-zA-Z0-9_-]+/g, '_');

/** The arguments that a tool asks the model for. */
function argumentsOf(parameters: object): string[] {
	const found = JSON.stringify(parameters).matchAll(/\$fromAI\(\s*'(\w+)'/g);
	return [...new Set([...found].map(([, key = '']) => key))].sort();
}

const fromAi = (key: string) => `={{ $fromAI('${key}') }}`;

/** Tools whose model names everything: objects in the mode From List, a dropdown, and the page and roles of a row. */
function moreTools({ choices: { credential } }: Trial): WorkflowNode[] {
	const named = (key: string) => ({ __rl: true, mode: 'list', value: fromAi(key) });
	const tool = (name: string, parameters: Record<string, unknown>) => ({
		id: toolName(name),
		name,
		type: OUR_TOOL,
		typeVersion: 1,
		position: [0, 600],
		credentials: { statuspageApi: credential },
		parameters,
	});
	return [
		tool('Change roles', {
			resource: 'permission',
			operation: 'update',
			teamMemberId: named('member'),
			pages: { page: [{ pageId: fromAi('page'), roles: fromAi('roles') }] },
			options: {},
		}),
		tool('Change status', {
			resource: 'component',
			operation: 'update',
			pageId: named('page'),
			componentId: named('component'),
			updateFields: { status: fromAi('status') },
			options: {},
		}),
	];
}

/** Imports and publishes the example, and the same without texts of its own, before n8n starts. */
export async function prepareMcp(trial: Trial): Promise<void> {
	const { n8n, choices } = trial;
	const bearer = { id: 'mcp-token', name: 'Token of the MCP server' };
	await n8n.importCredential({ ...bearer, type: 'httpBearerAuth', data: { token: TOKEN } });
	const original = await example(EXAMPLE, choices);
	const filled = (node: WorkflowNode): WorkflowNode => {
		if (node.type === TRIGGER) return { ...node, credentials: { httpBearerAuth: bearer } };
		if (node.type !== WORKFLOW_TOOL) return node;
		const value = node.name === 'Request access' ? 'mcp-request-access' : 'mcp-request-outcome';
		return { ...node, parameters: { ...node.parameters, workflowId: { __rl: true, mode: 'id', value } } };
	};
	const server: Workflow = { ...original, nodes: original.nodes.map(filled) };

	const withoutText = ({ parameters, ...node }: WorkflowNode): WorkflowNode => {
		const { descriptionType, toolDescription, ...rest } = parameters;
		return { ...node, parameters: rest };
	};
	const trigger = server.nodes.find(({ type }) => type === TRIGGER);
	if (!trigger) throw new Error('The example has no MCP Server Trigger');
	const tools = [...server.nodes.filter(({ type }) => type === OUR_TOOL).map(withoutText), ...moreTools(trial)];
	const plain: Workflow = {
		...server,
		id: OWN_TEXTS,
		name: OWN_TEXTS,
		nodes: [
			{ ...trigger, parameters: { ...trigger.parameters, path: OWN_TEXTS }, webhookId: OWN_TEXTS } as WorkflowNode,
			...tools,
		],
		connections: Object.fromEntries(
			tools.map(({ name }) => [name, { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] }]),
		),
	};
	await n8n.importWorkflows([server, plain]);
	await n8n.publish('mcp-request-outcome');
	await n8n.publish(EXAMPLE);
	await n8n.publish(OWN_TEXTS);
}

/** What is wrong with the tools that a model sees. */
function wrongTools(nodes: WorkflowNode[], tools: McpTool[], textOf: (node: WorkflowNode) => string): string[] {
	const names = nodes.map(({ name }) => toolName(name)).sort();
	const listed = tools.map(({ name }) => name).sort();
	if (JSON.stringify(names) !== JSON.stringify(listed)) return [`the tools are ${listed.join(', ')}`];
	return nodes.flatMap((node) => {
		const { name, parameters } = node;
		const tool = tools.find((entry) => entry.name === toolName(name)) as McpTool;
		const wanted = textOf(node);
		const given = Object.keys(tool.inputSchema.properties ?? {}).sort();
		const size = JSON.stringify(tool.inputSchema).length;
		return [
			...(tool.description === wanted ? [] : [`${name} is described as "${tool.description}", not "${wanted}"`]),
			...(JSON.stringify(given) === JSON.stringify(argumentsOf(parameters))
				? []
				: [`${name} asks for ${given.join(', ') || 'nothing'}`]),
			...(size <= MOST_CHARACTERS_OF_SCHEMA ? [] : [`the input schema of ${name} has ${size} characters`]),
		];
	});
}

function show(tools: McpTool[]): void {
	for (const { name, description, inputSchema } of tools)
		say(`  ${name} (input schema: ${JSON.stringify(inputSchema).length} characters): ${description}`);
}

/** What a model gets to read and can do, through n8n's MCP Server Trigger. */
export async function checkMcp(url: string, trial: Trial): Promise<Check[]> {
	const { simulator, choices } = trial;
	const server = `${url}/mcp/statuspage`;
	const { nodes } = await example(EXAMPLE, choices);
	const ours = nodes.filter(({ type }) => type === OUR_TOOL);
	const plain = async () => await McpClient.connect(`${url}/mcp/${OWN_TEXTS}`, TOKEN);
	return [
		await check('the MCP server rejects a wrong token', async () => {
			try {
				await McpClient.connect(server, 'wrong');
			} catch (error) {
				return /answered 40[13]/.test((error as Error).message) ? undefined : (error as Error).message;
			}
			return 'it accepted the token';
		}),
		await check('a model sees the tools of the example with their texts and arguments', async () => {
			const tools = await (await McpClient.connect(server, TOKEN)).tools();
			show(tools);
			const all = nodes.filter(({ type }) => type === OUR_TOOL || type === WORKFLOW_TOOL);
			const [problem] = wrongTools(all, tools, ({ parameters }) =>
				String(parameters.toolDescription ?? parameters.description),
			);
			return problem;
		}),
		await check('a tool without a text of its own has the text of its operation', async () => {
			const tools = await (await plain()).tools();
			show(tools);
			const all = [...ours, ...moreTools(trial)];
			const [problem] = wrongTools(all, tools, ({ parameters }) => {
				const { action, toolText } = operationOf(parameters);
				return toolText ?? `${action} in Statuspage`;
			});
			// The text has to say at least what the dropdown of operations says.
			const short = all.find(({ parameters }) => {
				const { description, toolText } = operationOf(parameters);
				return toolText !== undefined && !toolText.includes(description.replace(/\.$/, ''));
			});
			return problem ?? (short ? `the text of ${short.name} lacks the description of the operation` : undefined);
		}),
		await check(`viewer groups are an answer of less than ${MOST_CHARACTERS} characters`, async () => {
			const text = await (await McpClient.connect(server, TOKEN)).call('Get_viewer_groups', { limit: 50 });
			const groups = Object.values((await simulator.state()).pages[choices.page.id]?.groups ?? {});
			say(`  ${groups.length} viewer groups are ${text.length} characters`);
			const missing = groups.find(({ name }) => !text.includes(name));
			if (missing) return `the viewer group ${missing.name} is missing: ${text.slice(0, 300)}`;
			return text.length < MOST_CHARACTERS ? undefined : `it has ${text.length} characters`;
		}),
		await check(`no tool of the example answers with ${MOST_CHARACTERS} characters or more`, async () => {
			const client = await McpClient.connect(server, TOKEN);
			const values: Record<string, unknown> = { email: choices.teamMember.name, limit: 20 };
			const sizes = await Promise.all(
				ours.map(async ({ name, parameters }) => {
					const given = Object.fromEntries(argumentsOf(parameters).map((key) => [key, values[key]]));
					return [toolName(name), (await client.call(toolName(name), given)).length] as const;
				}),
			);
			say(`  Characters of the answers: ${sizes.map((entry) => entry.join(' ')).join(', ')}`);
			const [tooLong] = sizes.filter(([, size]) => size >= MOST_CHARACTERS);
			return tooLong && `${tooLong[0]} answers with ${tooLong[1]} characters`;
		}),
		await check('the access of a person is an answer with evidence', async () => {
			const text = await (
				await McpClient.connect(server, TOKEN)
			).call('Get_access_of_a_person', { email: choices.teamMember.name });
			return text.includes('summary') ? undefined : `there is no summary: ${text.slice(0, 300)}`;
		}),
		await check('a model names the team member, the page and the roles of a permission', async () => {
			const given = { member: choices.teamMember.name, page: choices.page.name, roles: 'Page Configuration' };
			const text = await (await plain()).call('Change_roles', given);
			const roles = (await simulator.state()).members[choices.teamMember.id]?.permissions[choices.page.id];
			const wanted = { page_configuration: true, incident_manager: false, maintenance_manager: false };
			return Object.entries(wanted).every(([role, value]) => roles?.[role] === value)
				? undefined
				: `${JSON.stringify(roles)}: ${text.slice(0, 300)}`;
		}),
		await check('a model names the page, the component and its status', async () => {
			const { components } = (await simulator.state()).pages[choices.page.id] ?? { components: {} };
			const component = Object.values(components).find(({ group }) => !group);
			if (!component) return 'the page has no component';
			const text = await (
				await plain()
			).call('Change_status', { page: choices.page.name, component: component.name, status: 'Partial Outage' });
			return text.includes(component.id) && text.includes('partial_outage') ? undefined : text.slice(0, 300);
		}),
		await check('a model that names nothing known gets an error with the names that exist', async () => {
			const given = { page: choices.page.name, component: 'No such component', status: 'Operational' };
			const text = await (await plain()).call('Change_status', given);
			return text.includes('No such component') && text.includes('Known are') ? undefined : text.slice(0, 500);
		}),
	];
}
