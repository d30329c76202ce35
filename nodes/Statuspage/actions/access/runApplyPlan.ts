import type { IDataObject } from 'n8n-workflow';
import { applyChanges } from '../../../services/statuspage/plans/apply/applyChanges';
import { editedFields, isChange, isTeamChange, type Change } from '../../../services/statuspage/plans/change';
import type { Outcome } from '../../../services/statuspage/plans/apply/outcomes';
import { Failure } from '../../../shared/http/failures';
import { describeValue } from '../../../shared/operations/invalidValue';
import type { Output } from '../../../shared/operations/operation';
import type { StatuspageInput } from '../statuspageInput';
import { capPercentOf } from './planFields';

interface Sourced {
	change: Change;
	item: number;
}

function notAPlan(item: number, problem: string): Failure {
	return new Failure({
		kind: 'invalid',
		item,
		message: `Item ${item} is not a change of a plan: ${problem}`,
		advice:
			"Nothing was done. Each item must be a change of 'Plan Sync' or 'Plan Offboarding' as it is, or their summary with its field 'changes'. After an approval, take them from the plan node, e.g. with {{ $('Plan').all() }}",
	});
}

/** JSON text, as message nodes and AI agents pass it on, is read; anything else stays as it is. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

/** The changes of one item: one change, a summary, or nothing for the empty item that Always Output Data makes of an empty plan. */
function entriesOf({ json, item }: StatuspageInput): unknown[] {
	if (Object.keys(json).length === 0) return [];
	if (!('changes' in json)) return [json];
	const changes = parsed(json.changes);
	if (!Array.isArray(changes))
		throw notAPlan(item, `its field 'changes' is ${describeValue(json.changes)} instead of a list`);
	return changes;
}

/**
 * Changes as items, or all of them in the item of a summary; each once, also when several summaries contain it. An edited copy does not
 * stand for the change that it was made from.
 */
function changesIn(inputs: StatuspageInput[]): Sourced[] {
	const seen = new Set<string>();
	return inputs.flatMap((input) => {
		const { item } = input;
		return entriesOf(input).flatMap((entry) => {
			const change = parsed(entry);
			if (!isChange(change))
				throw notAPlan(
					item,
					typeof change === 'object' && change !== null
						? 'fields are missing, or have another type'
						: `it is ${describeValue(change)}`,
				);
			const key = editedFields(change).length === 0 ? change.digest : `edited ${JSON.stringify(change)}`;
			if (seen.has(key)) return [];
			seen.add(key);
			return [{ change, item }];
		});
	});
}

/** `text` says what was to be done, in the words of the plan. */
function rowOf(
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

/** A change that was not applied must not be overlooked: a leaver who still has access is what plans are for. */
function reportRemaining(input: StatuspageInput, rows: Array<{ change: Change; outcome: Outcome }>): void {
	const remaining = rows.filter(({ outcome }) => outcome.result === 'stale' || outcome.result === 'failed');
	if (remaining.length === 0) return;
	const named = remaining
		.slice(0, 5)
		.map(({ change, outcome }) => `${change.text} (${outcome.reason ?? outcome.result})`);
	const message = `${remaining.length} of ${rows.length} changes were not applied: ${named.join('; ')}${remaining.length > 5 ? '; …' : ''}`;
	input.alarm(message);
	if (!input.options.flag('failIfAnythingIsLeft')) return;
	throw new Failure({
		kind: 'invalid',
		message,
		advice:
			'All other changes were applied. Create a new plan and apply it, or make the remaining changes on Statuspage',
		body: rows.map(({ change, outcome }) => rowOf(change, outcome)),
	});
}

export async function runApplyPlan(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	// All values are judged before anything is done.
	for (const input of inputs) void input.values;
	const sourced = changesIn(inputs);
	const changes = sourced.map(({ change }) => change);
	// Plans carry the organization. One that lost it needs the credential's.
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
	return sourced.map(({ change, item }, index) => ({ json: rowOf(change, outcomes[index]), items: [item] }));
}
