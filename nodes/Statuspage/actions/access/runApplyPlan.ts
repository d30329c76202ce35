import type { IDataObject } from 'n8n-workflow';
import { applyChanges } from '../../../services/statuspage/plans/apply/applyChanges';
import { editedFields, isChange, isTeamChange, type Change } from '../../../services/statuspage/plans/change';
import type { Outcome } from '../../../services/statuspage/plans/apply/outcomes';
import { plural } from '../../../services/statuspage/plans/message/countText';
import { Breather } from '../../../shared/http/breather';
import { Failure } from '../../../shared/http/failures';
import { describeValue } from '../../../shared/operations/invalidValue';
import type { Output } from '../../../shared/operations/operation';
import type { StatuspageInput } from '../statuspageInput';
import { capPercentOf } from './planFields';

interface ChangeWithItem {
	change: Change;
	item: number;
}

function notPartOfPlan(item: number, problem: string): Failure {
	return new Failure({
		kind: 'invalid',
		item,
		message: `Item ${item} is not part of a plan: ${problem}`,
		advice:
			"Nothing was changed. Pass in the unmodified items of 'Plan Sync' or 'Plan Offboarding', or their summary with the field 'changes'. After an approval, take them from the plan node, e.g. with {{ $('Plan').all() }}",
	});
}

/** Parses JSON text, because message nodes and AI agents pass changes on as text. Returns other values unchanged. */
function parseJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

/** The changes of one item, which is a change or a summary. 'Always Output Data' turns an empty plan into an empty item without changes. */
function entriesOf({ json, item }: StatuspageInput): unknown[] {
	if (Object.keys(json).length === 0) return [];
	if (!('changes' in json)) return [json];
	const changes = parseJson(json.changes);
	if (!Array.isArray(changes))
		throw notPartOfPlan(item, `its field 'changes' is ${describeValue(json.changes)} instead of a list`);
	return changes;
}

/**
 * The changes of all items, each of them once, even if several summaries contain it. An edited copy is a separate change, so it cannot
 * replace the original. Checking thousands of checksums takes seconds, so other executions may run in between.
 */
async function changesIn(inputs: StatuspageInput[], breather: Breather): Promise<ChangeWithItem[]> {
	const seen = new Set<string>();
	const changes: ChangeWithItem[] = [];
	for (const input of inputs) {
		const { item } = input;
		for (const entry of entriesOf(input)) {
			await breather.breathe();
			const change = parseJson(entry);
			if (!isChange(change))
				throw notPartOfPlan(
					item,
					typeof change === 'object' && change !== null
						? 'fields are missing or have the wrong type'
						: `it is ${describeValue(change)}`,
				);
			const key = editedFields(change).length === 0 ? change.digest : `edited ${JSON.stringify(change)}`;
			if (seen.has(key)) continue;
			seen.add(key);
			changes.push({ change, item });
		}
	}
	return changes;
}

/** The output item of a change. `text` is the sentence of the plan. */
function toOutput(
	{ action, page, pageName, email, emailGiven, objectId, text, note }: Change,
	{ result, reason, objectId: known }: Outcome,
): IDataObject {
	return {
		action,
		page: page ?? null,
		...(pageName === undefined ? {} : { pageName }),
		email,
		...(emailGiven === undefined ? {} : { emailGiven }),
		objectId: known ?? objectId ?? null,
		text,
		...(note ? { note } : {}),
		result,
		...(reason ? { reason } : {}),
	};
}

/** Shows changes that were not applied as a warning, because a leaver could still have access. */
function reportRemaining(input: StatuspageInput, rows: Array<{ change: Change; outcome: Outcome }>): void {
	const remaining = rows.filter(({ outcome }) => outcome.result === 'stale' || outcome.result === 'failed');
	if (remaining.length === 0) return;
	const named = remaining
		.slice(0, 5)
		.map(({ change, outcome }) => `${change.text} (${outcome.reason ?? outcome.result})`);
	const message = `${remaining.length} of ${plural(rows.length, 'change')} ${remaining.length === 1 ? 'was' : 'were'} not applied: ${named.join('; ')}${remaining.length > 5 ? '; …' : ''}`;
	input.alarm(message);
	if (!input.options.flag('failIfAnythingIsLeft')) return;
	throw new Failure({
		kind: 'invalid',
		message,
		advice: 'All other changes were applied. Create and apply a new plan, or make the remaining changes in Statuspage',
		body: rows.map(({ change, outcome }) => toOutput(change, outcome)),
	});
}

export async function runApplyPlan(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	// Reading the values validates them before anything is changed.
	const breather = new Breather(first.api.connection.clock);
	for (const input of inputs) {
		void input.values;
		await breather.breathe();
	}
	const sourced = await changesIn(inputs, breather);
	const changes = sourced.map(({ change }) => change);
	// Changes contain the organization ID. If it was lost on the way, the one of the credential is needed.
	const needsTeam = changes.some((change) => isTeamChange(change) && !change.organizationId);
	const organizationId = needsTeam ? first.organizationId() : '';
	const outcomes = await applyChanges(first.api, changes, {
		organizationId,
		capPercent: capPercentOf(first),
		concurrency,
	});
	reportRemaining(
		first,
		sourced.map(({ change }, index) => ({ change, outcome: outcomes[index] })),
	);
	return sourced.map(({ change, item }, index) => ({ json: toOutput(change, outcomes[index]), items: [item] }));
}
