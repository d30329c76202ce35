import { addToCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { componentsOfViewer } from './componentsOfViewer';

export const addComponents: StatuspageOperation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer',
	description:
		'Let a viewer see components besides those of the groups; the other components stay. Can be undone with Remove Components. Many items with the same components share the requests. Nobody is notified.',
	isReadOnly: false,
	uses: ['addViewerComponents', 'addComponentViewers'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(addToCollection(componentsOfViewer)),
};
