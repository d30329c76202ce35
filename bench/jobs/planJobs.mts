import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { fast, unlimited } from '../settings.mts';
import { byId, statuspage, warmUp, workflow } from '../workflows.mts';
import { itemsOf, isFailed } from './executions.mts';
import { firstGroup, listRequests, newAddress, viewersOf, viewersPath } from './requests.mts';

const ON_PAGE = 5000;
const PLANNED = 1000;

/** A plan that only adds, for some of the viewers of a page. */
async function addingJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const page = mainPage(state);
	const { id: groupId } = firstGroup(state);
	const rows = viewersOf(state)
		.filter((_, index) => index % (ON_PAGE / PLANNED) === 0)
		.map(({ email }) => ({ email, groups: [groupId] }));
	const missing = new Set(rows.map(({ email }) => email));
	const expected = viewersOf(state).filter(({ email, groupIds }) => missing.has(email) && !groupIds.includes(groupId));
	const ours = statuspage(fast.credential, {
		resource: 'access',
		operation: 'planSync',
		pageId: byId(page.row.id),
		email: '={{ $json.email }}',
		managedFields: { viewerGroups: '={{ $json.groups }}' },
		scope: 'add',
	});
	return {
		name: 'plan-1000',
		asked: expected.length,
		simulator: { ...fast.simulator, viewers: ON_PAGE },
		window: fast.window,
		statuspage: [workflow('plan-1000-statuspage', rows, ours, warmUp(fast.credential, url, page.row.id).ours)],
		connections: 20,
		isWarm: true,
		limit: [
			[
				{ method: 'GET', path: `/pages/${page.row.id}` },
				{ method: 'GET', path: `/pages/${page.row.id}/page_access_groups?page=1&per_page=100` },
				...listRequests(viewersPath(state), ON_PAGE),
			],
		],
		tally(_, __, [execution]) {
			const planned = itemsOf(execution).filter(({ action }) => action === 'addToGroup');
			return { done: planned.length, harmed: itemsOf(execution).length - planned.length };
		},
	};
}

/** A nightly plan for all viewers, including their own components: one request per viewer. Measures the node's own work. */
async function nightlyJob({ stateOf }: Site, name: string, viewers: number): Promise<Job> {
	const state = await stateOf(viewers);
	const rows = viewersOf(state).map(({ email }, index) => ({
		email: index % 100 === 0 ? newAddress(index) : email,
		groups: [firstGroup(state).id],
		components: [],
	}));
	const ours = statuspage(unlimited.credential, {
		resource: 'access',
		operation: 'planSync',
		pageId: byId(mainPage(state).row.id),
		email: '={{ $json.email }}',
		managedFields: { viewerGroups: '={{ $json.groups }}', components: '={{ $json.components }}' },
		scope: 'everyone',
		deleteViewers: true,
		output: 'summary',
		options: { emptyMeansNone: true, capPercent: 100 },
	});
	return {
		name,
		asked: 1,
		simulator: { ...unlimited.simulator, viewers },
		window: unlimited.window,
		statuspage: [workflow(`${name}-statuspage`, rows, ours)],
		isMonitored: true,
		limit: [],
		tally: (_, __, [execution]) => ({
			done: itemsOf(execution).filter((item) => !isFailed(item)).length,
			harmed: 0,
		}),
	};
}

const nightly = (name: string, viewers: number): JobPlan => ({
	name,
	isSlow: true,
	prepare: async (site) => await nightlyJob(site, name, viewers),
});

export const planJobs: JobPlan[] = [
	{ name: 'plan-1000', prepare: addingJob },
	nightly('plan-5000', 5000),
	nightly('plan-10000', 10_000),
];
