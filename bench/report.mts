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
	label: string;
	measure: (results: Results) => number | undefined;
	atMost: number;
}

export function machineName(): string {
	const [first] = cpus();
	return `${process.platform} ${process.arch}, ${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}

const armsOf = (results: Results, name: string) => results.jobs.find((entry) => entry.name === name)?.arms ?? {};

function ratio(name: string, other: Arm, pick: (measurement: Measurement) => number) {
	return (results: Results) => {
		const { 'Statuspage node': ours, [other]: theirs } = armsOf(results, name);
		return ours && theirs && pick(theirs) > 0 ? pick(ours) / pick(theirs) : undefined;
	};
}

function count(name: string, pick: (measurement: Measurement, asked: number) => number) {
	return (results: Results) => {
		const ours = armsOf(results, name)['Statuspage node'];
		const asked = results.jobs.find((entry) => entry.name === name)?.asked ?? 0;
		return ours && pick(ours, asked);
	};
}

const lostOrHarmed = ({ done, harmed }: Measurement, asked: number) => asked - done + harmed;
const seconds = (measurement: Measurement) => measurement.seconds;

const TARGETS: Target[] = [
	{
		label: 'list 5,900: time / HTTP Request node',
		measure: ratio('list-5900', 'HTTP Request node', seconds),
		atMost: 0.35,
	},
	{ label: 'list 5,900: requests', measure: count('list-5900', ({ requests }) => requests), atMost: 63 },
	{
		label: 'create 60: time / HTTP Request node',
		measure: ratio('create-60', 'HTTP Request node', seconds),
		atMost: 1.3,
	},
	{ label: 'create 200: time / limit', measure: ratio('create-200', 'limit', seconds), atMost: 1.05 },
	{ label: 'create 200: rejections', measure: count('create-200', ({ rejections }) => rejections), atMost: 0 },
	{ label: 'create 1,000: time / limit', measure: ratio('create-1000', 'limit', seconds), atMost: 1.05 },
	{ label: 'create 1,000: rejections', measure: count('create-1000', ({ rejections }) => rejections), atMost: 0 },
	{
		label: 'list 100,000: time / (2 × list 50,000)',
		measure: (results) => {
			const [whole, half] = ['list-100000', 'list-50000'].map(
				(name) => armsOf(results, name)['Statuspage node']?.seconds,
			);
			return whole && half ? whole / (2 * half) : undefined;
		},
		atMost: 1.15,
	},
	{
		label: 'list 100,000: CPU / HTTP Request node',
		measure: ratio('list-100000', 'HTTP Request node', ({ cpuSeconds }) => cpuSeconds),
		atMost: 1.1,
	},
	{
		label: 'list 100,000: peak memory / HTTP Request node',
		measure: ratio('list-100000', 'HTTP Request node', ({ peakMegabytes }) => peakMegabytes),
		atMost: 1.1,
	},
	{ label: 'upsert 1,000: requests', measure: count('upsert-1000', ({ requests }) => requests), atMost: 105 },
	{ label: '500 into one group: requests', measure: count('group-500', ({ requests }) => requests), atMost: 2 },
	{ label: 'two processes: time / limit', measure: ratio('two-processes-600', 'limit', seconds), atMost: 1.4 },
	{
		label: 'two processes: rejections after two windows',
		measure: count('two-processes-600', ({ lateRejections }) => lateRejections),
		atMost: 0.05,
	},
	{
		label: 'plan of 10,000: longest block, ms',
		measure: count('plan-10000', ({ blockedMs = 0 }) => blockedMs),
		atMost: 200,
	},
	{
		label: 'report of 30,000: longest block, ms',
		measure: count('report-30000', ({ blockedMs = 0 }) => blockedMs),
		atMost: 200,
	},
	{
		label: 'lost, duplicated or harmed in any job',
		measure: (results) => Math.max(...results.jobs.map(({ name }) => count(name, lostOrHarmed)(results) ?? 0)),
		atMost: 0,
	},
	{ label: 'loading all nodes, ms', measure: ({ loading }) => loading.milliseconds, atMost: 50 },
	{ label: 'packed, kB', measure: ({ loading }) => loading.packedKilobytes, atMost: 300 },
];

/** Describes the targets that were missed. Targets without a measurement are skipped. */
export function missedTargets(results: Results): string[] {
	return TARGETS.flatMap(({ label, measure, atMost }) => {
		const value = measure(results);
		return value !== undefined && value > atMost ? [`${label}: ${round(value)} (limit: ${atMost})`] : [];
	});
}

function round(value: number): string {
	return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, '');
}

function roundMeasured(value: number): string {
	return value > 0 ? round(value) : '–';
}

function outcomeText({ done, harmed }: Measurement, asked: number): string {
	const parts = [`${done} of ${asked}`, ...(harmed > 0 ? [`${harmed} harmed`] : [])];
	return parts.join(', ');
}

function rows({ name, asked, arms }: JobResult): string[][] {
	const limit = arms.limit?.seconds;
	return Object.entries(arms).map(([arm, run]) => [
		name,
		arm,
		outcomeText(run, asked),
		String(run.requests),
		String(run.rejections),
		round(run.seconds),
		limit && run.done === asked ? round(run.seconds / limit) : '–',
		roundMeasured(run.cpuSeconds),
		roundMeasured(run.peakMegabytes),
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
		...TARGETS.map(({ label, measure, atMost }) => {
			const value = measure(results);
			return [label, value === undefined ? '–' : round(value), String(atMost)];
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
