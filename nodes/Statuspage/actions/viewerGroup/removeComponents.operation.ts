import { removeFromCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewerGroup } from './componentsOfViewerGroup';

export const removeComponents: StatuspageOperation = {
	value: 'removeComponents',
	name: 'Remove Components',
	action: 'Remove components from viewer group, takes access away',
	description:
		'Take components away from all viewers in a group, one request for each. Can be undone with Add Components. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerGroupComponent', 'listViewerGroupComponents'],
	fields: [
		audienceNotice,
		page.locator,
		viewerGroup.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await removeFromCollection(input, componentsOfViewerGroup),
};
