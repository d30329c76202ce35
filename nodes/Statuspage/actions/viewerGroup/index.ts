import type { StatuspageResource } from '../statuspageOperation';
import { operationsOf, subCollectionOperations, VIEWER_GROUP_TEXTS } from '../subCollectionOperations';
import { componentsOfViewerGroup } from './componentsOfViewerGroup';
import { metricsOfViewerGroup } from './metricsOfViewerGroup';
import { addViewers } from './addViewers.operation';
import { create } from './create.operation';
import { deleteViewerGroup } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { getViewers } from './getViewers.operation';
import { removeViewers } from './removeViewers.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** Get, Add, Replace and Remove Components. */
const components = subCollectionOperations(componentsOfViewerGroup, VIEWER_GROUP_TEXTS);
/** Get, Add, Replace and Remove Metrics. */
const metrics = operationsOf(metricsOfViewerGroup, VIEWER_GROUP_TEXTS);

export const viewerGroup: StatuspageResource = {
	value: 'viewerGroup',
	name: 'Viewer Group',
	description: 'A group of viewers with access to the same components and metrics (page access group in the API)',
	operations: [
		components.add,
		metrics.add,
		addViewers,
		create,
		upsert,
		deleteViewerGroup,
		get,
		components.get,
		getMany,
		metrics.get,
		getViewers,
		components.remove,
		metrics.remove,
		removeViewers,
		components.replace,
		metrics.replace,
		update,
	],
};
