import { componentField } from '../fields/component';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { viewerGroupsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewerGroups } from './access';

export const removeViewerGroups: Operation = {
	value: 'removeViewerGroups',
	name: 'Remove Viewer Groups',
	action: 'Remove viewer groups from component, takes access away',
	description: 'Take a component away from all viewers in these groups, one request for each group. Can be undone with Add Viewer Groups. Nobody is notified.',
	uses: ['removeViewerGroupComponent', 'listViewerGroupComponents', 'listComponents'],
	fields: [audienceNotice, pageField, componentField, { ...viewerGroupsField, required: true }, viewerOptionsField()],
	...doneTogether(changeViewerGroups('remove')),
};
