import type { Execution, Workflow } from '../scripts/host/n8n.mts';
import type { Fault } from '../simulator/faults.mts';
import type { Options } from '../simulator/options.mts';
import type { PlainRequest } from './limit.mts';
import type { ServiceState } from './service.mts';

/** The outcome of a run, counted by comparing the state of the service before and after. */
export interface Tally {
	/** Requested changes that are in effect after the run. */
	done: number;
	/** Changes made more than once, access that viewers outside the job have lost, and items with a wrong result. */
	harmed: number;
	/** Requested changes that are not in effect, and whose item says so. */
	reported?: number;
}

/** The service disappears once, in the middle of a job. */
export interface Outage {
	/** Number of requests that the service receives first. */
	afterRequests: number;
	seconds: number;
	/** Number of requests of the same job without an outage. */
	least: number;
	/** How often a request that was on the wire may be followed by another one: its repetition, and a look-up for a create. */
	resends: number;
}

export interface Job {
	name: string;
	/** Number of requested changes or rows. */
	asked: number;
	simulator: Partial<Options>;
	/** The rate limit window of the credential and of the simulator. */
	window: { limit: number; windowMs: number };
	/** The Statuspage node. Several workflows run at the same time, each in its own process. */
	statuspage: Workflow[];
	/** The HTTP Request node with its defaults. */
	http?: Workflow[];
	/** The HTTP Request node as a careful user would set it up: with the rate limit configured, and a key that nothing else uses. */
	careful?: Workflow[];
	/** Whether each workflow starts with a step that isn't counted. A running n8n is already connected and has verified the key. */
	isWarm?: true;
	/** Whether to also measure the node from inside n8n: its CPU time, its requests, and how long it blocks the event loop. */
	isMonitored?: true;
	/** Requests that change the page before the run, and are not counted. */
	setUp?: PlainRequest[];
	faults?: Fault[];
	outage?: Outage;
	/** The minimum set of requests for the job, in stages. A stage needs the responses of the one before. Empty if there is no limit to compare with. */
	limit: PlainRequest[][];
	/** Connections of the client that measures the limit; 128 by default. */
	connections?: number;
	tally: (before: ServiceState, after: ServiceState, executions: Execution[]) => Tally;
}

/** What jobs need to know about the running simulator. */
export interface Site {
	/** Base URL of the simulator. */
	url: string;
	/** Base URL of the gateway in front of the simulator, which can disappear. */
	gatewayUrl: string;
	/** Returns a URL that responds when as many processes as `size` have called it. Each waits `delay` milliseconds longer. */
	gateUrl: (name: string, size: number, delay?: number) => string;
	/** Returns the simulator's state with the given number of viewers on the first page. */
	stateOf: (viewers: number) => Promise<ServiceState>;
}

/** A job that is not prepared yet, because large jobs take seconds to prepare. */
export interface JobPlan {
	name: string;
	/** Whether --quick skips it. */
	isSlow?: true;
	prepare: (site: Site) => Promise<Job>;
}
