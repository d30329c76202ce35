import type { StatuspageResource } from '../statuspageOperation';
import { subCollectionOperations, VIEWER_TEXTS } from '../subCollectionOperations';
import { addToGroups } from './addToGroups.operation';
import { componentsOfViewer } from './componentsOfViewer';
import { create } from './create.operation';
import { deleteViewer } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { metricsOfViewer } from './metricsOfViewer';
import { removeFromGroups } from './removeFromGroups.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** Get, Add, Replace and Remove Components. */
const components = subCollectionOperations(componentsOfViewer, VIEWER_TEXTS);
/** Get, Add, Replace and Remove Metrics. */
const metrics = subCollectionOperations(metricsOfViewer, VIEWER_TEXTS);

export const viewer: StatuspageResource = {
	value: 'viewer',
	name: 'Viewer',
	description: 'Someone who can log in to an audience-specific page (page access user in the API)',
	operations: [
		components.add,
		metrics.add,
		addToGroups,
		create,
		upsert,
		deleteViewer,
		get,
		components.get,
		getMany,
		metrics.get,
		components.remove,
		removeFromGroups,
		metrics.remove,
		components.replace,
		metrics.replace,
		update,
	],
};
