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
	description:
		'Let all viewers in these groups see a component; others who see it still do. Can be undone with Remove Viewer Groups. Nobody is notified.',
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
