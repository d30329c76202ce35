import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { audienceNotice, viewersField } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewers } from './members';

export const addViewers: Operation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to viewer group',
	description: 'Put viewers into a group; its other viewers stay. Says who was in already. Can be undone with Remove Viewers. Nobody is notified.',
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer', 'listViewers', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('add')),
};
