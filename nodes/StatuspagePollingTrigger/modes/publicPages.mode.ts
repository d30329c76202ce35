import type { PollingMode } from './pollingMode';

export const publicPages: PollingMode = {
	value: 'publicPages',
	name: 'Public Pages',
	description: 'Incidents, maintenances and component status of any public page hosted on Statuspage',
	fields: [],
	poll: async () => undefined,
};
