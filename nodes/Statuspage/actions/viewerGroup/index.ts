import type { StatuspageResource } from '../statuspageOperation';
import { addComponents } from './addComponents.operation';
import { addViewers } from './addViewers.operation';
import { create } from './create.operation';
import { deleteViewerGroup } from './delete.operation';
import { get } from './get.operation';
import { getComponents } from './getComponents.operation';
import { getMany } from './getMany.operation';
import { getViewers } from './getViewers.operation';
import { removeComponents } from './removeComponents.operation';
import { removeViewers } from './removeViewers.operation';
import { replaceComponents } from './replaceComponents.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const viewerGroup: StatuspageResource = {
	value: 'viewerGroup',
	name: 'Viewer Group',
	description: 'A group of viewers with access to the same components and metrics (page access group in the API)',
	operations: [
		addComponents,
		addViewers,
		create,
		upsert,
		deleteViewerGroup,
		get,
		getComponents,
		getMany,
		getViewers,
		removeComponents,
		removeViewers,
		replaceComponents,
		update,
	],
};
