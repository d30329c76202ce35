import type { StatuspageResource } from '../statuspageOperation';
import { addComponents } from './addComponents.operation';
import { addMetrics } from './addMetrics.operation';
import { addToGroups } from './addToGroups.operation';
import { create } from './create.operation';
import { deleteViewer } from './delete.operation';
import { get } from './get.operation';
import { getComponents } from './getComponents.operation';
import { getMany } from './getMany.operation';
import { getMetrics } from './getMetrics.operation';
import { removeComponents } from './removeComponents.operation';
import { removeFromGroups } from './removeFromGroups.operation';
import { removeMetrics } from './removeMetrics.operation';
import { replaceComponents } from './replaceComponents.operation';
import { replaceMetrics } from './replaceMetrics.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const viewer: StatuspageResource = {
	value: 'viewer',
	name: 'Viewer',
	description: 'A person who may log in to an audience-specific page (page access user in the API)',
	operations: [
		addComponents,
		addMetrics,
		addToGroups,
		create,
		upsert,
		deleteViewer,
		get,
		getComponents,
		getMany,
		getMetrics,
		removeComponents,
		removeFromGroups,
		removeMetrics,
		replaceComponents,
		replaceMetrics,
		update,
	],
};
