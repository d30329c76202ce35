import type { Execution, Workflow } from '../../scripts/host/n8n.mts';
import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { fast } from '../settings.mts';
import { byId, chain, gate, http, itemNodes, statuspage, tolerant } from '../workflows.mts';
import { itemsOf } from './executions.mts';
import { firstGroup, groupPath, viewersOf } from './requests.mts';

const ROUNDS = 20;
const VIEWERS = 1000;
/** Viewers that each process adds per round. */
const ADDED = 3;
/** In every second round the processes start within this time instead of at once. */
const SPREAD_MS = 100;
const ROUND_NUMBERS = Array.from({ length: ROUNDS }, (_, round) => round);

type Change = 'addViewers' | 'removeViewers';

interface Part {
	change: Change;
	/** IDs of viewers, per round. */
	rounds: string[][];
	/** Milliseconds that this process starts later, per round. */
	delays: number[];
}

/** IDs of the viewers whose item says that it was not changed. */
function failedIds(execution: Execution | undefined, { rounds }: Part): Set<string> {
	return new Set(
		rounds.flatMap((ids, round) => {
			const items = itemsOf(execution, `Work ${round}`);
			return ids.filter((_, index) => items[index]?.error !== undefined);
		}),
	);
}

interface Rounds {
	name: string;
	site: Site;
	pageId: string;
	groupId: string;
	parts: Part[];
}

function workflows({ name, site, pageId, groupId, parts }: Rounds): Workflow[] {
	return parts.map(({ change, rounds, delays }, part) =>
		chain(
			`${name}-statuspage-${part}`,
			rounds.flatMap((ids, round) => [
				gate(site.gateUrl(`${name}-${round}`, parts.length, delays[round]), ` ${round}`),
				...itemNodes(
					ids.map((id) => ({ id })),
					` ${round}`,
				),
				tolerant({
					...statuspage(fast.credential, {
						resource: 'viewerGroup',
						operation: change,
						pageId: byId(pageId),
						viewerGroupId: byId(groupId),
						viewerIds: '={{ $json.id }}',
					}),
					name: `Work ${round}`,
				}),
			]),
		),
	);
}

/** Reads the group and writes it, as a careful user would with a key that nothing else uses. */
function httpWorkflows({ name, site, parts }: Rounds, path: string): Workflow[] {
	return parts.map(({ rounds, delays }, part) =>
		chain(
			`${name}-http-${part}`,
			rounds.flatMap((ids, round) => [
				gate(site.gateUrl(`${name}-${round}`, parts.length, delays[round]), ` ${round}`),
				http(`Work ${round}: get`, { method: 'GET', url: `${site.url}${path}` }),
				http(`Work ${round}: update`, {
					method: 'PATCH',
					url: `${site.url}${path}`,
					body: `={{ { "page_access_group": { "page_access_user_ids": $json.page_access_user_ids.concat(${JSON.stringify(ids)}) } } }}`,
				}),
			]),
		),
	);
}

/** Several processes add different viewers to one group, again and again. */
async function addingJob(site: Site, name: string, processes: number): Promise<Job> {
	const state = await site.stateOf(VIEWERS);
	const { id: groupId } = firstGroup(state);
	const others = viewersOf(state)
		.filter(({ groupIds }) => !groupIds.includes(groupId))
		.map(({ id }) => id);
	const parts = Array.from(
		{ length: processes },
		(_, part): Part => ({
			change: 'addViewers',
			rounds: ROUND_NUMBERS.map((round) => {
				const first = (round * processes + part) * ADDED;
				return others.slice(first, first + ADDED);
			}),
			delays: ROUND_NUMBERS.map((round) => (round % 2 === 1 ? (part * SPREAD_MS) / processes : 0)),
		}),
	);
	const setting = { name, site, pageId: mainPage(state).row.id, groupId, parts };
	const asked = parts.flatMap(({ rounds }) => rounds.flat());
	return {
		name,
		asked: asked.length,
		simulator: { ...fast.simulator, viewers: VIEWERS },
		window: fast.window,
		statuspage: workflows(setting),
		http: httpWorkflows(setting, groupPath(state, groupId)),
		limit: [],
		tally(before, after, executions) {
			const { viewers } = mainPage(after);
			const isIn = (id: string) => viewers[id]?.groupIds.includes(groupId) === true;
			const missing = new Set(asked.filter((id) => !isIn(id)));
			const reported = parts.flatMap((part, index) =>
				[...failedIds(executions[index], part)].filter((id) => missing.has(id)),
			);
			const lostBefore = viewersOf(before).filter(({ id, groupIds }) => groupIds.includes(groupId) && !isIn(id));
			return { done: asked.length - missing.size, harmed: lostBefore.length, reported: reported.length };
		},
	};
}

/** When the removal starts after the addition, in milliseconds, in turn. */
const REMOVAL_DELAYS = [0, 100, 250, 400];
/** With this delay, the removal comes after the write of the addition, so it stands even if the addition names the same viewer. */
const CERTAIN_DELAY_MS = 250;

/** One process adds viewers to a group while another one removes viewers. Both lists can name the same viewer, who is a member. */
async function removalJob(site: Site): Promise<Job> {
	const name = 'rounds-beside-removal';
	const state = await site.stateOf(VIEWERS);
	const { id: groupId } = firstGroup(state);
	const ids = (isMember: boolean) =>
		viewersOf(state)
			.filter(({ groupIds }) => groupIds.includes(groupId) === isMember)
			.map((viewer) => viewer.id);
	const [members, others] = [ids(true), ids(false)];
	const delays = ROUND_NUMBERS.map((round) => REMOVAL_DELAYS[round % REMOVAL_DELAYS.length] as number);
	const isShared = (round: number) => (delays[round] as number) >= CERTAIN_DELAY_MS;
	const memberOf = (round: number, index: number) => members[2 * round + index] as string;
	const adding: Part = {
		change: 'addViewers',
		rounds: ROUND_NUMBERS.map((round) => [
			...others.slice(2 * round, 2 * round + 2),
			...(isShared(round) ? [memberOf(round, 0)] : []),
		]),
		delays: delays.map(() => 0),
	};
	const removing: Part = {
		change: 'removeViewers',
		rounds: ROUND_NUMBERS.map((round) => [memberOf(round, 0), memberOf(round, 1)]),
		delays,
	};
	const added = adding.rounds.flat().filter((id) => others.includes(id));
	const removed = removing.rounds.flat();
	return {
		name,
		asked: added.length + removed.length,
		simulator: { ...fast.simulator, viewers: VIEWERS },
		window: fast.window,
		statuspage: workflows({
			name,
			site,
			pageId: mainPage(state).row.id,
			groupId,
			parts: [adding, removing],
		}),
		limit: [],
		tally(_, after, executions) {
			const { viewers } = mainPage(after);
			const isIn = (id: string) => viewers[id]?.groupIds.includes(groupId) === true;
			const failed = [adding, removing].map((part, index) => failedIds(executions[index], part)) as [
				Set<string>,
				Set<string>,
			];
			const missing = added.filter((id) => !isIn(id));
			const back = removed.filter(isIn);
			const reported = missing.filter((id) => failed[0].has(id)).length + back.filter((id) => failed[1].has(id)).length;
			return { done: added.length + removed.length - missing.length - back.length, harmed: 0, reported };
		},
	};
}

const adding = (name: string, processes: number, isSlow?: true): JobPlan => ({
	name,
	isSlow,
	prepare: async (site) => await addingJob(site, name, processes),
});

export const roundJobs: JobPlan[] = [
	adding('rounds-two-processes', 2),
	adding('rounds-four-processes', 4, true),
	{ name: 'rounds-beside-removal', prepare: removalJob },
];
