import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/transport/failures';
import { applyChanges } from '../../access/apply';
import { ACTIONS, type Change } from '../../access/change';
import { sentenceOf } from '../../access/summary';
import type { Outcome } from '../../access/outcomes';
import { optionsField } from '../../../shared/actions/fields/options';
import { organizationOption } from '../fields/organization';
import { audienceNotice } from '../fields/viewer';
import type { Input } from '../input';
import type { Output } from '../../../shared/actions/operation';
import type { Operation } from '../operation';
import { capOption, capPercentOf } from './fields';

interface Sourced {
	change: Change;
	item: number;
}

function isChange(json: unknown): json is Change {
	const { action, digest, fingerprint } = (json ?? {}) as Partial<Change>;
	return ACTIONS.includes(action as Change['action']) && typeof digest === 'string' && typeof fingerprint === 'string';
}

/** Changes as items, or all of them in the item of a summary; each once, also when several summaries hold it. */
function changesIn(inputs: Input[]): Sourced[] {
	const seen = new Set<string>();
	return inputs.flatMap(({ json, number }) => {
		const list: unknown[] = Array.isArray(json.changes) ? json.changes : [json];
		return list.flatMap((entry) => {
			if (!isChange(entry)) {
				throw new Failure({
					kind: 'forbidden',
					message: `Item ${number} is no change of a plan`,
					advice: 'Nothing was done. Pass on the items of Plan Sync or Plan Offboarding as they are, e.g. with an expression that takes them from that node after an approval',
				});
			}
			if (seen.has(entry.digest)) return [];
			seen.add(entry.digest);
			return [{ change: entry, item: number }];
		});
	});
}

function rowOf({ action, page, email, objectId }: Change, { result, reason, objectId: known }: Outcome): IDataObject {
	return { action, page, email, objectId: known ?? objectId, result, ...(reason ? { reason } : {}) };
}

/** What was not done must not be overlooked: a leaver who still has access is what plans are for. */
function tellWhatIsLeft(input: Input, rows: Array<{ change: Change; outcome: Outcome }>): void {
	const left = rows.filter(({ outcome }) => outcome.result === 'stale' || outcome.result === 'failed');
	if (left.length === 0) return;
	const named = left.slice(0, 5).map(({ change, outcome }) => `${sentenceOf(change)} (${outcome.reason ?? outcome.result})`);
	const message = `${left.length} of ${rows.length} changes are left: ${named.join('; ')}${left.length > 5 ? '; …' : ''}`;
	input.alarm(message);
	if (input.collection('options').failIfAnythingIsLeft !== true) return;
	throw new Failure({
		kind: 'forbidden',
		message,
		advice: 'Everything else is done. Make a new plan and apply it, or do what is left on Statuspage',
		body: rows.map(({ change, outcome }) => rowOf(change, outcome)),
	});
}

async function apply(inputs: Input[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	const sourced = changesIn(inputs);
	const changes = sourced.map(({ change }) => change);
	const needsTeam = changes.some(({ action }) => action === 'setPermissions' || action === 'deleteTeamMember');
	const organizationId = needsTeam ? first.organizationId() : '';
	const outcomes = await applyChanges(first.api, changes, { organizationId, capPercent: capPercentOf(first), concurrency });
	tellWhatIsLeft(first, sourced.map(({ change }, index) => ({ change, outcome: outcomes[index] })));
	return sourced.map(({ change, item }, index) => ({ json: rowOf(change, outcomes[index]), items: [item] }));
}

export const applyPlan: Operation = {
	value: 'applyPlan',
	name: 'Apply Plan',
	action: 'Apply plan and change who has access',
	description:
		'Do what a plan says: grants first, then removals and deletions, which cannot be undone. Returns one item a change: done, unchanged, stale (somebody else changed it meanwhile) or failed. Running it again finishes what a crash left, and does nothing twice.',
	uses: [
		'listViewerGroups',
		'createViewerGroup',
		'createViewer',
		'listViewers',
		'getViewer',
		'updateViewer',
		'deleteViewer',
		'getViewerGroup',
		'updateViewerGroup',
		'listViewerComponents',
		'addViewerComponents',
		'replaceViewerComponents',
		'removeViewerComponent',
		'getSubscriber',
		'deleteSubscriber',
		'getPermissions',
		'replacePermissions',
		'listTeamMembers',
		'deleteTeamMember',
	],
	fields: [
		audienceNotice,
		{
			displayName: 'Takes the items of Plan Sync or Plan Offboarding, or their summary, as they are: a change that was edited after planning is refused. Everything comes from the items, also the page',
			name: 'planNotice',
			type: 'notice',
			default: '',
		},
		optionsField(
			capOption,
			{ displayName: 'Fail If Anything Is Left', name: 'failIfAnythingIsLeft', type: 'boolean', default: false, description: 'Whether to end with an error when a change could not be done, after all others are' },
			organizationOption,
		),
	],
	executeAsOne: apply,
};
