import type { IDataObject } from 'n8n-workflow';
import { countApplyRequests, minutesFor, type Sizes } from '../../../services/statuspage/plans/apply/applyCost';
import { requireCap, scopeKey } from '../../../services/statuspage/plans/cap';
import { peopleLosingAccess, toChange, type Change } from '../../../services/statuspage/plans/change';
import { countsOf } from '../../../services/statuspage/plans/message/countText';
import type { AudienceFacts } from '../../../services/statuspage/plans/message/audienceVerdicts';
import { planMessage, type PlanCost, type ScopeFacts } from '../../../services/statuspage/plans/message/planMessage';
import type { PageSnapshot } from '../../../services/statuspage/plans/snapshot';
import type { SourcedChange } from '../../../services/statuspage/plans/sync/syncPlan';
import { Breather } from '../../../shared/http/breather';
import type { Output } from '../../../shared/operations/operation';
import type { StatuspageInput } from '../statuspageInput';
import { capPercentOf, formatOf } from './planFields';

export interface PlanResult {
	title: string;
	changes: SourcedChange[];
	peopleInScope: number;
	/** People in scope by page ID, and `team` for team members. */
	scopes: ReadonlyMap<string, number>;
	/** Pages with their names if these are known. */
	sizes: Sizes & { pages: Map<string, Partial<Pick<PageSnapshot, 'page'>>> };
	/** Summaries of the audience checks, by page ID. */
	audience: Map<string, string>;
	/** Lists that were read, e.g. "all viewers of page Acme". */
	lookedAt: string[];
	/** Lists that were not read and may contain access, with the reason. */
	notLookedAt: string[];
}

interface ChangeWithItems {
	change: Change;
	items: number[];
}

/** Hashing thousands of changes takes seconds, so other executions may run in between. */
async function toChanges(
	{ changes, scopes, sizes, audience }: PlanResult,
	isShared: boolean,
	breather: Breather,
): Promise<ChangeWithItems[]> {
	const planned: ChangeWithItems[] = [];
	for (const { items, ...change } of changes) {
		const ofPage = change.page === null ? undefined : audience.get(change.page);
		const facts = {
			peopleInScope: scopes.get(scopeKey(change)) ?? 0,
			viewersOnPage: sizes.pages.get(String(change.page))?.viewers.length ?? 0,
			...(ofPage === undefined ? {} : { audience: ofPage }),
		};
		planned.push({ change: toChange(change, facts, isShared), items });
		await breather.breathe();
	}
	return planned;
}

/** Page names by ID, from the pages that were read and from the changes. */
function pageNames({ changes, sizes }: PlanResult): Map<string, string> {
	const names = new Map<string, string>();
	for (const { page, pageName } of changes) if (page !== null && pageName !== undefined) names.set(page, pageName);
	for (const [id, { page }] of sizes.pages) if (page) names.set(id, page.name);
	return names;
}

function scopeFacts(changes: Change[], { scopes }: PlanResult, names: Map<string, string>): ScopeFacts[] {
	const byScope = new Map<string, Change[]>([...scopes.keys()].map((key) => [key, []]));
	for (const change of changes) byScope.get(scopeKey(change))?.push(change);
	return [...byScope].map(([key, ofScope]) => ({
		pageName: key === 'team' ? null : (names.get(key) ?? key),
		people: scopes.get(key) ?? 0,
		peopleLosing: peopleLosingAccess(ofScope).size,
	}));
}

function costOf(input: StatuspageInput, changes: Change[], sizes: Sizes): PlanCost {
	const { report, window, isShared } = input.api.connection;
	const requests = countApplyRequests(changes, sizes, { limit: window.limit, isShared });
	return {
		planRequests: report.requests,
		applyRequests: requests,
		applyMinutes: minutesFor(requests, { limit: window.limit, windowMs: window.lengthMs }),
		requestsPerMinute: Math.round((window.limit * 60_000) / window.lengthMs),
	};
}

/** Each part goes through all changes, so other executions may run after each part. */
async function summaryOf(
	input: StatuspageInput,
	changes: Change[],
	result: PlanResult,
	breather: Breather,
): Promise<IDataObject> {
	const { title, peopleInScope, sizes, audience, lookedAt, notLookedAt } = result;
	const names = pageNames(result);
	const [capPercent, cost, format] = [capPercentOf(input), costOf(input, changes, sizes), formatOf(input)];
	await breather.breathe();
	const facts = {
		title,
		changes,
		peopleInScope,
		scopes: scopeFacts(changes, result, names),
		capPercent,
		audience: [...audience].map(([id, summary]): AudienceFacts => ({ pageName: names.get(id) ?? id, summary })),
		cost,
		// An empty list of checked objects would make the list of unchecked ones misleading.
		lookedAt: lookedAt.length > 0 ? lookedAt : [...sizes.pages.keys()].map((id) => `Page ${names.get(id) ?? id}`),
		notLookedAt,
	};
	await breather.breathe();
	const markdown = planMessage(facts, 'markdown');
	await breather.breathe();
	const message = format === 'markdown' ? markdown : planMessage(facts, format);
	await breather.breathe();
	return {
		title,
		counts: countsOf(changes),
		hasChanges: changes.some(({ action }) => action !== 'unchanged'),
		isComplete: message.isComplete && markdown.isComplete,
		peopleInScope,
		peopleLosing: [...peopleLosingAccess(changes)],
		capPercent,
		cost: { ...cost },
		audience: [...audience.values()],
		lookedAt: facts.lookedAt,
		notLookedAt,
		format,
		message: message.text,
		markdown: markdown.text,
		changes: changes as unknown as IDataObject[],
	};
}

/**
 * Returns a plan as one item per change, or as one item with a message for approval.
 *
 * @throws Failure if more people would lose access than the limit allows
 */
export async function planOutputs(input: StatuspageInput, result: PlanResult): Promise<Output[]> {
	const breather = new Breather(input.api.connection.clock);
	requireCap(result.changes, result.scopes, capPercentOf(input));
	await breather.breathe();
	const planned = await toChanges(result, input.api.connection.isShared, breather);
	if (input.values.text('output') !== 'summary')
		return planned.map(({ change, items }) => ({ json: { ...change } as unknown as IDataObject, items }));
	return [
		{
			json: await summaryOf(
				input,
				planned.map(({ change }) => change),
				result,
				breather,
			),
			items: [],
		},
	];
}
