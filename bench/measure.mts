import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOST, ROOT } from '../scripts/host/install.mts';
import type { Execution, N8n, Workflow } from '../scripts/host/n8n.mts';
import type { Job } from './jobs.mts';
import { runAtLimit } from './limit.mts';
import type { Service } from './service.mts';
import { usageOf, type Usage } from './usage.mts';

export interface Measurement extends Usage {
	done: number;
	harmed: number;
	requests: number;
	rejections: number;
	/** Rejections after the first two windows, as a fraction of all accepted requests. */
	lateRejections: number;
	seconds: number;
	/** The longest time that the node blocked the event loop, in milliseconds. Only set for jobs that measure it. */
	blockedMs?: number;
	/** Message of the first error. */
	error?: string;
}

const BLOCKED_FILE = join(HOST, 'longest-block');
const MONITOR = {
	LOOP_MONITOR_FILE: BLOCKED_FILE,
	NODE_OPTIONS: `--import=${pathToFileURL(join(ROOT, 'bench', 'loopMonitor.mts')).href}`,
};

/** Total execution time of the measured nodes, in seconds. */
function workSeconds({ runData }: Execution): number {
	const runs = Object.entries(runData).flatMap(([name, list]) => (name.startsWith('Work') ? list : []));
	return runs.reduce((sum, { executionTime }) => sum + executionTime, 0) / 1000;
}

function errorIn({ runData, error }: Execution): string | undefined {
	return (
		error ??
		Object.values(runData)
			.flat()
			.find((run) => run.error)?.error
	)?.message;
}

/** Runs a job once in n8n. All workflows run at the same time, each in its own process. */
export async function measure(
	hosts: N8n[],
	service: Service,
	job: Job,
	workflows: Workflow[],
	idle: Usage,
): Promise<Measurement> {
	await service.reset(job.simulator);
	const before = await service.state();
	const usages: Array<Promise<Usage>> = [];
	const executions = await Promise.all(
		workflows.map(
			async ({ id }, index) =>
				await (hosts[index] as N8n).execute(
					id,
					id,
					(pid) => usages.push(usageOf(pid)),
					job.measuresBlocks ? MONITOR : {},
				),
		),
	);
	const used = await Promise.all(usages);
	const log = await service.log();
	const { requests, rejections } = await service.stats();
	const startedAt = log[0]?.at ?? 0;
	const late = log.filter(({ at, isRejected }) => isRejected && at - startedAt > 2 * job.window.windowMs).length;
	return {
		...job.tally(before, await service.state(), executions),
		requests: requests - (job.isWarm ? workflows.length : 0),
		rejections,
		lateRejections: late / Math.max(1, requests - rejections),
		seconds: Math.max(...executions.map(workSeconds)),
		cpuSeconds: used.reduce((sum, { cpuSeconds }) => sum + Math.max(0, cpuSeconds - idle.cpuSeconds), 0),
		peakMegabytes: Math.max(...used.map(({ peakMegabytes }) => Math.max(0, peakMegabytes - idle.peakMegabytes))),
		blockedMs: job.measuresBlocks ? Number(await readFile(BLOCKED_FILE, 'utf8')) : undefined,
		error: executions.map(errorIn).find((message) => message !== undefined),
	};
}

/** Runs the requests of a job once with the client that sends as fast as the rate limit allows. */
export async function measureLimit(service: Service, job: Job): Promise<Measurement> {
	await service.reset(job.simulator);
	const seconds =
		(await runAtLimit(service.url, job.limit, { ...job.window, latencyMs: job.simulator.latency ?? 0 })) / 1000;
	const { requests, rejections } = await service.stats();
	return {
		done: job.asked,
		harmed: 0,
		requests,
		rejections,
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

/** Medians of several runs. `done`, `harmed` and `blockedMs` are the worst values instead. */
export function medianOf(runs: Measurement[]): Measurement {
	const middle = (pick: (run: Measurement) => number) => median(runs.map(pick));
	return {
		done: Math.min(...runs.map(({ done }) => done)),
		harmed: Math.max(...runs.map(({ harmed }) => harmed)),
		blockedMs: runs.some(({ blockedMs }) => blockedMs !== undefined)
			? Math.max(...runs.map(({ blockedMs = 0 }) => blockedMs))
			: undefined,
		requests: middle(({ requests }) => requests),
		rejections: middle(({ rejections }) => rejections),
		lateRejections: middle(({ lateRejections }) => lateRejections),
		seconds: middle(({ seconds }) => seconds),
		cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
		peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
		error: runs.find(({ error }) => error !== undefined)?.error,
	};
}
