import { page } from '../../../services/statuspage/objects/page';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewersField } from '../viewerField';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/operations/together';
import { changeViewers } from './members';

export const addViewers: Operation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to viewer group',
	description:
		'Put viewers into a group; its other viewers stay. Says who was in already. Can be undone with Remove Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer'],
	fields: [audienceNotice, page.locator, viewerGroup.locator, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('add')),
};
