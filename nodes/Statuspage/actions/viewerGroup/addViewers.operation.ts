import { page } from '../../../services/statuspage/objects/page';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewersField } from '../itemViewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { changeViewers } from './changeViewers';

export const addViewers: StatuspageOperation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to viewer group',
	description: 'Add viewers to a viewer group and keep its current viewers',
	effects:
		"The output shows which viewers already belonged to the group. Single sign-on may reset the viewers of a group with an external identifier at their next login. Undo with 'Remove Viewers'. No notification is sent.",
	isReadOnly: false,
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer'],
	fields: [audienceNotice, page.locator, viewerGroup.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('add')),
};
