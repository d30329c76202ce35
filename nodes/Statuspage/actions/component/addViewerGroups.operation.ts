import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { batched } from '../../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeViewerGroups } from './componentAccess';

export const addViewerGroups: StatuspageOperation = {
	value: 'addViewerGroups',
	name: 'Add Viewer Groups',
	action: 'Add viewer groups to component',
	description: 'Give viewer groups access to a component',
	effects:
		"All viewers in the viewer groups get access. Existing access is kept. Statuspage doesn't report which viewer groups already had access. Undo with 'Remove Viewer Groups'. No notification is sent.",
	isReadOnly: false,
	uses: ['addComponentViewerGroups'],
	fields: [
		audienceNotice,
		page.locator,
		component.locator,
		viewerGroup.picks('viewerGroupIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(changeViewerGroups('add')),
};
