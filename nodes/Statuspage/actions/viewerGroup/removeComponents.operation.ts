import { removeFromCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { componentsOfViewerGroup } from './components';

export const removeComponents: Operation = {
	value: 'removeComponents',
	name: 'Remove Components',
	action: 'Remove components from viewer group, takes access away',
	description: 'Take components away from all viewers in a group, one request for each. Can be undone with Add Components. Nobody is notified.',
	uses: ['removeViewerGroupComponent', 'listViewerGroupComponents', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, { ...componentsField, required: true }, viewerOptionsField()],
	execute: async (input) => await removeFromCollection(input, componentsOfViewerGroup),
};
