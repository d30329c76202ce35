import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { HOST, N8N_VERSION, ROOT } from '../scripts/host/install.mts';
import { N8n, type Workflow } from '../scripts/host/n8n.mts';
import { endAll, mustRun } from '../scripts/host/processes.mts';
import { elapsed, say, table } from '../scripts/host/screen.mts';
import { prepare } from '../scripts/start/trial.mts';
import { Barrier } from './barrier.mts';
import { Gateway } from './gateway.mts';
import type { Job, JobPlan, Site } from './job.mts';
import { jobs } from './jobs.mts';
import { measureLoading, packageVersion } from './loading.mts';
import { measure, measureIdle, measureLimit, median, medianOf, type Measurement, type Stand } from './measure.mts';
import { machineName, markdownOf, missedTargets, nodeTable, tableOf, targetTable } from './report.mts';
import { joinedResults, type Arm, type JobResult, type Results } from './results.mts';
import { Service, type ServiceState } from './service.mts';
import { CREDENTIALS, SEED } from './settings.mts';
import { isCompared } from './targets.mts';
import { HEADER_CREDENTIAL, workflow } from './workflows.mts';

const IDLE = workflow('idle', [{}]);

const options = new Command('npm run bench --')
	.description(
		'Compare the Statuspage node with the HTTP Request node and the physical limit, in a real n8n against the simulator.',
	)
	.option('--quick', 'run each job once instead of five times, skip slow jobs, and clients that no promise mentions')
	.option('--json <file>', 'write all measurements to a JSON file')
	.option('--only <jobs...>', 'run only the jobs with these names; results.md is not written')
	.option('--runs <number>', 'runs per job; the results are medians', Number)
	.option('--join <files...>', 'measure nothing, and write results.md from JSON files of runs with different jobs')
	.parse()
	.opts<{ quick?: boolean; json?: string; only?: string[]; runs?: number; join?: string[] }>();
const runs = options.runs ?? (options.quick ? 1 : 5);

/** The chosen jobs. Names are separated by commas or blanks. */
function chosenPlans(): JobPlan[] {
	const names = options.only?.flatMap((text) => text.split(',')).filter((name) => name !== '');
	if (!names) return jobs.filter(({ isSlow }) => !(options.quick && isSlow));
	const unknown = names.filter((name) => !jobs.some((plan) => plan.name === name));
	if (unknown.length > 0)
		throw new Error(`There is no job ${unknown.join(', ')}. The jobs are: ${jobs.map(({ name }) => name).join(', ')}`);
	return jobs.filter(({ name }) => names.includes(name));
}

function workflowsOf(job: Job): Array<[Arm, Workflow[]]> {
	const arms: Array<[Arm, Workflow[] | undefined]> = [
		['Statuspage node', job.statuspage],
		['HTTP Request node', job.http],
		['HTTP Request node, careful', job.careful],
	];
	return arms.flatMap(([arm, workflows]) =>
		workflows && (arm === 'Statuspage node' || !options.quick || isCompared(job.name, arm)) ? [[arm, workflows]] : [],
	);
}

/** Creates n8n instances with all workflows and one credential per rate limit window. */
async function hostsWith(
	host: Awaited<ReturnType<typeof prepare>>,
	{ url, gatewayUrl }: Site,
	prepared: Job[],
	organizationId: string,
): Promise<N8n[]> {
	const first = await N8n.in(host, 'bench');
	await first.importCredential(
		...CREDENTIALS.map(({ name, limit, windowMs, isInterrupted }) => ({
			id: name,
			name,
			type: 'statuspageApi',
			data: {
				apiKey: 'simulator-key',
				organizationId,
				baseUrl: isInterrupted ? gatewayUrl : url,
				requestsPerMinute: limit,
				rateWindowSeconds: windowMs / 1000,
				readOnly: false,
			},
		})),
		{
			...HEADER_CREDENTIAL,
			type: 'httpHeaderAuth',
			data: { name: 'Authorization', value: 'OAuth simulator-key' },
		},
	);
	await first.importWorkflows([
		IDLE,
		...prepared.flatMap((job) => workflowsOf(job).flatMap(([, workflows]) => workflows)),
	]);
	const others = Array.from(
		{ length: Math.max(1, ...prepared.map(({ statuspage }) => statuspage.length)) - 1 },
		(_, index) => `bench-${index + 2}`,
	);
	const hosts = [first];
	for (const name of others) {
		// Importing takes n8n several seconds, so the other instances get a copy of the database.
		await rm(join(HOST, name), { recursive: true, force: true });
		await cp(first.folder, join(HOST, name), { recursive: true, verbatimSymlinks: true });
		hosts.push(await N8n.in(host, name));
	}
	return hosts;
}

/** Reads the state of a page with the given number of viewers, once per number. */
function stateReader(service: Service): Site['stateOf'] {
	const states = new Map<number, ServiceState>();
	return async (viewers) => {
		const known = states.get(viewers);
		if (known) return known;
		await service.reset({ viewers, seed: SEED, limit: 60, latency: 0 });
		const state = await service.state();
		states.set(viewers, state);
		return state;
	};
}

async function measureIdleHost(n8n: N8n) {
	const idles = [];
	for (let run = 0; run < Math.max(3, runs); run++) idles.push(await measureIdle(n8n, IDLE.id));
	return {
		cpuSeconds: median(idles.map(({ cpuSeconds }) => cpuSeconds)),
		peakMegabytes: median(idles.map(({ peakMegabytes }) => peakMegabytes)),
	};
}

/** How often a client is measured in a job. A client that no promise mentions is measured once, to show what it does. */
function runsOf(job: Job, arm: Arm): number {
	if (arm !== 'Statuspage node' && !isCompared(job.name, arm)) return 1;
	// The time of this limit is given by the rate limit alone.
	if (arm === 'limit' && job.limit.flat().length > job.window.limit) return 1;
	return runs;
}

async function measureAll(stand: Stand, prepared: Job[]): Promise<JobResult[]> {
	const idle = await measureIdleHost(stand.hosts[0] as N8n);
	const measurements = new Map<Job, Map<Arm, Measurement[]>>(prepared.map((job) => [job, new Map()]));
	// Every round runs all jobs, so other load on the machine affects all of them equally.
	for (let run = 0; run < runs; run++) {
		for (const [job, arms] of measurements) {
			const isDue = (arm: Arm) => run < runsOf(job, arm);
			const add = (arm: Arm, measurement: Measurement) => arms.set(arm, [...(arms.get(arm) ?? []), measurement]);
			for (const [arm, workflows] of workflowsOf(job))
				if (isDue(arm)) add(arm, await measure(stand, job, workflows, idle));
			if (job.limit.length > 0 && isDue('limit')) add('limit', await measureLimit(stand, job));
			const { done = 0, requests = 0, seconds = 0 } = arms.get('Statuspage node')?.at(-1) ?? {};
			const outcome = `${done} of ${job.asked}, ${requests} requests, ${seconds.toFixed(1)} s`;
			say(`  ${run + 1}/${runs} ${job.name}: ${outcome} (after ${elapsed(since)})`);
		}
	}
	return [...measurements].map(([{ name, asked, outage }, arms]) => ({
		name,
		asked,
		outage,
		arms: Object.fromEntries([...arms].map(([arm, list]) => [arm, medianOf(list)])),
	}));
}

async function joined(files: readonly string[]): Promise<Results> {
	const parts = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Results));
	return joinedResults(
		parts,
		jobs.map(({ name }) => name),
	);
}

async function measured(): Promise<Results> {
	const plans = chosenPlans();
	const host = await prepare();
	const service = await Service.start();
	const gateway = await Gateway.start(service.url);
	const barrier = await Barrier.start();
	const site: Site = {
		url: service.url,
		gatewayUrl: gateway.url,
		gateUrl: (name, size, delay) => barrier.url(name, size, delay),
		stateOf: stateReader(service),
	};
	say('Preparing the jobs …');
	const prepared: Job[] = [];
	for (const plan of plans) prepared.push(await plan.prepare(site));
	const { organizationId } = await site.stateOf(100);
	say('Importing the workflows into n8n …');
	const hosts = await hostsWith(host, site, prepared, organizationId);
	const results = await measureAll({ hosts, service, gateway }, prepared);
	const node = (await mustRun('node', host.node, ['--version'], {})).trim();
	return {
		date: new Date().toISOString().slice(0, 10),
		versions: { package: await packageVersion(), n8n: N8N_VERSION, node },
		machine: machineName(),
		runs,
		jobs: results,
		loading: await measureLoading(host.node),
	};
}

const since = performance.now();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void endAll().then(() => process.exit(130)));
try {
	const results = options.join ? await joined(options.join) : await measured();
	if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, '\t')}\n`);
	if (!options.only && !options.quick) await writeFile(join(ROOT, 'bench', 'results.md'), markdownOf(results));
	for (const rows of [tableOf(results), nodeTable(results), targetTable(results)])
		if (rows.length > 1) say(`\n${table(rows)}`);
	for (const text of missedTargets(results)) say(`  ✗ ${text}`);
	await endAll();
	process.exit(missedTargets(results).length === 0 ? 0 : 1);
} catch (error) {
	console.error((error as Error).message);
	await endAll();
	process.exit(1);
}
