import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage, type ServiceState } from '../service.mts';
import { fast, short, unlimited } from '../settings.mts';
import { byId, filter, http, statuspage, workflow } from '../workflows.mts';
import { listRequests, newAddress, newViewers, viewersOf, viewersPath } from './requests.mts';

/** Every `step`-th viewer of the page, and the login that each should have: a new one for the first `changed` of them. */
function loginRows(state: ServiceState, step: number, changed: number) {
	return viewersOf(state)
		.filter((_, index) => index % step === 0)
		.map(({ id, email, external_login }, index) => ({
			id,
			email,
			login: index < changed ? `changed-${index}` : (external_login ?? ''),
		}));
}

function loginTally(rows: Array<{ email: string; login: string }>, viewers: number): Job['tally'] {
	const wanted = new Map(rows.map(({ email, login }) => [email, login]));
	return (_, after) => {
		const now = viewersOf(after);
		return {
			done: now.filter(({ email, external_login }) => wanted.get(email) === (external_login ?? '')).length,
			harmed: Math.abs(now.length - viewers),
		};
	};
}

const loginNode = (credential: string, pageId: string) =>
	statuspage(credential, {
		resource: 'viewer',
		operation: 'upsert',
		pageId: byId(pageId),
		email: '={{ $json.email }}',
		additionalFields: { externalLogin: '={{ $json.login }}' },
	});

const UPSERTED = 1000;
const CHANGED = 50;
const ON_PAGE = 5000;

/** Within the rate limit, almost all viewers unchanged. */
async function upsertJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const path = viewersPath(state);
	// Every fifth viewer of the page, so the node has to read the whole list.
	const rows = loginRows(state, ON_PAGE / UPSERTED, CHANGED);
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
		simulator: { ...short.simulator, viewers: ON_PAGE },
		window: short.window,
		statuspage: [workflow('upsert-statuspage', rows, loginNode('short', mainPage(state).row.id))],
		http: [workflow('upsert-http', rows, steps())],
		careful: [workflow('upsert-careful', rows, steps(short.everyMs))],
		limit: [
			[
				...listRequests(path, ON_PAGE),
				...rows.slice(0, CHANGED).map(({ id, login }) => ({
					method: 'PATCH',
					path: `${path}/${id}`,
					body: { page_access_user: { external_login: login } },
				})),
			],
		],
		tally: loginTally(rows, ON_PAGE),
	};
}

/** Where only the latency counts, some viewers new. */
async function newViewersJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(ON_PAGE);
	const path = viewersPath(state);
	const known = viewersOf(state)
		.filter((_, index) => index % (ON_PAGE / UPSERTED) === 0)
		.slice(CHANGED);
	const created = Array.from({ length: CHANGED }, (_, index) => ({ email: newAddress(index) }));
	const rows = [...created, ...known.map(({ email }) => ({ email }))];
	const ours = statuspage(fast.credential, {
		resource: 'viewer',
		operation: 'upsert',
		pageId: byId(mainPage(state).row.id),
		email: '={{ $json.email }}',
		additionalFields: {},
	});
	const steps = [
		http('Work: get', {
			method: 'GET',
			url: `${url}${path}`,
			query: { email: '={{ $json.email }}', page: '1', per_page: '100' },
			isFull: true,
		}),
		filter('Work: new', '={{ $json.body.length === 0 }}'),
		http('Work: create', {
			method: 'POST',
			url: `${url}${path}`,
			body: '={{ { "page_access_user": { "email": $(\'Items\').item.json.email } } }}',
		}),
	];
	return {
		name: 'upsert-50-new',
		asked: UPSERTED,
		simulator: { ...fast.simulator, viewers: ON_PAGE },
		window: fast.window,
		statuspage: [workflow('upsert-new-statuspage', rows, ours)],
		http: [workflow('upsert-new-http', rows, steps)],
		connections: 20,
		limit: [
			listRequests(path, ON_PAGE),
			created.map(({ email }) => ({ method: 'POST', path, body: { page_access_user: { email } } })),
		],
		tally(_, after) {
			const emails = newViewers(after);
			const now = new Set(viewersOf(after).map(({ email }) => email));
			return {
				done: rows.filter(({ email }) => now.has(email)).length,
				harmed: emails.length - new Set(emails).size,
			};
		},
	};
}

/** As many items as viewers; one of a hundred viewers changes. Measures the node's own work. */
async function largeUpsertJob({ stateOf }: Site, name: string, viewers: number): Promise<Job> {
	const state = await stateOf(viewers);
	const rows = loginRows(state, 1, viewers / 100).map(({ email, login }) => ({ email, login }));
	return {
		name,
		asked: viewers,
		simulator: { ...unlimited.simulator, viewers },
		window: unlimited.window,
		statuspage: [workflow(`${name}-statuspage`, rows, loginNode(unlimited.credential, mainPage(state).row.id))],
		isMonitored: true,
		limit: [],
		tally: loginTally(rows, viewers),
	};
}

const large = (name: string, viewers: number): JobPlan => ({
	name,
	isSlow: true,
	prepare: async (site) => await largeUpsertJob(site, name, viewers),
});

export const upsertJobs: JobPlan[] = [
	{ name: 'upsert-1000', prepare: upsertJob },
	{ name: 'upsert-50-new', prepare: newViewersJob },
	large('upsert-50000', 50_000),
	large('upsert-100000', 100_000),
];
