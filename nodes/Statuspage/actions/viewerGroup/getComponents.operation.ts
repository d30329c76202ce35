import { collectionListFields, listCollection } from '../collection';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField } from '../fields/page';
import { viewerGroupField } from '../fields/viewerGroup';
import type { Operation } from '../operation';
import { componentsOfViewerGroup } from './components';

export const getComponents: Operation = {
	value: 'getComponents',
	name: 'Get Components',
	action: 'Get components of viewer group',
	description: 'List the components that the viewers in a group may see',
	uses: ['listViewerGroupComponents', 'listViewerGroups'],
	fields: [pageField, viewerGroupField, ...collectionListFields, optionsField()],
	execute: async (input) => await listCollection(input, componentsOfViewerGroup),
};
