import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { batched } from '../../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { viewersField } from '../itemViewer';
import { changeViewers } from './componentAccess';

export const removeViewers: StatuspageOperation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from component, takes access away',
	description:
		'Take a component away from these viewers, one request for each; they keep it where a group gives it. Can be undone with Add Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerComponent', 'listViewerComponents'],
	fields: [audienceNotice, page.locator, component.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('remove')),
};
