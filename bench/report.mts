import { cpus, totalmem } from 'node:os';
import type { Measurement } from './measure.mts';
import type { JobResult, Results } from './results.mts';
import { TARGETS } from './targets.mts';

export function machineName(): string {
	const [first] = cpus();
	return `${process.platform} ${process.arch}, ${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}

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

function outcomeText({ done, reported, harmed }: Measurement, asked: number): string {
	const parts = [
		`${done} of ${asked}`,
		...(reported > 0 ? [`${reported} reported`] : []),
		...(harmed > 0 ? [`${harmed} harmed`] : []),
	];
	return parts.join(', ');
}

function rows({ name, asked, arms }: JobResult): string[][] {
	const limit = arms.limit?.seconds;
	return Object.entries(arms).map(([arm, run]) => [
		name,
		arm,
		String(run.runs),
		outcomeText(run, asked),
		String(run.requests),
		String(run.rejections),
		round(run.seconds),
		limit && run.done === asked ? round(run.seconds / limit) : '–',
		roundMeasured(run.cpuSeconds),
		roundMeasured(run.peakMegabytes),
	]);
}

const HEAD = ['job', 'by', 'runs', 'there in the end', 'requests', 'rejected', 's', 'over limit', 'CPU s', 'peak MB'];

export function tableOf({ jobs }: Results): string[][] {
	return [HEAD, ...jobs.flatMap(rows)];
}

/** The jobs that were also measured from inside n8n. */
export function nodeTable({ jobs }: Results): string[][] {
	return [
		['job', 'CPU s of the node', 'longest block, ms', 'requests tried', 'on the wire at the outage'],
		...jobs.flatMap(({ name, arms: { 'Statuspage node': run } }) =>
			run?.blockedMs === undefined
				? []
				: [
						[
							name,
							round(run.nodeCpuSeconds ?? 0),
							round(run.blockedMs),
							String(run.tries ?? 0),
							run.onWire === undefined ? '–' : String(run.onWire),
						],
					],
		),
	];
}

function markdownTable([head = [], ...body]: string[][], left: number): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, column) => (column < left ? '---' : '--:'))), ...body.map(line)].join('\n');
}

/** The targets that were measured. */
export function targetTable(results: Results): string[][] {
	return [
		['promise', 'seen', 'at most'],
		...TARGETS.flatMap(({ label, measure, atMost }) => {
			const value = measure(results);
			return value === undefined ? [] : [[label, round(value), String(atMost)]];
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
		`Written by \`npm run bench\` on ${date}: n8n-nodes-statuspage ${versions.package}, n8n ${versions.n8n}, Node.js ${versions.node}; ${machine}. Medians of up to ${runs} runs. README.md explains the columns.`,
		'',
		markdownTable(tableOf(results), 2),
		'',
		'Measured inside n8n:',
		'',
		markdownTable(nodeTable(results), 1),
		'',
		...(errors.length > 0 ? ['Errors:', '', ...errors, ''] : []),
		`Loading all nodes and credentials takes ${round(loading.milliseconds)} ms; the packed package is ${round(loading.packedKilobytes)} kB with ${loading.files} files.`,
		'',
		'## Promises',
		'',
		markdownTable(targetTable(results), 1),
		'',
	].join('\n');
}
