import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { audienceNotice, viewersField } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewers } from './members';

export const removeViewers: Operation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from viewer group, takes access away',
	description: 'Take viewers out of a group; its other viewers stay, and the viewers stay on the page. Can be undone with Add Viewers. Nobody is notified.',
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer', 'listViewers', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('remove')),
};
