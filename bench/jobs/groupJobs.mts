import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage, type ServiceState } from '../service.mts';
import { fast, short, unlimited, type Setting } from '../settings.mts';
import { byId, filter, http, statuspage, tolerant, workflow } from '../workflows.mts';
import { isFailed, itemsOf } from './executions.mts';
import { firstGroup, groupPath, membersRequest, viewersOf, viewersPath } from './requests.mts';

/** Memberships that existed before and are now missing. Each viewer with one counts once. */
function harmedViewers(before: ServiceState, after: ServiceState): number {
	const { viewers } = mainPage(after);
	return viewersOf(before).filter(({ id, groupIds }) => {
		const now = new Set(viewers[id]?.groupIds);
		return groupIds.some((groupId) => !now.has(groupId));
	}).length;
}

interface Membership {
	group: string;
	id: string;
}

function membershipTally(wanted: Membership[]): Job['tally'] {
	return (before, after) => {
		const { viewers } = mainPage(after);
		return {
			done: wanted.filter(({ group, id }) => viewers[id]?.groupIds.includes(group)).length,
			harmed: harmedViewers(before, after),
		};
	};
}

const addViewers = ({ credential }: Setting, state: ServiceState, group: string) =>
	statuspage(credential, {
		resource: 'viewerGroup',
		operation: 'addViewers',
		pageId: byId(mainPage(state).row.id),
		viewerGroupId: byId(group),
		viewerIds: '={{ $json.id }}',
	});

/** An expression for the body that adds viewers to the group that was read before. */
const bodyWith = (ids: string) =>
	`={{ { "page_access_group": { "page_access_user_ids": $json.page_access_user_ids.concat(${ids}) } } }}`;

/** The viewers of the page who are not in the group. */
const others = (state: ServiceState, groupId: string) =>
	viewersOf(state).filter(({ groupIds }) => !groupIds.includes(groupId));

const ADDED = 500;

async function groupJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(5900);
	const group = mainPage(state).groups[firstGroup(state).id] as { id: string; viewerIds: string[] };
	const path = groupPath(state, group.id);
	const rows = others(state, group.id)
		.slice(0, ADDED)
		.map(({ id }) => ({ id }));
	const ids = rows.map(({ id }) => id);
	return {
		name: 'group-500',
		asked: ids.length,
		simulator: { ...short.simulator, viewers: 5900 },
		window: short.window,
		statuspage: [workflow('group-statuspage', rows, addViewers(short, state, group.id))],
		// The way the API documentation suggests: updates the groups of one viewer at a time.
		http: [
			workflow(
				'group-http',
				rows,
				http('Work', {
					method: 'PATCH',
					url: `=${url}${viewersPath(state)}/{{ $json.id }}`,
					body: `={{ { "page_access_user": { "page_access_group_ids": ["${group.id}"] } } }}`,
				}),
			),
		],
		// A user who knows that a list replaces the current one reads the group and writes it once.
		careful: [
			workflow('group-careful', rows, [
				http('Work: get', { method: 'GET', url: `${url}${path}`, once: true }),
				http('Work: update', {
					method: 'PATCH',
					url: `${url}${path}`,
					body: bodyWith('$("Items").all().map((item) => item.json.id)'),
				}),
			]),
		],
		limit: [[{ method: 'GET', path }, membersRequest(path, [...new Set([...group.viewerIds, ...ids])])]],
		tally: membershipTally(ids.map((id) => ({ group: group.id, id }))),
	};
}

/** All viewers of a large page, one item each. Measures the node's own work. */
async function largeGroupJob({ url, stateOf }: Site, name: string, viewers: number): Promise<Job> {
	const state = await stateOf(viewers);
	const group = firstGroup(state);
	const path = groupPath(state, group.id);
	const rows = viewersOf(state).map(({ id }) => ({ id }));
	return {
		name,
		asked: viewers,
		simulator: { ...unlimited.simulator, viewers },
		window: unlimited.window,
		statuspage: [workflow(`${name}-statuspage`, rows, addViewers(unlimited, state, group.id))],
		careful: [
			workflow(`${name}-careful`, rows, [
				http('Work: get', { method: 'GET', url: `${url}${path}`, once: true }),
				http('Work: update', {
					method: 'PATCH',
					url: `${url}${path}`,
					body: bodyWith('$("Items").all().map((item) => item.json.id)'),
				}),
			]),
		],
		isMonitored: true,
		limit: [],
		tally: membershipTally(rows.map(({ id }) => ({ group: group.id, id }))),
	};
}

const ON_PAGE = 5000;

/** Each viewer is added to the same groups. */
async function addToGroupsJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const groups = Object.keys(mainPage(state).groups).slice(0, 8);
	const rows = viewersOf(state)
		.slice(0, 200)
		.map(({ id }) => ({ id }));
	const path = `/pages/${mainPage(state).row.id}/page_access_groups`;
	const ours = statuspage(fast.credential, {
		resource: 'viewer',
		operation: 'addToGroups',
		pageId: byId(mainPage(state).row.id),
		viewerId: byId('={{ $json.id }}'),
		viewerGroupIds: groups,
	});
	const wanted = groups.flatMap((group) => rows.map(({ id }) => ({ group, id })));
	return {
		name: 'groups-1600',
		asked: wanted.length,
		simulator: { ...fast.simulator, viewers: ON_PAGE },
		window: fast.window,
		statuspage: [workflow('groups-1600-statuspage', rows, ours)],
		http: [
			workflow('groups-1600-http', rows, [
				http('Work: get', { method: 'GET', url: `${url}${path}`, query: { page: '1', per_page: '100' }, once: true }),
				filter('Work: groups', `={{ ${JSON.stringify(groups)}.includes($json.id) }}`),
				http('Work: update', {
					method: 'PATCH',
					url: `=${url}${path}/{{ $json.id }}`,
					body: bodyWith('$("Items").all().map((item) => item.json.id)'),
				}),
			]),
		],
		limit: [],
		tally: membershipTally(wanted),
	};
}

/** Different viewers for each group. */
async function addViewersJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const groups = Object.keys(mainPage(state).groups).slice(0, 10);
	const rows = groups.flatMap((group) =>
		others(state, group)
			.slice(0, 200)
			.map(({ id }) => ({ group, id })),
	);
	const path = `/pages/${mainPage(state).row.id}/page_access_groups`;
	return {
		name: 'groups-2000',
		asked: rows.length,
		simulator: { ...fast.simulator, viewers: ON_PAGE },
		window: fast.window,
		statuspage: [workflow('groups-2000-statuspage', rows, addViewers(fast, state, '={{ $json.group }}'))],
		http: [
			workflow('groups-2000-http', rows, [
				http('Work: get', { method: 'GET', url: `${url}${path}`, query: { page: '1', per_page: '100' }, once: true }),
				filter('Work: groups', `={{ ${JSON.stringify(groups)}.includes($json.id) }}`),
				http('Work: update', {
					method: 'PATCH',
					url: `=${url}${path}/{{ $json.id }}`,
					body: bodyWith('$("Items").all().filter((item) => item.json.group === $json.id).map((item) => item.json.id)'),
				}),
			]),
		],
		limit: [],
		tally: membershipTally(rows),
	};
}

/** The group rejects every write, so an item is done when its result says so. */
async function rejectedJob({ stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const group = firstGroup(state);
	const rows = others(state, group.id)
		.slice(0, 250)
		.map(({ id }) => ({ id }));
	const reject = (path: string) => ({
		kind: 'status' as const,
		status: 422,
		body: { error: ['The viewer group is managed by another system'] },
		match: { method: 'PATCH', path },
		times: 10_000,
	});
	return {
		name: 'group-rejects-250',
		asked: rows.length,
		simulator: { ...fast.simulator, viewers: ON_PAGE },
		window: fast.window,
		statuspage: [workflow('group-rejects-statuspage', rows, tolerant(addViewers(fast, state, group.id)))],
		faults: [reject(`/page_access_groups/${group.id}$`), reject('/page_access_users/[^/]+$')],
		limit: [],
		tally: (before, after, [execution]) => ({
			done: itemsOf(execution).filter(isFailed).length,
			harmed: harmedViewers(before, after),
		}),
	};
}

const large = (name: string, viewers: number): JobPlan => ({
	name,
	isSlow: true,
	prepare: async (site) => await largeGroupJob(site, name, viewers),
});

export const groupJobs: JobPlan[] = [
	{ name: 'group-500', prepare: groupJob },
	{ name: 'groups-1600', prepare: addToGroupsJob },
	{ name: 'groups-2000', prepare: addViewersJob },
	{ name: 'group-rejects-250', prepare: rejectedJob },
	large('group-50000', 50_000),
	large('group-100000', 100_000),
];
