import type { Job, JobPlan, Outage, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { interrupted } from '../settings.mts';
import { byId, http, statuspage, tolerant, workflow } from '../workflows.mts';
import { isFailed, itemsOf } from './executions.mts';
import { listRequests, newAddress, newViewers, viewersOf, viewersPath } from './requests.mts';

const SECONDS = 10;
const LISTED = 5000;
const CHANGED = 200;

/** The service disappears in the middle of the requests. */
const inTheMiddle = (least: number, resends: number): Outage => ({
	afterRequests: least / 2,
	seconds: SECONDS,
	least,
	resends,
});

const common = (viewers: number) => ({
	simulator: { ...interrupted.simulator, viewers },
	window: interrupted.window,
	isMonitored: true as const,
	limit: [],
});

async function listJob({ gatewayUrl, stateOf }: Site): Promise<Job> {
	const state = await stateOf(LISTED);
	const ours = statuspage(interrupted.credential, {
		resource: 'viewer',
		operation: 'getMany',
		pageId: byId(mainPage(state).row.id),
		returnAll: true,
		filters: {},
	});
	// Reads the whole list again every five seconds, which is the longest time that n8n waits.
	const careful = {
		...http('Work', { method: 'GET', url: `${gatewayUrl}${viewersPath(state)}`, list: true }),
		retryOnFail: true,
		maxTries: 5,
		waitBetweenTries: 5000,
	};
	return {
		...common(LISTED),
		name: 'outage-list-5000',
		asked: LISTED,
		statuspage: [workflow('outage-list-statuspage', [{}], ours)],
		careful: [workflow('outage-list-careful', [{}], careful)],
		outage: inTheMiddle(listRequests(viewersPath(state), LISTED).length, 1),
		tally(_, __, [execution]) {
			const ids = itemsOf(execution).flatMap(({ id }) => (id === undefined ? [] : id));
			return { done: new Set(ids).size, harmed: ids.length - new Set(ids).size };
		},
	};
}

async function createJob({ stateOf }: Site): Promise<Job> {
	const state = await stateOf(100);
	const rows = Array.from({ length: CHANGED }, (_, index) => ({ email: newAddress(index) }));
	const ours = statuspage(interrupted.credential, {
		resource: 'viewer',
		operation: 'create',
		pageId: byId(mainPage(state).row.id),
		email: '={{ $json.email }}',
		additionalFields: {},
	});
	return {
		...common(100),
		name: 'outage-create-200',
		asked: CHANGED,
		statuspage: [workflow('outage-create-statuspage', rows, tolerant(ours))],
		outage: inTheMiddle(CHANGED, 2),
		tally(_, after, [execution]) {
			const emails = newViewers(after);
			const created = new Set(emails);
			const items = itemsOf(execution);
			const wrong = rows.filter(({ email }, index) => created.has(email) === isFailed(items[index]));
			return { done: created.size, harmed: emails.length - created.size + wrong.length };
		},
	};
}

async function deleteJob({ stateOf }: Site): Promise<Job> {
	const viewers = 2 * CHANGED;
	const state = await stateOf(viewers);
	const [deleted, kept] = [viewersOf(state).slice(0, CHANGED), viewersOf(state).slice(CHANGED)];
	const rows = deleted.map(({ id }) => ({ id }));
	const ours = statuspage(interrupted.credential, {
		resource: 'viewer',
		operation: 'delete',
		pageId: byId(mainPage(state).row.id),
		viewerId: byId('={{ $json.id }}'),
	});
	return {
		...common(viewers),
		name: 'outage-delete-200',
		asked: CHANGED,
		statuspage: [workflow('outage-delete-statuspage', rows, tolerant(ours))],
		outage: inTheMiddle(CHANGED, 1),
		tally(_, after, [execution]) {
			const isThere = ({ id }: { id: string }) => mainPage(after).viewers[id] !== undefined;
			const items = itemsOf(execution);
			const wrong = deleted.filter((viewer, index) => isThere(viewer) !== isFailed(items[index]));
			return {
				done: deleted.filter((viewer) => !isThere(viewer)).length,
				harmed: kept.filter((viewer) => !isThere(viewer)).length + wrong.length,
			};
		},
	};
}

export const outageJobs: JobPlan[] = [
	{ name: 'outage-list-5000', prepare: listJob },
	{ name: 'outage-create-200', prepare: createJob },
	{ name: 'outage-delete-200', prepare: deleteJob },
];
