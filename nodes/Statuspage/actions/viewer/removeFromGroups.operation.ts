import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { viewerGroupsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { changeGroups } from './groups';

export const removeFromGroups: Operation = {
	value: 'removeFromGroups',
	name: 'Remove From Groups',
	action: 'Remove viewer from groups, takes access away',
	description: 'Take a viewer out of groups; the other groups stay. Can be undone with Add to Groups. Nobody is notified.',
	uses: ['getViewer', 'updateViewer', 'listViewers', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerField, { ...viewerGroupsField, required: true }, viewerOptionsField()],
	execute: async (input) => await changeGroups(input, 'remove'),
};
