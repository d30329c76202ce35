import { collectionListFields, listCollection } from '../subCollection';
import { optionsField } from '../../../shared/fields/options';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewerGroup } from './componentsOfViewerGroup';

export const getComponents: StatuspageOperation = {
	value: 'getComponents',
	name: 'Get Components',
	action: 'Get components of viewer group',
	description: 'List the components that the viewers in a group may see',
	isReadOnly: true,
	uses: ['listViewerGroupComponents'],
	fields: [page.locator, viewerGroup.locator, ...collectionListFields, optionsField()],
	runs: 'perItem',
	execute: async (input) => await listCollection(input, componentsOfViewerGroup),
};
