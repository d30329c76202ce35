import type { Measurement } from './measure.mts';
import type { Arm, JobResult, Results } from './results.mts';

/** An upper bound for a ratio of two measurements or for a count. */
export interface Target {
	label: string;
	/** Undefined if one of the jobs was not measured. */
	measure: (results: Results) => number | undefined;
	atMost: number;
	/** A client that the node is compared with. */
	compares?: { job: string; arm: Arm };
}

/** Requests that look whether the service is back: one per step of a backoff that starts with fractions of a second. */
const PROBES = 20;
/** Pages of a list that may be requested in vain, because its length isn't known. */
const NEEDLESS_PAGES = 5;

const jobOf = ({ jobs }: Results, name: string) => jobs.find((entry) => entry.name === name);
const ours = (results: Results, name: string) => jobOf(results, name)?.arms['Statuspage node'];

const seconds = (measurement: Measurement) => measurement.seconds;
const requests = (measurement: Measurement) => measurement.requests;
const rejections = (measurement: Measurement) => measurement.rejections;

/** Compares the Statuspage node with another client, in the same job or in another one. */
function ratio(
	label: string,
	name: string,
	arm: Arm,
	atMost: number,
	{ job = name, pick = seconds }: { job?: string; pick?: (measurement: Measurement) => number } = {},
): Target {
	return {
		label,
		atMost,
		compares: { job, arm },
		measure(results) {
			const [node, other] = [ours(results, name), jobOf(results, job)?.arms[arm]];
			return node && other && pick(other) > 0 ? pick(node) / pick(other) : undefined;
		},
	};
}

function count(
	label: string,
	name: string,
	pick: (measurement: Measurement, job: JobResult) => number | undefined,
	atMost: number,
): Target {
	return {
		label,
		atMost,
		measure(results) {
			const [node, job] = [ours(results, name), jobOf(results, name)];
			return node && job && pick(node, job);
		},
	};
}

/** Compares a job with the same job of half the size. */
function growth(label: string, name: string, half: string): Target {
	return {
		label: `${label}: CPU / CPU at half the size`,
		atMost: 2.6,
		measure(results) {
			const [whole, part] = [name, half].map((job) => ours(results, job)?.nodeCpuSeconds);
			return whole && part ? whole / part : undefined;
		},
	};
}

const largeJob = (label: string, name: string, half: string): Target[] => [
	count(`${label}: longest block, ms`, name, ({ blockedMs }) => blockedMs, 200),
	growth(label, name, half),
];

const manyProcesses = (label: string, name: string): Target[] => [
	ratio(`${label}: time / limit`, name, 'limit', 1.25),
	count(`${label}: rejections after two windows`, name, ({ lateRejections }) => lateRejections, 0.1),
];

const rounds = (label: string, name: string): Target[] => [
	count(`${label}: memberships lost silently`, name, ({ lost, harmed }) => lost + harmed, 0),
	count(`${label}: memberships reported as overwritten`, name, ({ reported }, { asked }) => reported / asked, 0.02),
];

const outage = (label: string, name: string): Target[] => [
	count(`${label}: not done or reported wrongly`, name, ({ done, harmed }, { asked }) => asked - done + harmed, 0),
	count(
		`${label}: extra requests / those on the wire and probes`,
		name,
		({ done, tries, onWire }, job) =>
			done < job.asked || tries === undefined || onWire === undefined || !job.outage
				? undefined
				: (tries - job.outage.least) / (onWire * job.outage.resends + PROBES + NEEDLESS_PAGES),
		1,
	),
];

const lostOrHarmed = ({ lost, harmed }: Measurement) => lost + harmed;

export const TARGETS: Target[] = [
	ratio('list 5,900: time / HTTP Request node', 'list-5900', 'HTTP Request node', 0.22),
	count('list 5,900: requests', 'list-5900', requests, 65),
	ratio('list 5,900 again: time / HTTP Request node', 'list-5900-again', 'HTTP Request node', 0.12, {
		job: 'list-5900',
	}),
	count('list 5,900 again: requests', 'list-5900-again', requests, 61),
	{
		label: 'list 100,000: time / (2 × list 50,000)',
		measure(results) {
			const [whole, half] = ['list-100000', 'list-50000'].map((name) => ours(results, name)?.seconds);
			return whole && half ? whole / (2 * half) : undefined;
		},
		atMost: 1.15,
	},
	ratio('list 100,000: CPU / HTTP Request node', 'list-100000', 'HTTP Request node', 1.1, {
		pick: ({ cpuSeconds }) => cpuSeconds,
	}),
	ratio('list 100,000: peak memory / HTTP Request node', 'list-100000', 'HTTP Request node', 1.1, {
		pick: ({ peakMegabytes }) => peakMegabytes,
	}),
	ratio('get 200 by email: time / limit', 'get-200-by-email', 'limit', 3),
	ratio('viewers of a group of 499: time / limit', 'members-499', 'limit', 3),
	ratio('add 500 by email: time / limit', 'add-500-by-email', 'limit', 3),
	ratio('plan of 1,000: time / limit', 'plan-1000', 'limit', 3),
	ratio('remove 200 from a component: time / limit', 'remove-200', 'limit', 2),
	ratio('upsert 1,000 with 50 new: time / limit', 'upsert-50-new', 'limit', 2),
	count('upsert 1,000 with 50 new: requests', 'upsert-50-new', requests, 105),
	count('upsert 1,000 with 50 changed: requests', 'upsert-1000', requests, 105),
	count('500 into one group: requests', 'group-500', requests, 3),
	count('200 viewers into 8 groups: requests', 'groups-1600', requests, 30),
	count('200 viewers into each of 10 groups: requests', 'groups-2000', requests, 25),
	count('250 viewers into a group that rejects every write: requests', 'group-rejects-250', requests, 40),
	ratio('create 60: time / HTTP Request node', 'create-60', 'HTTP Request node', 1.3),
	ratio('create 200: time / limit', 'create-200', 'limit', 1.03),
	count('create 200: rejections', 'create-200', rejections, 0),
	ratio('create 1,000: time / limit', 'create-1000', 'limit', 1.03),
	count('create 1,000: rejections', 'create-1000', rejections, 0),
	...manyProcesses('two processes', 'two-processes-600'),
	...manyProcesses('four processes', 'four-processes-1200'),
	...manyProcesses('eight processes', 'eight-processes-2400'),
	...rounds('two processes, one group', 'rounds-two-processes'),
	...rounds('four processes, one group', 'rounds-four-processes'),
	count('add beside a removal: lost silently or added again', 'rounds-beside-removal', lostOrHarmed, 0),
	...outage('outage while listing 5,000', 'outage-list-5000'),
	...outage('outage while creating 200', 'outage-create-200'),
	...outage('outage while deleting 200', 'outage-delete-200'),
	...largeJob('100,000 items into one group', 'group-100000', 'group-50000'),
	...largeJob('upsert 100,000', 'upsert-100000', 'upsert-50000'),
	...largeJob('plan of 10,000', 'plan-10000', 'plan-5000'),
	...largeJob('report of 30,000', 'report-30000', 'report-15000'),
	{
		label: 'lost, duplicated or harmed in any job',
		measure: (results) =>
			Math.max(
				0,
				...results.jobs.map(({ name }) => ours(results, name)).map((node) => (node ? lostOrHarmed(node) : 0)),
			),
		atMost: 0,
	},
	{ label: 'loading all nodes, ms', measure: ({ loading }) => loading.milliseconds, atMost: 50 },
	{ label: 'packed, kB', measure: ({ loading }) => loading.packedKilobytes, atMost: 300 },
];

/** Whether a target compares the Statuspage node with this client in this job. */
export function isCompared(job: string, arm: Arm): boolean {
	return TARGETS.some(({ compares }) => compares?.job === job && compares.arm === arm);
}
