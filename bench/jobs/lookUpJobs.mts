import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage, type ServiceState } from '../service.mts';
import { fast } from '../settings.mts';
import { byId, filter, http, statuspage, warmUp, workflow } from '../workflows.mts';
import { itemsOf } from './executions.mts';
import { firstGroup, groupPath, listRequests, membersRequest, viewersOf, viewersPath } from './requests.mts';

const ON_PAGE = 5000;

/** The limit of these jobs is that of a client with as many connections as the node has by default. */
const COMMON = {
	simulator: { ...fast.simulator, viewers: ON_PAGE },
	window: fast.window,
	connections: 20,
	isWarm: true,
} as const;

function firstSteps({ url }: Site, state: ServiceState) {
	return warmUp(fast.credential, url, mainPage(state).row.id);
}

/** Viewers from all over the page, so a search for them needs the whole list. */
function spread(state: ServiceState, count: number) {
	const step = Math.floor(ON_PAGE / count);
	return viewersOf(state)
		.filter((_, index) => index % step === 0)
		.slice(0, count);
}

async function getByEmailJob(site: Site): Promise<Job> {
	const { url } = site;
	const state = await site.stateOf(ON_PAGE);
	const first = firstSteps(site, state);
	const path = viewersPath(state);
	const found = spread(state, 200);
	const rows = found.map(({ email }) => ({ email }));
	const ours = statuspage(fast.credential, {
		resource: 'viewer',
		operation: 'get',
		pageId: byId(mainPage(state).row.id),
		viewerId: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
	});
	const search = http('Work', {
		method: 'GET',
		url: `${url}${path}`,
		query: { email: '={{ $json.email }}', page: '1', per_page: '100' },
	});
	return {
		...COMMON,
		name: 'get-200-by-email',
		asked: found.length,
		statuspage: [workflow('get-by-email-statuspage', rows, ours, first.ours)],
		http: [workflow('get-by-email-http', rows, search, first.http)],
		limit: [listRequests(path, ON_PAGE)],
		tally(_, __, [execution]) {
			const items = itemsOf(execution);
			return { done: found.filter(({ id }, index) => items[index]?.id === id).length, harmed: 0 };
		},
	};
}

const MEMBERS = 499;

async function membersJob(site: Site): Promise<Job> {
	const { url } = site;
	const state = await site.stateOf(ON_PAGE);
	const first = firstSteps(site, state);
	const group = groupPath(state, firstGroup(state).id);
	const members = spread(state, MEMBERS);
	const ours = statuspage(fast.credential, {
		resource: 'viewerGroup',
		operation: 'getViewers',
		pageId: byId(mainPage(state).row.id),
		viewerGroupId: byId(firstGroup(state).id),
		returnAll: true,
	});
	const isMember = '={{ $("Work: get").first().json.page_access_user_ids.includes($json.id) }}';
	return {
		...COMMON,
		name: 'members-499',
		asked: members.length,
		setUp: [
			membersRequest(
				group,
				members.map(({ id }) => id),
			),
		],
		statuspage: [workflow('members-statuspage', [{}], ours, first.ours)],
		http: [
			workflow(
				'members-http',
				[{}],
				[
					http('Work: get', { method: 'GET', url: `${url}${group}` }),
					http('Work: list', { method: 'GET', url: `${url}${viewersPath(state)}`, list: true }),
					filter('Work', isMember),
				],
				first.http,
			),
		],
		limit: [[{ method: 'GET', path: group }, ...listRequests(viewersPath(state), ON_PAGE)]],
		tally(_, __, [execution]) {
			const emails = new Set(itemsOf(execution).map(({ email }) => email));
			return { done: members.filter(({ email }) => emails.has(email)).length, harmed: 0 };
		},
	};
}

async function addByEmailJob(site: Site): Promise<Job> {
	const { url } = site;
	const state = await site.stateOf(ON_PAGE);
	const first = firstSteps(site, state);
	const { id: groupId } = firstGroup(state);
	const path = groupPath(state, groupId);
	const added = spread(state, 500);
	const before = viewersOf(state).filter(({ groupIds }) => groupIds.includes(groupId));
	const rows = added.map(({ email }) => ({ email }));
	const ours = statuspage(fast.credential, {
		resource: 'viewerGroup',
		operation: 'addViewers',
		pageId: byId(mainPage(state).row.id),
		viewerGroupId: byId(groupId),
		viewerIds: '={{ $json.email }}',
	});
	const wanted = '$("Items").all().map((item) => item.json.email)';
	return {
		...COMMON,
		name: 'add-500-by-email',
		asked: added.length,
		statuspage: [workflow('add-by-email-statuspage', rows, ours, first.ours)],
		http: [
			workflow(
				'add-by-email-http',
				rows,
				[
					http('Work: list', { method: 'GET', url: `${url}${viewersPath(state)}`, list: true, once: true }),
					http('Work: get', { method: 'GET', url: `${url}${path}`, once: true }),
					http('Work: update', {
						method: 'PATCH',
						url: `${url}${path}`,
						body: `={{ ((emails) => ({ "page_access_group": { "page_access_user_ids": $json.page_access_user_ids.concat($("Work: list").all().filter((item) => emails.has(item.json.email)).map((item) => item.json.id)) } }))(new Set(${wanted})) }}`,
					}),
				],
				first.http,
			),
		],
		limit: [
			[{ method: 'GET', path }, ...listRequests(viewersPath(state), ON_PAGE)],
			[membersRequest(path, [...new Set([...before, ...added].map(({ id }) => id))])],
		],
		tally(_, after) {
			const { viewers } = mainPage(after);
			const isIn = ({ id }: { id: string }) => viewers[id]?.groupIds.includes(groupId) === true;
			return { done: added.filter(isIn).length, harmed: before.filter((viewer) => !isIn(viewer)).length };
		},
	};
}

async function removeJob(site: Site): Promise<Job> {
	const { url } = site;
	const state = await site.stateOf(ON_PAGE);
	const first = firstSteps(site, state);
	const pageId = mainPage(state).row.id;
	const [componentId, keptId] = Object.values(mainPage(state).components)
		.filter(({ group }) => !group)
		.map(({ id }) => id) as [string, string];
	const removed = viewersOf(state).slice(0, 200);
	const rows = removed.map(({ id }) => ({ id }));
	const give = (id: string) => ({
		method: 'POST',
		path: `/pages/${pageId}/components/${id}/page_access_users`,
		body: { page_access_user_ids: rows.map((row) => row.id) },
	});
	const ours = statuspage(fast.credential, {
		resource: 'component',
		operation: 'removeViewers',
		pageId: byId(pageId),
		componentId: byId(componentId),
		viewerIds: '={{ $json.id }}',
	});
	const path = (id: string) => `${viewersPath(state)}/${id}/components/${componentId}`;
	return {
		...COMMON,
		name: 'remove-200',
		asked: removed.length,
		setUp: [give(componentId), give(keptId)],
		statuspage: [workflow('remove-statuspage', rows, ours, first.ours)],
		http: [
			workflow(
				'remove-http',
				rows,
				http('Work', { method: 'DELETE', url: `=${url}${path('{{ $json.id }}')}` }),
				first.http,
			),
		],
		limit: [rows.map(({ id }) => ({ method: 'DELETE', path: path(id) }))],
		tally(_, after) {
			const now = removed.map(({ id }) => mainPage(after).viewers[id]?.componentIds ?? []);
			return {
				done: now.filter((ids) => !ids.includes(componentId)).length,
				harmed: now.filter((ids) => !ids.includes(keptId)).length,
			};
		},
	};
}

export const lookUpJobs: JobPlan[] = [
	{ name: 'get-200-by-email', prepare: getByEmailJob },
	{ name: 'members-499', prepare: membersJob },
	{ name: 'add-500-by-email', prepare: addByEmailJob },
	{ name: 'remove-200', prepare: removeJob },
];
