import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeGroups } from './changeGroups';

export const addToGroups: StatuspageOperation = {
	value: 'addToGroups',
	name: 'Add to Groups',
	action: 'Add viewer to groups',
	description:
		'Put a viewer into groups; the other groups stay. Says which groups the viewer was in already. Single sign-on sets groups with an external identifier again at the next login.',
	isReadOnly: false,
	uses: ['getViewer', 'updateViewer'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		viewerGroup.picks('viewerGroupIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await changeGroups(input, 'add'),
};
