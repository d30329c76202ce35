import { getComponents } from './getComponents.operation';
import { getIncidents } from './getIncidents.operation';
import { getMaintenances } from './getMaintenances.operation';
import { getSummary } from './getSummary.operation';
import type { PublicPageResource } from './publicPageOperation';

export const publicPage: PublicPageResource = {
	value: 'publicPage',
	name: 'Public Page',
	description: 'Any public status page hosted on Statuspage, read by its address without a credential',
	operations: [getComponents, getIncidents, getMaintenances, getSummary],
};
