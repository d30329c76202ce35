import { addToCollection } from '../collection';
import { optionsField } from '../fields/options';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { componentsOfViewer } from './components';

export const addComponents: Operation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer',
	description: 'Let a viewer see components besides those of the groups; the other components stay. Can be undone with Remove Components. Nobody is notified.',
	uses: ['addViewerComponents', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...componentsField, required: true }, optionsField()],
	execute: async (input) => await addToCollection(input, componentsOfViewer),
};
