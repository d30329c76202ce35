import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { batched } from '../../../shared/operations/batched';
import { viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeGroups } from './changeGroups';

export const removeFromGroups: StatuspageOperation = {
	value: 'removeFromGroups',
	name: 'Remove From Groups',
	action: 'Remove viewer from groups',
	description: 'Remove a viewer from viewer groups',
	effects:
		"Other memberships are kept. Items are combined into fewer requests. The viewer loses access to components and metrics that came only from these viewer groups. Single sign-on may add the viewer again at the next login if a viewer group has an external identifier. Undo with 'Add to Groups'. No notification is sent.",
	isReadOnly: false,
	uses: ['getViewer', 'updateViewer', 'getViewerGroup', 'updateViewerGroup'],
	fields: [page.locator, viewer.locator, viewerGroup.picks('viewerGroupIds', { required: true }), viewerOptionsField()],
	...batched(changeGroups('remove')),
};
