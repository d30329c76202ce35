import { cpus, totalmem } from 'node:os';
import type { Loading } from './loading.mts';
import type { Measurement } from './measure.mts';

export type Arm = 'Statuspage node' | 'HTTP Request node' | 'HTTP Request node, careful' | 'limit';

export interface JobResult {
	name: string;
	asked: number;
	arms: Partial<Record<Arm, Measurement>>;
}

export interface Results {
	date: string;
	versions: { package: string; n8n: string; node: string };
	machine: string;
	runs: number;
	jobs: JobResult[];
	loading: Loading;
}

/** An upper bound for a ratio of two measurements or for a count. */
interface Target {
	what: string;
	seen: (results: Results) => number | undefined;
	atMost: number;
}

export function machineName(): string {
	const [first] = cpus();
	return `${process.platform} ${process.arch}, ${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}

const job = (results: Results, name: string) => results.jobs.find((entry) => entry.name === name)?.arms ?? {};

function ratio(name: string, other: Arm, pick: (measurement: Measurement) => number) {
	return (results: Results) => {
		const { 'Statuspage node': ours, [other]: theirs } = job(results, name);
		return ours && theirs && pick(theirs) > 0 ? pick(ours) / pick(theirs) : undefined;
	};
}

function count(name: string, pick: (measurement: Measurement, asked: number) => number) {
	return (results: Results) => {
		const ours = job(results, name)['Statuspage node'];
		const asked = results.jobs.find((entry) => entry.name === name)?.asked ?? 0;
		return ours && pick(ours, asked);
	};
}

const lost = ({ done, harmed }: Measurement, asked: number) => asked - done + harmed;
const seconds = (measurement: Measurement) => measurement.seconds;

const TARGETS: Target[] = [
	{
		what: 'list 5,900: time / HTTP Request node',
		seen: ratio('list-5900', 'HTTP Request node', seconds),
		atMost: 0.35,
	},
	{ what: 'list 5,900: requests', seen: count('list-5900', ({ requests }) => requests), atMost: 63 },
	{ what: 'create 60: time / HTTP Request node', seen: ratio('create-60', 'HTTP Request node', seconds), atMost: 1.3 },
	{ what: 'create 200: time / limit', seen: ratio('create-200', 'limit', seconds), atMost: 1.05 },
	{ what: 'create 200: rejections', seen: count('create-200', ({ rejections }) => rejections), atMost: 0 },
	{ what: 'create 1,000: time / limit', seen: ratio('create-1000', 'limit', seconds), atMost: 1.05 },
	{ what: 'create 1,000: rejections', seen: count('create-1000', ({ rejections }) => rejections), atMost: 0 },
	{
		what: 'list 100,000: time / (2 × list 50,000)',
		seen: (results) => {
			const [whole, half] = ['list-100000', 'list-50000'].map((name) => job(results, name)['Statuspage node']?.seconds);
			return whole && half ? whole / (2 * half) : undefined;
		},
		atMost: 1.15,
	},
	{
		what: 'list 100,000: CPU / HTTP Request node',
		seen: ratio('list-100000', 'HTTP Request node', ({ cpuSeconds }) => cpuSeconds),
		atMost: 1.1,
	},
	{
		what: 'list 100,000: peak memory / HTTP Request node',
		seen: ratio('list-100000', 'HTTP Request node', ({ peakMegabytes }) => peakMegabytes),
		atMost: 1.1,
	},
	{ what: 'upsert 1,000: requests', seen: count('upsert-1000', ({ requests }) => requests), atMost: 105 },
	{ what: '500 into one group: requests', seen: count('group-500', ({ requests }) => requests), atMost: 2 },
	{ what: 'two processes: time / limit', seen: ratio('two-processes-600', 'limit', seconds), atMost: 1.4 },
	{
		what: 'two processes: rejections after two windows',
		seen: count('two-processes-600', ({ lateRefusals }) => lateRefusals),
		atMost: 0.05,
	},
	{
		what: 'plan of 10,000: longest block, ms',
		seen: count('plan-10000', ({ blockedMs = 0 }) => blockedMs),
		atMost: 200,
	},
	{
		what: 'report of 30,000: longest block, ms',
		seen: count('report-30000', ({ blockedMs = 0 }) => blockedMs),
		atMost: 200,
	},
	{
		what: 'lost, duplicated or harmed in any job',
		seen: (results) => Math.max(...results.jobs.map(({ name }) => count(name, lost)(results) ?? 0)),
		atMost: 0,
	},
	{ what: 'loading all nodes, ms', seen: ({ loading }) => loading.milliseconds, atMost: 50 },
	{ what: 'packed, kB', seen: ({ loading }) => loading.packedKilobytes, atMost: 300 },
];

/** Describes the targets that were missed. Targets without a measurement are skipped. */
export function missed(results: Results): string[] {
	return TARGETS.flatMap(({ what, seen, atMost }) => {
		const value = seen(results);
		return value !== undefined && value > atMost ? [`${what}: ${round(value)} (limit: ${atMost})`] : [];
	});
}

function round(value: number): string {
	return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, '');
}

function measured(value: number): string {
	return value > 0 ? round(value) : '–';
}

function came({ done, harmed }: Measurement, asked: number): string {
	const parts = [`${done} of ${asked}`, ...(harmed > 0 ? [`${harmed} harmed`] : [])];
	return parts.join(', ');
}

function rows({ name, asked, arms }: JobResult): string[][] {
	const limit = arms.limit?.seconds;
	return Object.entries(arms).map(([arm, run]) => [
		name,
		arm,
		came(run, asked),
		String(run.requests),
		String(run.rejections),
		round(run.seconds),
		limit && run.done === asked ? round(run.seconds / limit) : '–',
		measured(run.cpuSeconds),
		measured(run.peakMegabytes),
	]);
}

const HEAD = ['job', 'by', 'there in the end', 'requests', 'rejected', 's', 'over limit', 'CPU s', 'peak MB'];

export function tableOf({ jobs }: Results): string[][] {
	return [HEAD, ...jobs.flatMap(rows)];
}

function markdownTable([head = [], ...body]: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, column) => (column < 3 ? '---' : '--:'))), ...body.map(line)].join('\n');
}

export function targetTable(results: Results): string[][] {
	return [
		['promise', 'seen', 'at most'],
		...TARGETS.map(({ what, seen, atMost }) => {
			const value = seen(results);
			return [what, value === undefined ? '–' : round(value), String(atMost)];
		}),
	];
}

/** The content of results.md. */
export function markdownOf(results: Results): string {
	const { date, versions, machine, runs, loading, jobs } = results;
	const errors = jobs.flatMap(({ name, arms }) =>
		Object.entries(arms).flatMap(([arm, { error }]) => (error ? [`- ${name}, ${arm}: ${error}`] : [])),
	);
	return [
		'# Results',
		'',
		`Written by \`npm run bench\` on ${date}: n8n-nodes-statuspage ${versions.package}, n8n ${versions.n8n}, Node.js ${versions.node}; ${machine}. Medians of ${runs} ${runs === 1 ? 'run' : 'runs'}. README.md explains the columns.`,
		'',
		markdownTable(tableOf(results)),
		'',
		...(errors.length > 0 ? ['Errors:', '', ...errors, ''] : []),
		`Loading all nodes and credentials takes ${round(loading.milliseconds)} ms; the packed package is ${round(loading.packedKilobytes)} kB with ${loading.files} files.`,
		'',
		'## Promises',
		'',
		markdownTable(targetTable(results)),
		'',
	].join('\n');
}
