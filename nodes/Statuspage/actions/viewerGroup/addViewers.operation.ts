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
	description:
		'Put viewers into a group; its other viewers stay. Says who was in already. Can be undone with Remove Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer'],
	fields: [audienceNotice, page.locator, viewerGroup.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('add')),
};
