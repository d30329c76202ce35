import { removeFromCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { componentsOfViewer } from './components';

export const removeComponents: Operation = {
	value: 'removeComponents',
	name: 'Remove Components',
	action: 'Remove components from viewer, takes access away',
	description: 'Take components away from a viewer, one request for each; those of the groups stay. Can be undone with Add Components. Nobody is notified.',
	uses: ['removeViewerComponent', 'listViewerComponents', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...componentsField, required: true }, viewerOptionsField()],
	execute: async (input) => await removeFromCollection(input, componentsOfViewer),
};
