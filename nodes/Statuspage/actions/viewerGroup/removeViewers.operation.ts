import { page } from '../../../services/statuspage/objects/page';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewersField } from '../itemViewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { changeViewers } from './changeViewers';

export const removeViewers: StatuspageOperation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from viewer group, takes access away',
	description:
		'Take viewers out of a group; its other viewers stay, and the viewers stay on the page. Can be undone with Add Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['getViewerGroup', 'updateViewerGroup', 'getViewer', 'updateViewer'],
	fields: [audienceNotice, page.locator, viewerGroup.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('remove')),
};
