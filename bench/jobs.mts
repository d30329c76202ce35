import type { Execution, Workflow } from '../scripts/host/n8n.mts';
import type { Options } from '../simulator/options.mts';
import type { PlainRequest } from './limit.mts';
import type { ServiceState } from './service.mts';
import { byId, filter, http, statuspage, workflow } from './workflows.mts';

/** The outcome of a run, counted by comparing the state of the service before and after. */
export interface Tally {
	/** Requested changes that are in effect after the run. */
	done: number;
	/** Changes made more than once, and access that viewers outside the job have lost. */
	harmed: number;
}

export interface Job {
	name: string;
	/** Number of requested changes or rows. */
	asked: number;
	simulator: Partial<Options>;
	/** The rate limit window of the credential and of the simulator. */
	window: { limit: number; windowMs: number };
	/** The Statuspage node. Two workflows run at the same time, in two processes. */
	statuspage: Workflow[];
	/** The HTTP Request node with its defaults. */
	http?: Workflow[];
	/** The HTTP Request node as a careful user would set it up: with the rate limit configured, and a key that nothing else uses. */
	careful?: Workflow[];
	/** Whether each workflow starts with one request that isn't counted. A running n8n is already connected and has verified the key. */
	isWarm?: true;
	/** Whether to also measure how long the node blocks n8n's event loop. */
	measuresBlocks?: true;
	/** The minimum set of requests for the job. Empty if only the node itself is measured. */
	limit: PlainRequest[];
	tally: (before: ServiceState, after: ServiceState, executions: Execution[]) => Tally;
}

/** Seed of the simulator, which determines all IDs and names. */
export const SEED = 1;
const LIMIT = 60;
/** Share of the rate limit that a careful user plans for. Requests sent at even intervals don't arrive at even intervals. */
const CAREFUL_SHARE = 0.95;

interface Setting {
	simulator: Partial<Options>;
	window: { limit: number; windowMs: number };
	credential: string;
	/** Interval between the requests of a careful user. Not set if the rate limit isn't reached. */
	everyMs?: number;
}

/** The rate limit of Statuspage with a shorter window and a shorter latency. */
function scaledDown(credential: string, windowMs: number): Setting {
	return {
		simulator: { limit: LIMIT, windowSeconds: windowMs / 1000, latency: 10 },
		window: { limit: LIMIT, windowMs },
		credential,
		everyMs: Math.ceil(windowMs / (LIMIT * CAREFUL_SHARE)),
	};
}

const short = scaledDown('short', 2000);
/** Retry-After is in whole seconds. With windows of two seconds, a rejection would cost more than at the real service. */
const shared = scaledDown('shared', 4000);
const free: Setting = {
	simulator: { limit: 1000, windowSeconds: 60, latency: 100 },
	window: { limit: 1000, windowMs: 60_000 },
	credential: 'free',
};
/** For jobs that measure only the node. */
const unlimited: Setting = {
	simulator: { limit: 1_000_000, windowSeconds: 60, latency: 0 },
	window: { limit: 1_000_000, windowMs: 60_000 },
	credential: 'unlimited',
};
const raised: Setting = {
	simulator: { limit: 2000, windowSeconds: 60, latency: 0 },
	window: { limit: 2000, windowMs: 60_000 },
	credential: 'raised',
};

/** One credential per rate limit window. */
export const CREDENTIALS = [short, shared, free, raised, unlimited].map(({ credential, window }) => ({
	name: credential,
	...window,
}));

const mainPage = ({ pages }: ServiceState) => Object.values(pages)[0] as ServiceState['pages'][string];

function rowsOf(execution: Execution | undefined, node: string): number {
	return (execution?.runData[node] ?? []).reduce((sum, { data }) => sum + (data?.main[0]?.length ?? 0), 0);
}

function listJob(
	url: string,
	state: ServiceState,
	name: string,
	viewers: number,
	setting: Setting,
	needsHttp: boolean,
): Job {
	const page = mainPage(state).row.id;
	const path = `/pages/${page}/page_access_users`;
	return {
		name,
		asked: viewers,
		simulator: { ...setting.simulator, viewers },
		window: setting.window,
		statuspage: [
			workflow(
				`${name}-statuspage`,
				[{}],
				statuspage(setting.credential, {
					resource: 'viewer',
					operation: 'getMany',
					pageId: byId(page),
					returnAll: true,
					filters: {},
				}),
			),
		],
		http: needsHttp
			? [workflow(`${name}-http`, [{}], http('Work', { method: 'GET', url: `${url}${path}`, list: true }))]
			: undefined,
		limit: Array.from({ length: Math.floor(viewers / 100) + 1 }, (_, index) => ({
			method: 'GET',
			path: `${path}?page=${index + 1}&per_page=100`,
		})),
		tally: (_, __, [execution]) => ({ done: rowsOf(execution, 'Work'), harmed: 0 }),
	};
}

const newAddress = (index: number) => `new.${index}@bench.example`;

function newViewers(after: ServiceState): string[] {
	return Object.values(mainPage(after).viewers).flatMap(({ email }) => (email.endsWith('@bench.example') ? email : []));
}

function createJob(
	url: string,
	state: ServiceState,
	name: string,
	viewers: number,
	setting: Setting,
	processes = 1,
): Job {
	const page = mainPage(state).row.id;
	const path = `/pages/${page}/page_access_users`;
	const each = viewers / processes;
	const parts = Array.from({ length: processes }, (_, part) =>
		Array.from({ length: each }, (__, index) => ({ email: newAddress(part * each + index) })),
	);
	const ours = statuspage(setting.credential, {
		resource: 'viewer',
		operation: 'create',
		pageId: byId(page),
		email: '={{ $json.email }}',
		additionalFields: {},
	});
	const post = {
		method: 'POST',
		url: `${url}${path}`,
		body: '={{ { "page_access_user": { "email": $json.email } } }}',
	};
	const { everyMs } = setting;
	const warm = everyMs
		? undefined
		: {
				ours: {
					...statuspage(setting.credential, { resource: 'page', operation: 'get', pageId: byId(page) }),
					name: 'Warm',
				},
				http: { ...http('Work', { method: 'GET', url: `${url}/pages/${page}` }), name: 'Warm' },
			};
	return {
		name,
		...(warm ? { isWarm: true as const } : {}),
		asked: viewers,
		simulator: { ...setting.simulator, viewers: 100 },
		window: setting.window,
		statuspage: parts.map((rows, part) => workflow(`${name}-statuspage-${part}`, rows, ours, warm?.ours)),
		http: parts.map((rows, part) => workflow(`${name}-http-${part}`, rows, http('Work', post), warm?.http)),
		careful: everyMs
			? parts.map((rows, part) => workflow(`${name}-careful-${part}`, rows, http('Work', { ...post, everyMs })))
			: undefined,
		limit: parts.flat().map(({ email }) => ({ method: 'POST', path, body: { page_access_user: { email } } })),
		tally(_, after) {
			const emails = newViewers(after);
			return { done: new Set(emails).size, harmed: emails.length - new Set(emails).size };
		},
	};
}

const UPSERTED = 1000;
const CHANGED = 50;

function upsertJob(url: string, state: ServiceState): Job {
	const page = mainPage(state);
	const path = `/pages/${page.row.id}/page_access_users`;
	const viewers = Object.values(page.viewers).slice(0, 5000);
	// Every fifth viewer of the page, so the node has to read the whole list.
	const rows = viewers
		.filter((_, index) => index % (viewers.length / UPSERTED) === 0)
		.map(({ email, external_login }, index) => ({
			email,
			login: index < CHANGED ? `changed-${index}` : (external_login ?? ''),
		}));
	const wanted = new Map(rows.map(({ email, login }) => [email, login]));
	const ours = statuspage('short', {
		resource: 'viewer',
		operation: 'upsert',
		pageId: byId(page.row.id),
		email: '={{ $json.email }}',
		additionalFields: { externalLogin: '={{ $json.login }}' },
	});
	const isChanged = "={{ ($json.body[0].external_login ?? '') !== $('Items').item.json.login }}";
	const steps = (everyMs?: number) => [
		http('Work: get', {
			method: 'GET',
			url: `${url}${path}`,
			query: { email: '={{ $json.email }}', page: '1', per_page: '100' },
			isFull: true,
			everyMs,
		}),
		filter('Work: changed', isChanged),
		http('Work: update', {
			method: 'PATCH',
			url: `=${url}${path}/{{ $json.body[0].id }}`,
			body: '={{ { "page_access_user": { "external_login": $(\'Items\').item.json.login } } }}',
			everyMs,
		}),
	];
	return {
		name: 'upsert-1000',
		asked: UPSERTED,
		simulator: { ...short.simulator, viewers: 5000 },
		window: short.window,
		statuspage: [workflow('upsert-statuspage', rows, ours)],
		http: [workflow('upsert-http', rows, steps())],
		careful: [workflow('upsert-careful', rows, steps(short.everyMs))],
		limit: [
			...Array.from({ length: 50 }, (_, index) => ({ method: 'GET', path: `${path}?page=${index + 1}&per_page=100` })),
			...viewers
				.filter(({ email }) => wanted.get(email)?.startsWith('changed-'))
				.map(({ id, email }) => ({
					method: 'PATCH',
					path: `${path}/${id}`,
					body: { page_access_user: { external_login: wanted.get(email) } },
				})),
		],
		tally(_, after) {
			const viewersAfter = Object.values(mainPage(after).viewers);
			return {
				done: viewersAfter.filter(
					({ email, external_login }) => wanted.has(email) && (external_login ?? '') === wanted.get(email),
				).length,
				harmed: viewersAfter.length - 5000,
			};
		},
	};
}

function groupJob(url: string, state: ServiceState): Job {
	const page = mainPage(state);
	const group = Object.values(page.groups)[0] as { id: string; viewerIds: string[] };
	const path = `/pages/${page.row.id}/page_access_groups/${group.id}`;
	const ids = Object.values(page.viewers)
		.filter(({ groupIds }) => !groupIds.includes(group.id))
		.slice(0, 500)
		.map(({ id }) => id);
	const rows = ids.map((id) => ({ id }));
	const isHarmed = (before: ServiceState, after: ServiceState) => (id: string) => {
		const now = mainPage(after).viewers[id]?.groupIds ?? [];
		return (mainPage(before).viewers[id]?.groupIds ?? []).some((groupId) => !now.includes(groupId));
	};
	const ours = statuspage('short', {
		resource: 'viewerGroup',
		operation: 'addViewers',
		pageId: byId(page.row.id),
		viewerGroupId: byId(group.id),
		viewerIds: '={{ $json.id }}',
	});
	return {
		name: 'group-500',
		asked: ids.length,
		simulator: { ...short.simulator, viewers: 5900 },
		window: short.window,
		statuspage: [workflow('group-statuspage', rows, ours)],
		// The way the API documentation suggests: updates the groups of one viewer at a time.
		http: [
			workflow(
				'group-http',
				rows,
				http('Work', {
					method: 'PATCH',
					url: `=${url}/pages/${page.row.id}/page_access_users/{{ $json.id }}`,
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
					body: '={{ { "page_access_group": { "page_access_user_ids": $json.page_access_user_ids.concat($("Items").all().map((item) => item.json.id)) } } }}',
				}),
			]),
		],
		limit: [
			{ method: 'GET', path },
			{
				method: 'PATCH',
				path,
				body: { page_access_group: { page_access_user_ids: [...new Set([...group.viewerIds, ...ids])] } },
			},
		],
		tally(before, after) {
			const harmed = Object.keys(mainPage(before).viewers).filter(isHarmed(before, after)).length;
			return { done: ids.filter((id) => mainPage(after).viewers[id]?.groupIds.includes(group.id)).length, harmed };
		},
	};
}

const MEMBERS = 100;

function permissionJob(url: string, state: ServiceState): Job {
	const pages = Object.keys(state.pages);
	const members = Object.values(state.members).slice(0, MEMBERS);
	const path = (member: string) => `/organizations/${state.organizationId}/permissions/${member}`;
	// Three changes per member, one per page. The third page has no roles.
	const rows = members.flatMap(({ row }) =>
		pages.map((page) => ({ member: row.id, page, roles: page === pages[2] ? [] : ['incidentManager'] })),
	);
	const wanted = (page: string) =>
		page === pages[2] ? {} : { page_configuration: false, incident_manager: true, maintenance_manager: false };
	const ours = statuspage('short', {
		resource: 'permission',
		operation: 'update',
		teamMemberId: byId('={{ $json.member }}'),
		pages: { page: [{ pageId: '={{ $json.page }}', roles: '={{ $json.roles }}' }] },
		options: { organizationId: state.organizationId },
	});
	const steps = (everyMs?: number) => [
		http('Work: get', {
			method: 'GET',
			url: `=${url}/organizations/${state.organizationId}/permissions/{{ $json.member }}`,
			everyMs,
		}),
		http('Work: update', {
			method: 'PUT',
			url: `=${url}/organizations/${state.organizationId}/permissions/{{ $('Items').item.json.member }}`,
			body: `={{ { "pages": { ...$json.data.pages, [$('Items').item.json.page]: $('Items').item.json.page === '${pages[2]}' ? {} : { "page_configuration": false, "incident_manager": true, "maintenance_manager": false } } } }}`,
			everyMs,
		}),
	];
	return {
		name: 'permissions-300',
		asked: rows.length,
		simulator: { ...short.simulator, viewers: 100 },
		window: short.window,
		statuspage: [workflow('permissions-statuspage', rows, ours)],
		http: [workflow('permissions-http', rows, steps())],
		careful: [workflow('permissions-careful', rows, steps(short.everyMs))],
		limit: members.flatMap(({ row, permissions }) => [
			{ method: 'GET', path: path(row.id) },
			{
				method: 'PUT',
				path: path(row.id),
				body: { pages: { ...permissions, ...Object.fromEntries(pages.map((page) => [page, wanted(page)])) } },
			},
		]),
		tally(_, after) {
			const isApplied = ({ member, page }: { member: string; page: string }) =>
				JSON.stringify(after.members[member]?.permissions[page]) === JSON.stringify(wanted(page));
			return { done: rows.filter(isApplied).length, harmed: 0 };
		},
	};
}

const PLANNED = 10_000;

/** A nightly plan for all viewers, including their own components: one request per viewer. */
function planJob(state: ServiceState): Job {
	const page = mainPage(state);
	const [groupId] = Object.keys(page.groups);
	const rows = Object.values(page.viewers).map(({ email }, index) => ({
		email: index % 100 === 0 ? newAddress(index) : email,
		groups: [groupId],
		components: [],
	}));
	const ours = statuspage('unlimited', {
		resource: 'access',
		operation: 'planSync',
		pageId: byId(page.row.id),
		email: '={{ $json.email }}',
		managedFields: { viewerGroups: '={{ $json.groups }}', components: '={{ $json.components }}' },
		scope: 'everyone',
		deleteViewers: true,
		output: 'summary',
		options: { emptyMeansNone: true, capPercent: 100 },
	});
	return {
		name: 'plan-10000',
		asked: 1,
		simulator: { ...unlimited.simulator, viewers: PLANNED },
		window: unlimited.window,
		statuspage: [workflow('plan-statuspage', rows, ours)],
		measuresBlocks: true,
		limit: [],
		tally: (_, __, [execution]) => ({ done: rowsOf(execution, 'Work'), harmed: 0 }),
	};
}

/** An access report on a very large page, including own components: one request per viewer. */
function reportJob(state: ServiceState): Job {
	const ours = statuspage('unlimited', {
		resource: 'access',
		operation: 'getReport',
		output: 'html',
		options: { pageIds: [mainPage(state).row.id], teamMembers: false },
	});
	return {
		name: 'report-30000',
		asked: 1,
		simulator: { ...unlimited.simulator, viewers: 30_000 },
		window: unlimited.window,
		statuspage: [workflow('report-statuspage', [{}], ours)],
		measuresBlocks: true,
		limit: [],
		tally: (_, __, [execution]) => ({ done: rowsOf(execution, 'Work'), harmed: 0 }),
	};
}

/**
 * Creates all jobs.
 *
 * @param stateOf returns the simulator's state with the given number of viewers on the first page
 */
export async function jobsFor(url: string, stateOf: (viewers: number) => Promise<ServiceState>): Promise<Job[]> {
	const small = await stateOf(100);
	return [
		listJob(url, small, 'list-5900', 5900, free, true),
		listJob(url, small, 'list-50000', 50_000, raised, false),
		listJob(url, small, 'list-100000', 100_000, raised, true),
		createJob(url, small, 'create-60', 60, free),
		createJob(url, small, 'create-200', 200, short),
		createJob(url, small, 'create-1000', 1000, short),
		upsertJob(url, await stateOf(5000)),
		groupJob(url, await stateOf(5900)),
		permissionJob(url, small),
		createJob(url, small, 'two-processes-600', 600, shared, 2),
		planJob(await stateOf(PLANNED)),
		reportJob(small),
	];
}
