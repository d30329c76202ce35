import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { free, raised, type Setting } from '../settings.mts';
import { byId, http, statuspage, workflow } from '../workflows.mts';
import { itemsOf } from './executions.mts';
import { listRequests, viewersPath } from './requests.mts';

interface ListOptions {
	name: string;
	viewers: number;
	setting: Setting;
	needsHttp?: boolean;
	/** Whether the same list was read before, in the same process. */
	isSecond?: true;
}

async function listJob(
	{ url, stateOf }: Site,
	{ name, viewers, setting, needsHttp, isSecond }: ListOptions,
): Promise<Job> {
	const state = await stateOf(100);
	const path = viewersPath(state);
	const list = statuspage(setting.credential, {
		resource: 'viewer',
		operation: 'getMany',
		pageId: byId(mainPage(state).row.id),
		returnAll: true,
		filters: {},
	});
	return {
		name,
		asked: viewers,
		simulator: { ...setting.simulator, viewers },
		window: setting.window,
		...(isSecond ? { isWarm: true } : {}),
		statuspage: [workflow(`${name}-statuspage`, [{}], list, isSecond && { ...list, name: 'Warm' })],
		http: needsHttp
			? [workflow(`${name}-http`, [{}], http('Work', { method: 'GET', url: `${url}${path}`, list: true }))]
			: undefined,
		// A client that doesn't know the length sees the end by a page that isn't full.
		limit: [listRequests(path, viewers + 1)],
		tally(_, __, [execution]) {
			const ids = itemsOf(execution).flatMap(({ id }) => (id === undefined ? [] : id));
			return { done: new Set(ids).size, harmed: ids.length - new Set(ids).size };
		},
	};
}

const plan = (options: ListOptions, isSlow?: true): JobPlan => ({
	name: options.name,
	isSlow,
	prepare: async (site) => await listJob(site, options),
});

export const listJobs: JobPlan[] = [
	plan({ name: 'list-5900', viewers: 5900, setting: free, needsHttp: true }),
	plan({ name: 'list-5900-again', viewers: 5900, setting: free, isSecond: true }),
	plan({ name: 'list-50000', viewers: 50_000, setting: raised }, true),
	plan({ name: 'list-100000', viewers: 100_000, setting: raised, needsHttp: true }, true),
];
