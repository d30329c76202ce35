import { adding } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { componentsOfViewer } from './components';

export const addComponents: Operation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer',
	description: 'Let a viewer see components besides those of the groups; the other components stay. Can be undone with Remove Components. Many items with the same components share the requests. Nobody is notified.',
	uses: ['addViewerComponents', 'addComponentViewers', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...componentsField, required: true }, viewerOptionsField()],
	...doneTogether(adding(componentsOfViewer)),
};
