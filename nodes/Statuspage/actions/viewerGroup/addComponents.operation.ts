import { addToCollection } from '../collection';
import { optionsField } from '../fields/options';
import { pageField } from '../fields/page';
import { componentsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { componentsOfViewerGroup } from './components';

export const addComponents: Operation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer group',
	description: 'Let all viewers in a group see components; the other components stay. Can be undone with Remove Components. Nobody is notified.',
	uses: ['addViewerGroupComponents', 'listViewerGroups'],
	fields: [audienceNotice, pageField, viewerGroupField, { ...componentsField, required: true }, optionsField()],
	execute: async (input) => await addToCollection(input, componentsOfViewerGroup),
};
