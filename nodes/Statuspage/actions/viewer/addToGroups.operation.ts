import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { batched } from '../../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeGroups } from './changeGroups';

export const addToGroups: StatuspageOperation = {
	value: 'addToGroups',
	name: 'Add to Groups',
	action: 'Add viewer to groups',
	description: 'Add a viewer to viewer groups and keep the existing ones',
	effects:
		"The output shows which viewer groups the viewer already belonged to. Items are combined into fewer requests. Single sign-on may reset viewer groups with an external identifier at the viewer's next login. Undo with 'Remove From Groups'. No notification is sent.",
	isReadOnly: false,
	uses: ['getViewer', 'updateViewer', 'getViewerGroup', 'updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		viewerGroup.picks('viewerGroupIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(changeGroups('add')),
};
