import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOST, ROOT } from '../scripts/host/install.mts';
import type { Execution, N8n, Workflow } from '../scripts/host/n8n.mts';
import type { Gateway } from './gateway.mts';
import type { Job } from './job.mts';
import { runAtLimit } from './limit.mts';
import type { NodeUsage } from './loopMonitor.mts';
import type { LoggedRequest, Service } from './service.mts';
import { usageOf, type Usage } from './usage.mts';

export interface Measurement extends Usage, Partial<NodeUsage> {
	/** Number of runs that were combined. */
	runs: number;
	done: number;
	harmed: number;
	/** Requested changes that are not in effect, and whose item says so. */
	reported: number;
	/** Requested changes that are not in effect, and whose item doesn't say so. */
	lost: number;
	requests: number;
	rejections: number;
	/** Rejections after the first two windows, as a fraction of all accepted requests. */
	lateRejections: number;
	seconds: number;
	/** Requests that had no response when the service disappeared. */
	onWire?: number;
	/** Message of the first error. */
	error?: string;
}

/** What a job runs against. */
export interface Stand {
	/** n8n instances, one per process of a job. */
	hosts: N8n[];
	service: Service;
	gateway: Gateway;
}

const MONITOR_FILE = join(HOST, 'node-usage');
const MONITOR = {
	LOOP_MONITOR_FILE: MONITOR_FILE,
	NODE_OPTIONS: `--import=${pathToFileURL(join(ROOT, 'bench', 'loopMonitor.mts')).href}`,
};

/** Inaccuracy of the times in the log of the simulator. It is smaller than the latency of the jobs that start warm. */
const CLOCK_MS = 20;

/** Runs of the measured nodes. */
function workRuns({ runData }: Execution) {
	return Object.entries(runData).flatMap(([name, list]) => (name.startsWith('Work') ? list : []));
}

/** Total execution time of the measured nodes, in seconds. */
function workSeconds(execution: Execution): number {
	return workRuns(execution).reduce((sum, { executionTime }) => sum + executionTime, 0) / 1000;
}

function errorIn({ runData, error }: Execution): string | undefined {
	return (
		error ??
		Object.values(runData)
			.flat()
			.find((run) => run.error)?.error
	)?.message;
}

async function prepare({ service, gateway }: Stand, { simulator, setUp, faults, outage }: Job): Promise<void> {
	await service.reset(simulator);
	if (setUp) await service.setUp(setUp);
	for (const fault of faults ?? []) await service.addFault(fault);
	await gateway.plan(outage);
	await rm(MONITOR_FILE, { force: true });
}

async function readMonitor(): Promise<Partial<NodeUsage>> {
	const text = await readFile(MONITOR_FILE, 'utf8').catch(() => '{}');
	return JSON.parse(text) as Partial<NodeUsage>;
}

/** The requests of the measured nodes. */
function measuredRequests(log: LoggedRequest[], job: Job, executions: Execution[], resetAt: number): LoggedRequest[] {
	if (!job.isWarm) return log;
	const startedAt = Math.min(...executions.flatMap(workRuns).map(({ startTime }) => startTime));
	return log.filter(({ at }) => at >= startedAt - resetAt - CLOCK_MS);
}

/** Runs a job once in n8n. All workflows run at the same time, each in its own process. */
export async function measure(stand: Stand, job: Job, workflows: Workflow[], idle: Usage): Promise<Measurement> {
	const { hosts, service, gateway } = stand;
	await prepare(stand, job);
	const before = await service.state();
	const usages: Array<Promise<Usage>> = [];
	const executions = await Promise.all(
		workflows.map(
			async ({ id }, index) =>
				await (hosts[index] as N8n).execute(id, id, (pid) => usages.push(usageOf(pid)), job.isMonitored ? MONITOR : {}),
		),
	);
	const used = await Promise.all(usages);
	const log = measuredRequests(await service.log(), job, executions, service.resetAt);
	const startedAt = log[0]?.at ?? 0;
	const rejected = log.filter(({ isRejected }) => isRejected);
	const late = rejected.filter(({ at }) => at - startedAt > 2 * job.window.windowMs).length;
	const { done, harmed, reported = 0 } = job.tally(before, await service.state(), executions);
	return {
		runs: 1,
		done,
		harmed,
		reported,
		lost: job.asked - done - reported,
		requests: log.length,
		rejections: rejected.length,
		lateRejections: late / Math.max(1, log.length - rejected.length),
		seconds: Math.max(...executions.map(workSeconds)),
		cpuSeconds: used.reduce((sum, { cpuSeconds }) => sum + Math.max(0, cpuSeconds - idle.cpuSeconds), 0),
		peakMegabytes: Math.max(...used.map(({ peakMegabytes }) => Math.max(0, peakMegabytes - idle.peakMegabytes))),
		...(await readMonitor()),
		...(job.outage ? { onWire: gateway.onWire } : {}),
		error: executions.map(errorIn).find((message) => message !== undefined),
	};
}

/** Runs the requests of a job once with the client that sends as fast as the rate limit allows. */
export async function measureLimit(stand: Stand, job: Job): Promise<Measurement> {
	await prepare(stand, job);
	const { simulator, window, connections } = job;
	const seconds =
		(await runAtLimit(stand.service.url, job.limit, {
			...window,
			latencyMs: simulator.latency ?? 0,
			connections,
		})) / 1000;
	const log = await stand.service.log();
	return {
		runs: 1,
		done: job.asked,
		harmed: 0,
		reported: 0,
		lost: 0,
		requests: log.length,
		rejections: log.filter(({ isRejected }) => isRejected).length,
		lateRejections: 0,
		seconds,
		cpuSeconds: 0,
		peakMegabytes: 0,
	};
}

/** Measures the CPU time and memory that n8n uses for an empty workflow. */
export async function measureIdle(n8n: N8n, id: string): Promise<Usage> {
	let usage: Promise<Usage> | undefined;
	await n8n.execute(id, id, (pid) => (usage = usageOf(pid)));
	return (await usage) ?? { cpuSeconds: 0, peakMegabytes: 0 };
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Medians of several runs. `done`, `harmed`, `reported`, `lost` and `blockedMs` are the worst values instead. */
export function medianOf(runs: Measurement[]): Measurement {
	const combined = (pick: (run: Measurement) => number | undefined, combine: (values: number[]) => number) => {
		const values = runs.map(pick).filter((value) => value !== undefined);
		return values.length > 0 ? combine(values) : undefined;
	};
	const middle = (pick: (run: Measurement) => number) => median(runs.map(pick));
	const worst = (values: number[]) => Math.max(...values);
	return {
		runs: runs.length,
		done: Math.min(...runs.map(({ done }) => done)),
		harmed: Math.max(...runs.map(({ harmed }) => harmed)),
		reported: Math.max(...runs.map(({ reported }) => reported)),
		lost: Math.max(...runs.map(({ lost }) => lost)),
		blockedMs: combined(({ blockedMs }) => blockedMs, worst),
		nodeCpuSeconds: combined(({ nodeCpuSeconds }) => nodeCpuSeconds, median),
		tries: combined(({ tries }) => tries, median),
		onWire: combined(({ onWire }) => onWire, median),
		requests: middle(({ requests }) => requests),
		rejections: middle(({ rejections }) => rejections),
		lateRejections: middle(({ lateRejections }) => lateRejections),
		seconds: middle(({ seconds }) => seconds),
		cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
		peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
		error: runs.find(({ error }) => error !== undefined)?.error,
	};
}
