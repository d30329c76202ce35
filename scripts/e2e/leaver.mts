import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workflow, WorkflowNode } from '../host/n8n.mts';
import { example } from '../start/examples.mts';
import { addViewer } from '../start/leaver.mts';
import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import { post } from './post.mts';
import type { Session } from './session.mts';
import { waitFor } from './waitFor.mts';

const NAME = 'leaver-with-approval';

/** A message to the channel, or a comment in the ticket. */
interface Message {
	place: 'slack' | 'jira';
	text: string;
	issue?: string;
	/** Where the answer to a message goes. */
	resumeUrl?: string;
}

/** A server in place of Slack and Jira that keeps all messages. */
export interface StandIn {
	url: string;
	messages: Message[];
	stop: () => Promise<void>;
}

async function startStandIn(): Promise<StandIn> {
	const messages: Message[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			messages.push(JSON.parse(body) as Message);
			response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		messages,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The code of a parameter that is one expression. */
function codeOf(value: unknown): string {
	const code = /^=\{\{([\s\S]*)\}\}$/.exec(String(value))?.[1];
	if (code === undefined) throw new Error(`${String(value)} is not one expression`);
	return code;
}

/** The node as a request to the stand-in, with the same expressions. */
function sending(node: WorkflowNode, url: string, fields: Record<string, string>): WorkflowNode {
	const jsonBody = `={{ JSON.stringify({ ${Object.entries(fields)
		.map(([name, code]) => `${name}: ${code}`)
		.join(', ')} }) }}`;
	const parameters = {
		method: 'POST',
		url,
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody,
		options: {},
	};
	return { ...node, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters };
}

type Connections = Record<string, { main: Array<Array<{ node: string; type: string; index: number }>> }>;

const to = (node: string) => ({ node, type: 'main', index: 0 });

/** The example with the stand-in: its Slack node is a message and a wait for the answer, its Jira nodes are messages. */
function withStandIn({ nodes, connections, ...rest }: Workflow, url: string): Workflow {
	const links = structuredClone(connections) as Connections;
	const more: WorkflowNode[] = [];
	const replaced = nodes.map((node): WorkflowNode => {
		const { name, type, parameters } = node;
		if (type.endsWith('.jira'))
			return sending(node, url, {
				place: `'jira'`,
				issue: codeOf(parameters.issueKey),
				text: codeOf(parameters.comment),
			});
		if (!type.endsWith('.slack')) return node;
		const [approved = [], failed = []] = links[name]?.main ?? [];
		const place = { typeVersion: 1.1, position: [0, 600] };
		more.push(
			{
				...place,
				id: 'wait-for-slack',
				name: 'Wait for Slack',
				type: 'n8n-nodes-base.wait',
				parameters: { resume: 'webhook', httpMethod: 'POST', options: {} },
				webhookId: 'leaver-slack',
			} as WorkflowNode,
			{
				...place,
				id: 'answer-of-slack',
				name: 'Answer of Slack',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'raw',
					jsonOutput: '={{ { data: { approved: $json.body.approved === true } } }}',
					options: {},
				},
			} as WorkflowNode,
		);
		links[name] = { main: [[to('Wait for Slack')], failed] };
		links['Wait for Slack'] = { main: [[to('Answer of Slack')]] };
		links['Answer of Slack'] = { main: [approved] };
		return sending(node, url, {
			place: `'slack'`,
			text: codeOf(parameters.message),
			resumeUrl: '$execution.resumeUrl',
		});
	});
	return { ...rest, nodes: [...replaced, ...more], connections: links };
}

/** Imports and publishes the example with the stand-in, before n8n starts. */
export async function prepareLeaver({ n8n, choices }: Trial): Promise<StandIn> {
	const standIn = await startStandIn();
	await n8n.importWorkflows([withStandIn(await example(NAME, choices), standIn.url)]);
	await n8n.publish(NAME);
	return standIn;
}

/** A leaver from the ticket to the evidence, in n8n as it runs in production. */
export async function checkLeaverApproval(
	url: string,
	session: Session,
	{ simulator, choices }: Trial,
	{ messages }: StandIn,
): Promise<Check[]> {
	const { page } = choices;
	const isViewer = async (email: string) =>
		Object.values((await simulator.state()).pages[page.id]?.viewers ?? {}).some((viewer) => viewer.email === email);
	const asked = (email: string) => messages.find(({ place, text }) => place === 'slack' && text.includes(email));
	const leave = async (email: string, issue: string) =>
		void (await post(`${url}/webhook/statuspage-leaver`, { email, issue }));
	const comment = async (issue: string) =>
		await waitFor(
			`the comment in ${issue}`,
			() => messages.find((message) => message.place === 'jira' && message.issue === issue)?.text,
		);
	/** How the newest execution ended. */
	const status = async () =>
		await waitFor('the end of the execution', async () =>
			(await session.executions(NAME))
				.map((execution) => execution.status)
				.find((each, index) => index === 0 && (each === 'success' || each === 'error')),
		);
	return [
		await check(
			'a leaver with access: the plan goes to Slack, and after the approval the evidence goes to the ticket',
			async () => {
				const email = 'leaver-with-access@example.com';
				await addViewer(simulator, choices, email);
				await leave(email, 'IT-1');
				const { resumeUrl = '' } = await waitFor('the message in Slack', () => asked(email));
				if (!(await isViewer(email))) return 'the viewer was deleted before the approval';
				await post(resumeUrl, { approved: true });
				const text = await comment('IT-1');
				if (!text.includes(email) || !text.includes('– done') || / – (stale|failed|not applied)/.test(text))
					return `the comment was: ${text}`;
				if (await isViewer(email)) return 'the viewer is still there';
				const ended = await status();
				return ended === 'success' ? undefined : `the execution ended with ${ended}`;
			},
		),
		await check('a leaver without access: nobody is asked, and the ticket gets the evidence', async () => {
			const email = 'leaver-without-access@example.com';
			await leave(email, 'IT-2');
			const text = await comment('IT-2');
			if (!text.includes(`No access found for ${email}`)) return `the comment was: ${text}`;
			const ended = await status();
			if (ended !== 'success') return `the execution ended with ${ended}`;
			return asked(email) ? 'Slack got a message' : undefined;
		}),
		await check('a leaver on a page that answers 403: the ticket gets the error, and the execution fails', async () => {
			const email = 'leaver-behind-403@example.com';
			await addViewer(simulator, choices, email);
			await simulator.fault({
				kind: 'status',
				status: 403,
				match: { method: 'GET', path: `/pages/${page.id}/page_access_users` },
				times: 1000,
			});
			try {
				await leave(email, 'IT-3');
				const text = await comment('IT-3');
				if (
					!text.startsWith('The access on Statuspage was not removed, or not all of it: ') ||
					/: (undefined)?$/.test(text)
				)
					return `the comment was: ${text}`;
				const ended = await status();
				if (ended !== 'error') return `the execution ended with ${ended}`;
				if (asked(email)) return 'Slack got a message';
			} finally {
				await simulator.clearFaults();
			}
			return (await isViewer(email)) ? undefined : 'the viewer was deleted';
		}),
	];
}
