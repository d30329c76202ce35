import { adding } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { componentsOfViewerGroup } from './components';

export const addComponents: Operation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer group',
	description: 'Let all viewers in a group see components; the other components stay. Can be undone with Remove Components. Many items with the same components share the requests. Nobody is notified.',
	uses: ['addViewerGroupComponents', 'addComponentViewerGroups', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, { ...componentsField, required: true }, viewerOptionsField()],
	...doneTogether(adding(componentsOfViewerGroup)),
};
