import { optionsField } from '../../../shared/fields/options';
import { audienceNotice } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../organizationOption';
import { capOption } from './planFields';

export const applyPlan: StatuspageOperation = {
	value: 'applyPlan',
	name: 'Apply Plan',
	action: 'Apply plan and change who has access',
	description:
		'Do what a plan says: grants first, then removals and deletions, which cannot be undone. Returns one item a change: done, unchanged, stale (somebody else changed it meanwhile) or failed. Running it again finishes what a crash left, and does nothing twice.',
	isReadOnly: false,
	uses: [
		'getPage',
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
		'removeViewerComponent',
		'listViewerMetrics',
		'removeViewerMetric',
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
			displayName:
				'Takes the items of Plan Sync or Plan Offboarding, or their summary, as they are: a change that was edited after planning is refused. Everything comes from the items, also the page',
			name: 'planNotice',
			type: 'notice',
			default: '',
		},
		optionsField(
			capOption,
			{
				displayName: 'Fail If Anything Is Left',
				name: 'failIfAnythingIsLeft',
				type: 'boolean',
				default: false,
				description: 'Whether to end with an error when a change could not be done, after all others are',
			},
			organizationOption,
		),
	],
	runs: 'allItems',
	execute: async (inputs, concurrency) => await (await import('./runApplyPlan')).runApplyPlan(inputs, concurrency),
};
