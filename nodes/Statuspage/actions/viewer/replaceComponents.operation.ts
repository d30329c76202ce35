import { replaceCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentsOfViewer } from './componentsOfViewer';

export const replaceComponents: StatuspageOperation = {
	value: 'replaceComponents',
	name: 'Replace Components',
	action: 'Replace components of viewer, takes all others away',
	description:
		'Set the components of a viewer: all others of the viewer are taken away, those of the groups stay. Cannot be undone without the earlier list. Nobody is notified.',
	isReadOnly: false,
	uses: ['replaceViewerComponents'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await replaceCollection(input, componentsOfViewer),
};
