import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { doneTogether } from '../../../shared/operations/together';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { Operation } from '../operation';
import { viewersField } from '../viewerField';
import { changeViewers } from './access';

export const removeViewers: Operation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from component, takes access away',
	description:
		'Take a component away from these viewers, one request for each; they keep it where a group gives it. Can be undone with Add Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerComponent', 'listViewerComponents'],
	fields: [audienceNotice, page.locator, component.locator, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('remove')),
};
