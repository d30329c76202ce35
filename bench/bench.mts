import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { N8N_VERSION, ROOT } from '../scripts/host/install.mts';
import { N8n } from '../scripts/host/n8n.mts';
import { endAll, mustRun } from '../scripts/host/processes.mts';
import { elapsed, say, table } from '../scripts/host/screen.mts';
import { prepare } from '../scripts/start/trial.mts';
import { CREDENTIALS, jobsFor, SEED, type Job } from './jobs.mts';
import { measureLoading, packageVersion } from './loading.mts';
import { measure, measureIdle, measureLimit, median, medianOf, type Measurement } from './measure.mts';
import {
	machineName,
	markdownOf,
	missedTargets,
	tableOf,
	targetTable,
	type Arm,
	type JobResult,
	type Results,
} from './report.mts';
import { Service } from './service.mts';
import { HEADER_CREDENTIAL, workflow } from './workflows.mts';

/** Skipped by --quick: it measures the same as create-200 and takes by far the longest. */
const SLOWEST_JOB = 'create-1000';

/** Data folders of the two n8n instances. Jobs that share a key between two processes use both. */
const HOST_FOLDERS = ['bench', 'bench-2'];
const IDLE = workflow('idle', [{}]);

const options = new Command('npm run bench --')
	.description(
		'Compare the Statuspage node with the HTTP Request node and the physical limit, in a real n8n against the simulator.',
	)
	.option('--quick', `run each job once instead of five times, and skip ${SLOWEST_JOB}`)
	.option('--json <file>', 'write all measurements to a JSON file')
	.option('--only <jobs...>', 'run only the jobs with these names; results.md is not written')
	.option('--runs <number>', 'runs per job; the results are medians', Number)
	.parse()
	.opts<{ quick?: boolean; json?: string; only?: string[]; runs?: number }>();
const runs = options.runs ?? (options.quick ? 1 : 5);

function workflowsOf(job: Job): Array<[Arm, Job['statuspage'] | undefined]> {
	return [
		['Statuspage node', job.statuspage],
		['HTTP Request node', job.http],
		['HTTP Request node, careful', job.careful],
	];
}

/** Creates an n8n instance with all workflows and one credential per rate limit window. */
async function hostWith(
	host: Awaited<ReturnType<typeof prepare>>,
	folder: string,
	service: Service,
	jobs: Job[],
	organizationId: string,
): Promise<N8n> {
	const n8n = await N8n.in(host, folder);
	for (const { name, limit, windowMs } of CREDENTIALS) {
		const data = {
			apiKey: 'simulator-key',
			organizationId,
			baseUrl: service.url,
			requestsPerMinute: limit,
			rateWindowSeconds: windowMs / 1000,
			readOnly: false,
		};
		await n8n.importCredential({ id: name, name, type: 'statuspageApi', data });
	}
	await n8n.importCredential({
		...HEADER_CREDENTIAL,
		type: 'httpHeaderAuth',
		data: { name: 'Authorization', value: 'OAuth simulator-key' },
	});
	await n8n.importWorkflows([
		IDLE,
		...jobs.flatMap((job) => workflowsOf(job).flatMap(([, workflows]) => workflows ?? [])),
	]);
	return n8n;
}

async function main(): Promise<Results> {
	const host = await prepare();
	const service = await Service.start();
	const stateOf = async (viewers: number) => {
		await service.reset({ viewers, seed: SEED, limit: 60, latency: 0 });
		return await service.state();
	};
	const { organizationId } = await stateOf(1);
	const jobs = (await jobsFor(service.url, stateOf)).filter(({ name }) =>
		options.only ? options.only.includes(name) : !options.quick || name !== SLOWEST_JOB,
	);
	say('Importing the workflows into two n8n instances …');
	const hosts: N8n[] = [];
	for (const folder of HOST_FOLDERS) hosts.push(await hostWith(host, folder, service, jobs, organizationId));
	const [n8n] = hosts as [N8n];

	const idles = [];
	for (let run = 0; run < Math.max(3, runs); run++) idles.push(await measureIdle(n8n, IDLE.id));
	const idle = {
		cpuSeconds: median(idles.map(({ cpuSeconds }) => cpuSeconds)),
		peakMegabytes: median(idles.map(({ peakMegabytes }) => peakMegabytes)),
	};
	const measurements = new Map<Job, Map<Arm, Measurement[]>>(jobs.map((job) => [job, new Map()]));
	// Every round runs all jobs, so other load on the machine affects all of them equally.
	for (let run = 0; run < runs; run++) {
		for (const [job, arms] of measurements) {
			for (const [arm, workflows] of workflowsOf(job)) {
				if (!workflows) continue;
				arms.set(arm, [...(arms.get(arm) ?? []), await measure(hosts, service, job, workflows, idle)]);
			}
			if (job.limit.length > 0) arms.set('limit', [...(arms.get('limit') ?? []), await measureLimit(service, job)]);
			say(`  ${run + 1}/${runs} ${job.name}, ${elapsed(since)}`);
		}
	}
	const results = [...measurements].map(
		([{ name, asked }, arms]): JobResult => ({
			name,
			asked,
			arms: Object.fromEntries([...arms].map(([arm, list]) => [arm, medianOf(list)])),
		}),
	);
	const node = (await mustRun('node', host.node, ['--version'], {})).trim();
	return {
		date: new Date().toISOString().slice(0, 10),
		versions: { package: await packageVersion(), n8n: N8N_VERSION, node },
		machine: machineName(),
		runs,
		jobs: results,
		loading: await measureLoading(),
	};
}

const since = performance.now();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void endAll().then(() => process.exit(130)));
try {
	const results = await main();
	if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, '\t')}\n`);
	if (!options.only && !options.quick) await writeFile(join(ROOT, 'bench', 'results.md'), markdownOf(results));
	say(`\n${table(tableOf(results))}\n\n${table(targetTable(results))}\n`);
	for (const text of missedTargets(results)) say(`  ✗ ${text}`);
	await endAll();
	process.exit(missedTargets(results).length === 0 ? 0 : 1);
} catch (error) {
	console.error((error as Error).message);
	await endAll();
	process.exit(1);
}
