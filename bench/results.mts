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
