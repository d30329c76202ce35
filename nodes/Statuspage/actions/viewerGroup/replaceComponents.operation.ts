import { replaceCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewerGroup } from './componentsOfViewerGroup';

export const replaceComponents: StatuspageOperation = {
	value: 'replaceComponents',
	name: 'Replace Components',
	action: 'Replace components of viewer group, takes all others away',
	description:
		'Set the components of a group: all others are taken away from its viewers. Cannot be undone without the earlier list. Nobody is notified.',
	isReadOnly: false,
	uses: ['replaceViewerGroupComponents'],
	fields: [
		audienceNotice,
		page.locator,
		viewerGroup.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await replaceCollection(input, componentsOfViewerGroup),
};
