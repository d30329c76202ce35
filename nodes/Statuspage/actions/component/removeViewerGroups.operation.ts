import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { batched } from '../../../shared/operations/batched';
import { viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeViewerGroups } from './componentAccess';

export const removeViewerGroups: StatuspageOperation = {
	value: 'removeViewerGroups',
	name: 'Remove Viewer Groups',
	action: 'Remove viewer groups from component',
	description: 'Remove access to a component from viewer groups',
	effects:
		"Uses one request per viewer group. Viewers keep access that they have directly or through other groups. Undo with 'Add Viewer Groups'. No notification is sent.",
	isReadOnly: false,
	uses: ['removeViewerGroupComponent', 'listViewerGroupComponents'],
	fields: [
		page.locator,
		component.locator,
		viewerGroup.picks('viewerGroupIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(changeViewerGroups('remove')),
};
