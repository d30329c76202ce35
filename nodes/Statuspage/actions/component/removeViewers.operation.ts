import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { batched } from '../../../shared/operations/batched';
import { viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { viewersField } from '../itemViewer';
import { changeViewers } from './componentAccess';

export const removeViewers: StatuspageOperation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from component',
	description: 'Remove access to a component from viewers',
	effects:
		"Access through a viewer group is not removed. Uses one request per viewer. Undo with 'Add Viewers'. No notification is sent.",
	isReadOnly: false,
	uses: ['removeViewerComponent', 'listViewerComponents'],
	fields: [page.locator, component.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('remove')),
};
