import type { Loading } from './loading.mts';
import type { Measurement } from './measure.mts';

export type Arm = 'Statuspage node' | 'HTTP Request node' | 'HTTP Request node, careful' | 'limit';

export interface JobResult {
	name: string;
	asked: number;
	/** Number of requests of the same job without an outage, and how often a lost one may be followed by another. */
	outage?: { least: number; resends: number };
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

/**
 * One table of results from several runs of the benchmark, each with other jobs. Each job is compared with others of its own run only.
 *
 * @param order the names of all jobs in their order
 * @throws Error if the runs differ in a version or the machine, or if a job is missing or was measured twice
 */
export function joinedResults(parts: readonly Results[], order: readonly string[]): Results {
	const [first] = parts;
	if (!first) throw new Error('There are no measurements');
	const setting = ({ versions, machine }: Results) => JSON.stringify([versions, machine]);
	if (parts.some((part) => setting(part) !== setting(first)))
		throw new Error('The measurements have different versions or machines');
	const all = parts.flatMap(({ jobs }) => jobs);
	const jobs = order.map((name) => {
		const [job, ...others] = all.filter((entry) => entry.name === name);
		if (!job || others.length > 0) throw new Error(`${name} was measured ${job ? 'twice' : 'in no run'}`);
		return job;
	});
	const latest = parts.reduce((last, part) => (part.date > last.date ? part : last), first);
	return { ...latest, runs: Math.max(...parts.map(({ runs }) => runs)), jobs };
}
