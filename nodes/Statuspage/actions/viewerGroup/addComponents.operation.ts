import { addToCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { component } from '../../../services/statuspage/objects/component';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { componentsOfViewerGroup } from './componentsOfViewerGroup';

export const addComponents: StatuspageOperation = {
	value: 'addComponents',
	name: 'Add Components',
	action: 'Add components to viewer group',
	description:
		'Let all viewers in a group see components; the other components stay. Can be undone with Remove Components. Many items with the same components share the requests. Nobody is notified.',
	isReadOnly: false,
	uses: ['addViewerGroupComponents', 'addComponentViewerGroups'],
	fields: [
		audienceNotice,
		page.locator,
		viewerGroup.locator,
		component.picks('componentIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(addToCollection(componentsOfViewerGroup)),
};
