import type { IDataObject } from 'n8n-workflow';
import { applyRequests, minutesFor, type Sizes } from '../../../services/statuspage/plans/cost';
import { requireCap, scopeKey } from '../../../services/statuspage/plans/cap';
import { peopleLosing, toChange, type Change } from '../../../services/statuspage/plans/change';
import { countsOf, markdownOf } from '../../../services/statuspage/plans/summary';
import type { SourcedChange } from '../../../services/statuspage/plans/sync';
import type { Input } from '../input';
import type { Output } from '../../../shared/operations/operation';
import { capPercentOf } from './fields';

export interface PlanResult {
	title: string;
	changes: SourcedChange[];
	peopleInScope: number;
	/** The same by page ID; `team` for team members. */
	scopes: ReadonlyMap<string, number>;
	sizes: Sizes;
	/** What the audience checks saw, by page. */
	audience: Map<string, string>;
	/** What was read, as parts of a sentence: "all viewers and viewer groups of page Acme". */
	lookedAt: string[];
	/** The same: "team members, because the credential has no organization ID". */
	notLookedAt: string[];
}

/** A plan as items, or as one item that a person can read; stopped here when it takes something away from too many. */
export function planOutputs(input: Input, { title, changes, peopleInScope, scopes, sizes, audience, lookedAt, notLookedAt }: PlanResult): Output[] {
	const capPercent = capPercentOf(input);
	requireCap(changes, scopes, capPercent);
	const planned = changes.map(({ items, ...change }): { change: Change; items: number[] } => ({
		change: toChange(change, {
			peopleInScope: scopes.get(scopeKey(change)) ?? 0,
			viewersOnPage: sizes.pages.get(String(change.page))?.viewers.length ?? 0,
			...(change.page !== null && audience.has(change.page) ? { audience: audience.get(change.page) } : {}),
		}),
		items,
	}));
	if (input.values.text('output') !== 'summary') return planned.map(({ change, items }) => ({ json: { ...change } as unknown as IDataObject, items }));

	const all = planned.map(({ change }) => change);
	const { report, window } = input.api.connection;
	const rate = { limit: window.limit, windowMs: window.lengthMs };
	const apply = applyRequests(all, sizes, rate.limit);
	const cost = {
		planRequests: report.requests,
		applyRequests: apply,
		applyMinutes: minutesFor(apply, rate),
		requestsPerMinute: Math.round((rate.limit * 60_000) / rate.windowMs),
	};
	const facts = { title, peopleInScope, capPercent, audience: [...audience.values()], cost };
	const json = {
		title,
		counts: countsOf(all),
		hasChanges: all.some(({ action }) => action !== 'unchanged'),
		peopleInScope,
		peopleLosing: [...peopleLosing(all)],
		capPercent,
		cost,
		audience: facts.audience,
		lookedAt,
		notLookedAt,
		markdown: markdownOf(all, facts),
		changes: all,
	};
	return [{ json: json as unknown as IDataObject, items: [] }];
}
