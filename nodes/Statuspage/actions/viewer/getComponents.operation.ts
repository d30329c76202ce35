import { collectionListFields, listCollection } from '../collection';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField } from '../fields/page';
import { viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { componentsOfViewer } from './components';

export const getComponents: Operation = {
	value: 'getComponents',
	name: 'Get Components',
	action: 'Get components of viewer',
	description: 'List the components that a viewer may see. Statuspage does not say whether those of the groups are among them.',
	uses: ['listViewerComponents', 'listViewers'],
	fields: [pageField, viewerField, ...collectionListFields, optionsField()],
	execute: async (input) => await listCollection(input, componentsOfViewer),
};
