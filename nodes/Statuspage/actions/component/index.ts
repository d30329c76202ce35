import type { StatuspageResource } from '../statuspageOperation';
import { addViewerGroups } from './addViewerGroups.operation';
import { addViewers } from './addViewers.operation';
import { create } from './create.operation';
import { deleteComponent } from './delete.operation';
import { get } from './get.operation';
import { getAudience } from './getAudience.operation';
import { getMany } from './getMany.operation';
import { getUptime } from './getUptime.operation';
import { removeViewerGroups } from './removeViewerGroups.operation';
import { removeViewers } from './removeViewers.operation';
import { update } from './update.operation';

export const component: StatuspageResource = {
	value: 'component',
	name: 'Component',
	description: 'A service or feature with a status on the page, and the viewers with access to it',
	operations: [
		addViewerGroups,
		addViewers,
		create,
		deleteComponent,
		get,
		getAudience,
		getMany,
		getUptime,
		removeViewerGroups,
		removeViewers,
		update,
	],
};
