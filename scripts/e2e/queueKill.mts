import { say } from '../host/screen.mts';
import type { Simulated, SimulatedState } from '../start/simulated.mts';
import { check, type Check } from './check.mts';
import { post, send } from './post.mts';
import type { QueueMode } from './queueMode.mts';
import { PLAN, UPSERT } from './queueWorkflows.mts';
import { waitFor } from './waitFor.mts';

const PEOPLE = 120;
/** The worker is killed once so many viewers exist. */
const KILL_AT = 40;

interface Place {
	pageId: string;
	groupIds: string[];
}

interface Person {
	email: string;
	groupIds: string[];
}

interface Row {
	error?: string;
	result?: string;
}

/** The number of viewers with these emails. */
function countViewers(state: SimulatedState, pageId: string, people: Person[]): number {
	const emails = new Set(people.map(({ email }) => email));
	return Object.values(state.pages[pageId]?.viewers ?? {}).filter(({ email }) => emails.has(email)).length;
}

/** The first difference from the state after one complete run. */
function differenceFrom(
	before: SimulatedState,
	after: SimulatedState,
	{ pageId, groupIds }: Place,
	people: Person[],
): string | undefined {
	const [was, is] = [before.pages[pageId], after.pages[pageId]];
	if (!was || !is) return 'the page is gone';
	const found = people.map(({ email }) => Object.entries(is.viewers).filter(([, viewer]) => viewer.email === email));
	const wrong = found.findIndex((viewers) => viewers.length !== 1);
	if (wrong >= 0) return `${people[wrong]?.email} exists ${found[wrong]?.length} times`;
	const total = Object.keys(was.viewers).length + people.length;
	if (Object.keys(is.viewers).length !== total)
		return `the page has ${Object.keys(is.viewers).length} viewers, not ${total}`;
	for (const groupId of groupIds) {
		const wanted = [...(was.groups[groupId]?.viewerIds ?? []), ...found.flatMap((each) => each.map(([id]) => id))];
		const given = is.groups[groupId]?.viewerIds ?? [];
		if (JSON.stringify([...given].sort()) !== JSON.stringify(wanted.sort()))
			return `viewer group ${groupId} has ${given.length} viewers, not these ${wanted.length}`;
	}
	return undefined;
}

/** How often each result occurs, such as "80 created, 40 unchanged". */
function countsOf(rows: Row[]): string {
	const names = rows.map(({ error, result }) => error ?? result ?? 'no result');
	return [...new Set(names)].map((name) => `${names.filter((each) => each === name).length} ${name}`).join(', ');
}

/** A worker is killed in the middle of a job, and the same job runs again on another worker. */
async function checkKill(
	{ url, session, workers, addWorker }: QueueMode,
	simulator: Simulated,
	place: Place,
	workflowId: string,
	label: string,
): Promise<Check[]> {
	const { pageId, groupIds } = place;
	const people = Array.from({ length: PEOPLE }, (_, index) => ({
		email: `${workflowId}.${index}@example.com`,
		groupIds,
	}));
	const before = await simulator.state();
	const run = async () => await send(`${url}/webhook/${workflowId}`, { people });
	const killed = await check(`${label}: a worker killed in the middle ends the execution with an error`, async () => {
		const first = run();
		await waitFor(`viewer ${KILL_AT}`, async () =>
			countViewers(await simulator.state(), pageId, people) >= KILL_AT ? true : undefined,
		);
		const [execution] = await session.executions(workflowId);
		const worker = workers.find(({ isRunning, hasStarted }) => isRunning() && hasStarted(execution?.id ?? ''));
		if (!execution || !worker) return 'no worker runs the execution';
		await worker.kill();
		const since = performance.now();
		const done = countViewers(await simulator.state(), pageId, people);
		if (done >= PEOPLE) return 'the job was done before the worker was killed';
		const isLast = !workers.some(({ isRunning }) => isRunning());
		if (isLast) await addWorker();
		const { status } = await first;
		const ended = await waitFor('the end of the execution', async () =>
			(await session.executions(workflowId)).map((each) => each.status).find((each) => each !== 'running'),
		);
		const seconds = ((performance.now() - since) / 1000).toFixed(0);
		say(`  ${label}: killed after ${done} of ${PEOPLE} viewers, n8n said "${ended}" ${seconds} s later`);
		return ended === 'error' && status >= 500 ? undefined : `it ended with ${ended}, and the answer was ${status}`;
	});
	const repeated = await check(`${label}: the same job again leads to the same state as one run`, async () => {
		const { rows } = (await post(`${url}/webhook/${workflowId}`, { people })) as { rows: Row[] };
		say(`  ${label}: the second run says ${countsOf(rows)}`);
		const failed = rows.find(({ error }) => error !== undefined);
		return failed?.error ?? differenceFrom(before, await simulator.state(), place, people);
	});
	return [killed, repeated];
}

/** First one of two workers is killed, then the last one. */
export async function checkKills(queueMode: QueueMode, simulator: Simulated, place: Place): Promise<Check[]> {
	return [
		...(await checkKill(queueMode, simulator, place, UPSERT, 'viewers are created')),
		...(await checkKill(queueMode, simulator, place, PLAN, 'a plan is applied')),
		await check(
			'no request was wrong after a kill',
			async () => (await simulator.log()).find(({ problem }) => problem)?.problem,
		),
	];
}
