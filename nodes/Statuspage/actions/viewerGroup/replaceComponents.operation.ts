import { replaceCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { componentsOfViewerGroup } from './components';

export const replaceComponents: Operation = {
	value: 'replaceComponents',
	name: 'Replace Components',
	action: 'Replace components of viewer group, takes all others away',
	description: 'Set the components of a group: all others are taken away from its viewers. Cannot be undone without the earlier list. Nobody is notified.',
	uses: ['replaceViewerGroupComponents', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, { ...componentsField, required: true }, viewerOptionsField()],
	execute: async (input) => await replaceCollection(input, componentsOfViewerGroup),
};
