import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { batched } from '../../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeViewerGroups } from './componentAccess';

export const removeViewerGroups: StatuspageOperation = {
	value: 'removeViewerGroups',
	name: 'Remove Viewer Groups',
	action: 'Remove viewer groups from component, takes access away',
	description:
		'Take a component away from all viewers in these groups, one request for each group. Can be undone with Add Viewer Groups. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerGroupComponent', 'listViewerGroupComponents'],
	fields: [
		audienceNotice,
		page.locator,
		component.locator,
		viewerGroup.picks('viewerGroupIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(changeViewerGroups('remove')),
};
