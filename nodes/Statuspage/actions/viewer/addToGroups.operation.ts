import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { viewerGroupsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { changeGroups } from './groups';

export const addToGroups: Operation = {
	value: 'addToGroups',
	name: 'Add to Groups',
	action: 'Add viewer to groups',
	description: 'Put a viewer into groups; the other groups stay. Says which groups the viewer was in already. Single sign-on sets groups with an external identifier again at the next login.',
	uses: ['getViewer', 'updateViewer', 'listViewers', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerField, { ...viewerGroupsField, required: true }, viewerOptionsField()],
	execute: async (input) => await changeGroups(input, 'add'),
};
