import type { LogEntry } from '../../simulator/log.mts';
import type { Execution, N8n, NodeRun } from '../host/n8n.mts';
import { say, table } from '../host/screen.mts';
import { example, type Choices, type Chosen } from './examples.mts';
import type { Simulated, SimulatedState } from './simulated.mts';

export const VIEWERS = 5900;
const CREATED = 80;
const IN_GROUP = 500;
const LIMIT = 60;

/** One step of the main example: which requests it sends, and what is expected of its result. */
interface Step {
	node: string;
	isRequest: (entry: LogEntry) => boolean;
	check: (result: StepResult) => string[];
}

interface StepResult {
	rows: Array<Record<string, unknown>>;
	requests: LogEntry[];
	before: SimulatedState;
	after: SimulatedState;
	choices: Chosen;
}

/** The sentence, where the expectation is not met. */
function expected(isSo: boolean, otherwise: string): string[] {
	return isSo ? [] : [otherwise];
}

const done = (requests: LogEntry[]) => requests.filter(({ isRejected }) => !isRejected);

const steps: Step[] = [
	{
		node: 'List viewers',
		isRequest: ({ method, path }) => method === 'GET' && path.endsWith('/page_access_users'),
		check: ({ rows, requests }) => [
			...expected(
				new Set(rows.map(({ id }) => id)).size === VIEWERS,
				`${VIEWERS} different viewers were expected, not ${rows.length}`,
			),
			// 59 full pages, and the empty one that shows the end.
			...expected(
				done(requests).length === VIEWERS / 100 + 1,
				`${VIEWERS / 100 + 1} requests were expected, not ${requests.length}`,
			),
			...expected(
				requests.every(({ query }) => query.page && query.per_page),
				'a request had no paging parameter',
			),
		],
	},
	{
		node: 'Create viewers',
		isRequest: ({ method }) => method === 'POST',
		check: ({ rows, requests, after, choices: { page, group } }) => {
			const created = rows.flatMap(({ id }) => after.pages[page.id]?.viewers[String(id)] ?? []);
			return [
				...expected(
					rows.length === CREATED && created.length === CREATED,
					`${CREATED} new viewers were expected, not ${rows.length}`,
				),
				...expected(
					created.every((viewer) => viewer.groupIds.includes(group.id)),
					'a new viewer is not in the group',
				),
				...expected(done(requests).length === CREATED, `${CREATED} requests were expected, not ${requests.length}`),
			];
		},
	},
	{
		node: 'Add 500 to one group',
		isRequest: ({ path }) => path.includes('/page_access_groups/'),
		check({ rows, requests, before, after, choices: { page, group } }) {
			const [was = [], is = []] = [before, after].map((state) => state.pages[page.id]?.groups[group.id]?.viewerIds);
			const asked = Object.keys(before.pages[page.id]?.viewers ?? {}).slice(0, IN_GROUP);
			const { added = [], alreadyThere = [] } = (rows[0] ?? {}) as { added?: string[]; alreadyThere?: string[] };
			return [
				...expected(added.length + alreadyThere.length === IN_GROUP, `${IN_GROUP} viewers were expected in the result`),
				...expected(
					[...was, ...asked].every((id) => is.includes(id)),
					'a viewer is missing in the group',
				),
				// A read, a write, and a read that shows whether another process overwrote it.
				...expected(done(requests).length === 3, `3 requests were expected, not ${requests.length}`),
			];
		},
	},
	{
		node: 'Change one permission',
		isRequest: ({ path }) => path.startsWith('/organizations/'),
		check({ before, after, requests, choices: { teamMember, permissionPage } }) {
			const [was = {}, is = {}] = [before, after].map((state) => state.members[teamMember.id]?.permissions);
			const others = Object.keys(was).filter((id) => id !== permissionPage);
			const wanted = { page_configuration: false, incident_manager: true, maintenance_manager: true };
			return [
				...expected(
					JSON.stringify(is[permissionPage]) === JSON.stringify(wanted),
					'the roles on the page are not the requested ones',
				),
				...expected(
					others.every((id) => JSON.stringify(is[id]) === JSON.stringify(was[id])),
					'another page was changed or removed',
				),
				...expected(done(requests).length === 2, `2 requests were expected, not ${requests.length}`),
			];
		},
	},
];

/** A page, a group and a team member for the example to work with. */
export function choicesIn(
	state: SimulatedState,
	credentials: Pick<Choices, 'credential' | 'directoryCredential'>,
): Chosen {
	const [main, second] = Object.values(state.pages);
	const group = Object.values(main?.groups ?? {}).find(({ external_identifier }) => external_identifier === null);
	const ids = Object.keys(state.pages);
	const member = Object.values(state.members).find(({ permissions }) => ids.every((id) => id in permissions));
	if (!main || !second || !group || !member)
		throw new Error('The simulator has no page, viewer group or team member for the example');
	return {
		...credentials,
		page: main.row,
		group: { id: group.id, name: group.name },
		teamMember: { id: member.row.id, name: member.row.email },
		permissionPage: second.row.id,
	};
}

function seconds(run: NodeRun | undefined): string {
	return run ? `${(run.executionTime / 1000).toFixed(1)} s` : '-';
}

function rowsOf(run: NodeRun | undefined): Array<Record<string, unknown>> {
	return (run?.data?.main[0] ?? []).map(({ json }) => json);
}

/** The error of a node in the words of n8n. */
function failures(execution: Execution, node: string): string[] {
	const error = execution.runData[node]?.[0]?.error ?? (execution.runData[node] ? undefined : execution.error);
	if (error) return [[error.message, error.description].filter(Boolean).join('. ')];
	return expected(execution.runData[node] !== undefined, 'it did not run');
}

/** Runs the main example in n8n against the simulator, and prints its result. Returns true when every step is as expected. */
export async function runMainExample(
	n8n: N8n,
	simulator: Simulated,
	choices: Chosen,
	windowSeconds: number,
): Promise<boolean> {
	await n8n.importWorkflows(
		await Promise.all(
			['viewers-at-scale', 'joiner', 'leaver', 'read-only-check'].map(async (name) => await example(name, choices)),
		),
	);
	const before = await simulator.state();
	say(`Running the main example in n8n: ${VIEWERS} viewers, ${LIMIT} requests in ${windowSeconds} s …`);
	const since = performance.now();
	const execution = await n8n.execute('viewers-at-scale', 'the main example runs');
	const wall = (performance.now() - since) / 1000;
	const [after, log] = [await simulator.state(), await simulator.log()];

	const problems: string[] = [];
	const rows = steps.map(({ node, isRequest, check }) => {
		const run = execution.runData[node]?.[0];
		const requests = log.filter(isRequest);
		const wrong = failures(execution, node);
		if (wrong.length === 0) wrong.push(...check({ rows: rowsOf(run), requests, before, after, choices }));
		problems.push(...wrong.map((text) => `${node}: ${text}`));
		const rejected = requests.filter(({ isRejected }) => isRejected).length;
		return [
			wrong.length === 0 ? '✓' : '✗',
			node,
			String(rowsOf(run).length),
			String(requests.length),
			String(rejected),
			seconds(run),
		];
	});
	const rejections = log.filter(({ isRejected }) => isRejected).length;
	problems.push(...log.flatMap(({ method, path, problem }) => (problem ? [`${method} ${path}: ${problem}`] : [])));
	say(`\n${table([['', 'step', 'rows', 'requests', 'rejected', 'time'], ...rows])}\n`);
	say(`  ${log.length} requests, ${rejections} rejected, ${wall.toFixed(1)} s in total, including the start of n8n.`);
	for (const node of steps)
		for (const { message } of execution.runData[node.node]?.[0]?.hints ?? []) say(`  ${node.node}: ${message}`);
	for (const text of problems) say(`  ✗ ${text}`);
	say(problems.length === 0 ? '  Every step is as expected.\n' : '  Not every step is as expected.\n');
	return problems.length === 0;
}
