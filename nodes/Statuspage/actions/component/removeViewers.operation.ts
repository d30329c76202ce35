import { componentField } from '../fields/component';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { audienceNotice, viewersField } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewers } from './access';

export const removeViewers: Operation = {
	value: 'removeViewers',
	name: 'Remove Viewers',
	action: 'Remove viewers from component, takes access away',
	description: 'Take a component away from these viewers, one request for each; they keep it where a group gives it. Can be undone with Add Viewers. Nobody is notified.',
	uses: ['removeViewerComponent', 'listViewerComponents', 'listViewers', 'listComponents'],
	fields: [audienceNotice, pageField, componentField, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('remove')),
};
