import { page } from '../../../services/statuspage/objects/page';
import { viewerOptionsField } from '../audienceCheck';
import { viewersField } from '../itemViewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { changeViewers } from './changeViewers';

export const removeViewers: StatuspageOperation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from viewer group',
	description: 'Remove viewers from a viewer group',
	effects:
		"The viewers stay on the page, but lose access that came only from this group. Single sign-on may add them again at their next login if the group has an external identifier. Undo with 'Add Viewers'. No notification is sent.",
	isReadOnly: false,
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer'],
	fields: [page.locator, viewerGroup.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('remove')),
};
