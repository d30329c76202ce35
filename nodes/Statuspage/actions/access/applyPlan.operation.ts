import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import { capOption } from './planFields';
import { runApplyPlan } from './runApplyPlan';

export const applyPlan: StatuspageOperation = {
	value: 'applyPlan',
	name: 'Apply Plan',
	action: 'Apply access plan',
	description: 'Apply the changes of an access plan, granting access first and removing it afterwards',
	effects:
		'Deletions are permanent and cannot be undone. Statuspage may email new viewers. Deleted subscribers are not notified. Returns one item per change with the result done, unchanged, stale (changed since the plan was created) or failed. It is safe to run it again after an interruption.',
	warning: 'Deletions in the plan are permanent and cannot be undone.',
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
		{
			displayName:
				"Pass in the unmodified output of 'Plan Sync' or 'Plan Offboarding'. Edited changes are rejected. The page is taken from the items.",
			name: 'planNotice',
			type: 'notice',
			default: '',
		},
		optionsField(
			capOption,
			{
				displayName: 'Fail If Changes Remain',
				name: 'failIfAnythingIsLeft',
				type: 'boolean',
				default: false,
				description: 'Whether the run fails if any change could not be applied. All other changes are applied first.',
			},
			organizationOption,
		),
	],
	runs: 'allItems',
	execute: runApplyPlan,
};
