import { removeFromCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewer } from './componentsOfViewer';

export const removeComponents: StatuspageOperation = {
	value: 'removeComponents',
	name: 'Remove Components',
	action: 'Remove components from viewer, takes access away',
	description:
		'Take components away from a viewer, one request for each; those of the groups stay. Can be undone with Add Components. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerComponent', 'listViewerComponents'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await removeFromCollection(input, componentsOfViewer),
};
