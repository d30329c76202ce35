import type { LogEntry } from '../../simulator/log.mts';
import { say } from '../host/screen.mts';
import type { Simulated, SimulatedState } from '../start/simulated.mts';
import { check, type Check } from './check.mts';
import { post } from './post.mts';
import type { QueueMode } from './queueMode.mts';
import { CHANGE } from './queueWorkflows.mts';

const ROUNDS = 3;
const EXECUTIONS = 6;
/** Viewers that each execution adds to both groups. */
const VIEWERS = 20;
/** Half of the executions change the permissions of the same team members, each on another page. */
const HALVES = 2;
/** Team members per half and round. */
const MEMBERS = 4;
/** All executions of a round change permissions at the first time, and viewer groups at the second. In seconds from the start of the round. */
const STARTS = { permissions: 8, memberships: 20 };
/** Largest share of items that another process may overwrite. They have to say so. */
const MAX_OVERWRITTEN = 0.02;
const OVERWRITTEN = /overwritten by other changes|another user or process/;

/** The roles that executions give on each page, as the node and as Statuspage name them. The third page has no roles. */
const ROLES = [
	{ roles: ['incidentManager', 'maintenanceManager'], wanted: ['incident_manager', 'maintenance_manager'] },
	{ roles: ['pageConfiguration'], wanted: ['page_configuration'] },
	{ roles: [], wanted: [] },
];

interface Membership {
	viewerId: string;
	groupId: string;
}

interface Permission {
	teamMemberId: string;
	pageId: string;
	roles: string[];
	wanted: string[];
}

interface Job {
	memberships: Membership[];
	permissions: Permission[];
}

interface Row {
	error?: string;
}

interface Answer {
	executionId: string;
	memberships: Row[];
	permissions: Row[];
}

/** How the items of one kind ended. */
interface Tally {
	items: number;
	/** Items that say they were done, although the service doesn't have the change. */
	lost: string[];
	overwritten: string[];
	/** Other errors. */
	failed: string[];
}

/** The jobs of each round. All jobs of a round change the same groups. */
function jobsOf(state: SimulatedState, pageId: string, groupIds: string[]): Job[][] {
	const free = Object.entries(state.pages[pageId]?.viewers ?? {}).flatMap(([id, viewer]) =>
		groupIds.some((groupId) => viewer.groupIds.includes(groupId)) ? [] : id,
	);
	const members = Object.values(state.members).flatMap(({ row, permissions }) =>
		Object.keys(permissions).length === 0 ? row.id : [],
	);
	const pageIds = Object.keys(state.pages);
	if (
		free.length < ROUNDS * EXECUTIONS * VIEWERS ||
		members.length < ROUNDS * HALVES * MEMBERS ||
		pageIds.length < ROLES.length
	)
		throw new Error('The simulator has too few viewers, team members or pages');
	return Array.from({ length: ROUNDS }, (_, round) =>
		Array.from({ length: EXECUTIONS }, (__, index) => {
			const first = (round * EXECUTIONS + index) * VIEWERS;
			const kind = Math.floor(index / HALVES);
			const firstMember = (round * HALVES + (index % HALVES)) * MEMBERS;
			return {
				memberships: groupIds.flatMap((groupId) =>
					free.slice(first, first + VIEWERS).map((viewerId) => ({ viewerId, groupId })),
				),
				permissions: members.slice(firstMember, firstMember + MEMBERS).map((teamMemberId) => ({
					teamMemberId,
					pageId: pageIds[kind] ?? '',
					...(ROLES[kind] ?? { roles: [], wanted: [] }),
				})),
			};
		}),
	);
}

/** Whether the group has the viewer exactly once, and the viewer has the group. */
function hasMembership({ pages }: SimulatedState, pageId: string, { viewerId, groupId }: Membership): boolean {
	const { groups = {}, viewers = {} } = pages[pageId] ?? {};
	const count = (ids: string[] = [], id: string) => ids.filter((each) => each === id).length;
	return count(groups[groupId]?.viewerIds, viewerId) === 1 && count(viewers[viewerId]?.groupIds, groupId) === 1;
}

function hasPermission({ members }: SimulatedState, { teamMemberId, pageId, wanted }: Permission): boolean {
	const roles = members[teamMemberId]?.permissions[pageId];
	if (!roles) return false;
	const given = Object.entries(roles).flatMap(([role, isGiven]) => (isGiven ? role : []));
	return JSON.stringify(given.sort()) === JSON.stringify([...wanted].sort());
}

function tally<Item extends object>(items: Item[], rows: Row[], isThere: (item: Item) => boolean): Tally {
	const result: Tally = { items: items.length, lost: [], overwritten: [], failed: [] };
	for (const [index, item] of items.entries()) {
		const row = rows[index];
		if (!row) result.failed.push(`${JSON.stringify(item)} has no row`);
		else if (row.error === undefined && !isThere(item)) result.lost.push(JSON.stringify(item));
		else if (row.error !== undefined)
			(OVERWRITTEN.test(row.error) ? result.overwritten : result.failed).push(row.error);
	}
	return result;
}

/** One check per kind of item: done, or said to be overwritten. */
function problemOf({ items, lost, overwritten, failed }: Tally): string | undefined {
	if (lost.length > 0) return `${lost.length} of ${items} were lost without an error, such as ${lost[0]}`;
	if (failed.length > 0) return `${failed.length} of ${items} failed: ${failed[0]}`;
	if (overwritten.length > items * MAX_OVERWRITTEN)
		return `${overwritten.length} of ${items} were overwritten: ${overwritten[0]}`;
	return undefined;
}

/** Everything that the jobs must not change. */
function restOf(state: SimulatedState, pageId: string, jobs: Job[]): string {
	const changedMembers = new Set(
		jobs.flatMap(({ permissions }) => permissions.map(({ teamMemberId }) => teamMemberId)),
	);
	const added = new Set(
		jobs.flatMap(({ memberships }) => memberships.map(({ viewerId, groupId }) => `${viewerId} ${groupId}`)),
	);
	const { groups = {}, viewers = {} } = state.pages[pageId] ?? {};
	return JSON.stringify({
		viewers: Object.keys(viewers).sort(),
		groups: Object.values(groups).map(({ id, viewerIds }) => [
			id,
			viewerIds.filter((viewerId) => !added.has(`${viewerId} ${id}`)).sort(),
		]),
		members: Object.values(state.members).flatMap(({ row, permissions }) =>
			changedMembers.has(row.id) ? [] : [[row.id, permissions]],
		),
	});
}

/** The requests for the permissions of a team member, with their times in milliseconds and the pages that were written. */
function historyOf(log: LogEntry[], teamMemberId: string): string {
	const entries = log.filter(({ path }) => path.endsWith(`/permissions/${teamMemberId}`));
	const lines = entries.map(({ at, method, body }) => {
		const pages = Object.keys(((body as { pages?: object } | undefined)?.pages ?? {}) as object);
		return `    ${Math.round(at - (entries[0]?.at ?? 0))} ms: ${method} ${pages.join(' ')}`;
	});
	return [`  ${teamMemberId}:`, ...lines].join('\n');
}

/** Six executions at once, on two workers with one key, change the same viewer groups and team members. */
export async function checkSharing(
	{ url, workers }: QueueMode,
	simulator: Simulated,
	{ pageId, groupIds }: { pageId: string; groupIds: string[] },
): Promise<Check[]> {
	const before = await simulator.state();
	const rounds = jobsOf(before, pageId, groupIds);
	const answers: Answer[] = [];
	const isEachDone = await check(
		`${ROUNDS} times ${EXECUTIONS} executions at once end without an error, on both workers`,
		async () => {
			for (const jobs of rounds) {
				const since = performance.now();
				const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
				const startsAt = {
					permissions: inSeconds(STARTS.permissions),
					memberships: inSeconds(STARTS.memberships),
				};
				const results = await Promise.all(
					jobs.map(async (job) => (await post(`${url}/webhook/${CHANGE}`, { ...job, startsAt })) as Answer),
				);
				answers.push(...results);
				say(`  ${jobs.length} executions took ${((performance.now() - since) / 1000).toFixed(1)} s`);
			}
			const counts = workers.map(
				({ hasStarted }) => answers.filter(({ executionId }) => hasStarted(executionId)).length,
			);
			return counts.every((count) => count > 0) && counts.reduce((sum, count) => sum + count, 0) === answers.length
				? undefined
				: `the workers ran ${counts.join(' and ')} executions`;
		},
	);
	if (isEachDone.problem !== undefined) return [isEachDone];

	const [after, log, jobs] = [await simulator.state(), await simulator.log(), rounds.flat()];
	const memberships = tally(
		jobs.flatMap((job) => job.memberships),
		answers.flatMap((answer) => answer.memberships),
		(membership) => hasMembership(after, pageId, membership),
	);
	const permissions = tally(
		jobs.flatMap((job) => job.permissions),
		answers.flatMap((answer) => answer.permissions),
		(permission) => hasPermission(after, permission),
	);
	for (const [name, { items, lost, overwritten, failed }] of Object.entries({ memberships, permissions }))
		say(`  ${items} ${name}: ${lost.length} lost, ${overwritten.length} overwritten, ${failed.length} failed`);
	for (const text of permissions.lost) say(historyOf(log, (JSON.parse(text) as Permission).teamMemberId));
	const rejected = log.filter(({ isRejected }) => isRejected).length;
	say(`  ${log.length} requests, ${rejected} rejected by the rate limit`);
	return [
		isEachDone,
		await check('each membership exists once, or its item says that it was overwritten', async () =>
			problemOf(memberships),
		),
		await check('each permission exists, or its item says that it was overwritten', async () => problemOf(permissions)),
		await check('nothing else was changed', async () =>
			restOf(before, pageId, jobs) === restOf(after, pageId, jobs)
				? undefined
				: 'a viewer, another membership or another permission was changed',
		),
		await check('no request was wrong', async () => log.find(({ problem }) => problem)?.problem),
	];
}
