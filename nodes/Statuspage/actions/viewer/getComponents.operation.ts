import { collectionListFields, listCollection } from '../subCollection';
import { optionsField } from '../../../shared/fields/options';
import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewer } from './componentsOfViewer';

export const getComponents: StatuspageOperation = {
	value: 'getComponents',
	name: 'Get Components',
	action: 'Get components of viewer',
	description:
		'List the components that a viewer may see. Statuspage does not say whether those of the groups are among them.',
	isReadOnly: true,
	uses: ['listViewerComponents'],
	fields: [page.locator, viewer.locator, ...collectionListFields, optionsField()],
	runs: 'perItem',
	execute: async (input) => await listCollection(input, componentsOfViewer),
};
