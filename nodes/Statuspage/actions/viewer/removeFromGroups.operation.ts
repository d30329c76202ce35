import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { changeGroups } from './changeGroups';

export const removeFromGroups: StatuspageOperation = {
	value: 'removeFromGroups',
	name: 'Remove From Groups',
	action: 'Remove viewer from groups, takes access away',
	description:
		'Take a viewer out of groups; the other groups stay. Can be undone with Add to Groups. Nobody is notified.',
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
	execute: async (input) => await changeGroups(input, 'remove'),
};
