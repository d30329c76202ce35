import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { free, scaled, type Setting } from '../settings.mts';
import { byId, gate, http, statuspage, warmUp, workflow } from '../workflows.mts';
import { newAddress, newViewers, viewersPath } from './requests.mts';

interface CreateOptions {
	name: string;
	viewers: number;
	setting: Setting;
	/** Number of processes that share the key. */
	processes?: number;
	/** Whether the HTTP Request node with its defaults is measured too. */
	needsHttp?: boolean;
	/** Whether the careful HTTP Request node is measured too. */
	needsCareful?: boolean;
}

async function createJob({ url, gateUrl, stateOf }: Site, options: CreateOptions): Promise<Job> {
	const { name, viewers, setting, processes = 1, needsHttp, needsCareful } = options;
	const state = await stateOf(100);
	const pageId = mainPage(state).row.id;
	const path = viewersPath(state);
	const each = viewers / processes;
	const parts = Array.from({ length: processes }, (_, part) =>
		Array.from({ length: each }, (__, index) => ({ email: newAddress(part * each + index) })),
	);
	const ours = statuspage(setting.credential, {
		resource: 'viewer',
		operation: 'create',
		pageId: byId(pageId),
		email: '={{ $json.email }}',
		additionalFields: {},
	});
	const post = {
		method: 'POST',
		url: `${url}${path}`,
		body: '={{ { "page_access_user": { "email": $json.email } } }}',
	};
	const { everyMs } = setting;
	const isWarm = everyMs === undefined;
	const together = processes > 1 ? gate(gateUrl(name, processes)) : undefined;
	const first = isWarm ? warmUp(setting.credential, url, pageId) : { ours: together, http: together };
	return {
		name,
		...(isWarm ? { isWarm: true } : {}),
		asked: viewers,
		simulator: { ...setting.simulator, viewers: 100 },
		window: setting.window,
		statuspage: parts.map((rows, part) => workflow(`${name}-statuspage-${part}`, rows, ours, first.ours)),
		http: needsHttp
			? parts.map((rows, part) => workflow(`${name}-http-${part}`, rows, http('Work', post), first.http))
			: undefined,
		careful: needsCareful
			? parts.map((rows, part) =>
					workflow(`${name}-careful-${part}`, rows, http('Work', { ...post, everyMs }), together),
				)
			: undefined,
		limit: [parts.flat().map(({ email }) => ({ method: 'POST', path, body: { page_access_user: { email } } }))],
		tally(_, after) {
			const emails = newViewers(after);
			return { done: new Set(emails).size, harmed: emails.length - new Set(emails).size };
		},
	};
}

const plan = (options: CreateOptions, isSlow?: true): JobPlan => ({
	name: options.name,
	isSlow,
	prepare: async (site) => await createJob(site, options),
});

const VIEWERS_PER_PROCESS = 300;

const shared = (name: string, processes: number, options: Partial<CreateOptions> = {}): CreateOptions => ({
	name: `${name}-processes-${processes * VIEWERS_PER_PROCESS}`,
	viewers: processes * VIEWERS_PER_PROCESS,
	setting: scaled,
	processes,
	...options,
});

export const createJobs: JobPlan[] = [
	plan({ name: 'create-60', viewers: 60, setting: free, needsHttp: true }),
	plan({ name: 'create-200', viewers: 200, setting: scaled, needsHttp: true, needsCareful: true }),
	plan({ name: 'create-1000', viewers: 1000, setting: scaled }, true),
	plan(shared('two', 2, { needsHttp: true, needsCareful: true })),
	plan(shared('four', 4), true),
	plan(shared('eight', 8), true),
];
