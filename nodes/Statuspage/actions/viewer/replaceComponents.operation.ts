import { replaceCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { componentsOfViewer } from './components';

export const replaceComponents: Operation = {
	value: 'replaceComponents',
	name: 'Replace Components',
	action: 'Replace components of viewer, takes all others away',
	description: 'Set the components of a viewer: all others of the viewer are taken away, those of the groups stay. Cannot be undone without the earlier list. Nobody is notified.',
	uses: ['replaceViewerComponents', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...componentsField, required: true }, viewerOptionsField()],
	execute: async (input) => await replaceCollection(input, componentsOfViewer),
};
