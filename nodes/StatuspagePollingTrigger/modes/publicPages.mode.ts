import type { PollingMode } from './pollingMode';
import { pollPublicPages } from './pollPublicPages';
import { publicPagesFields } from './publicPagesFields';

export const publicPages: PollingMode = {
	value: 'publicPages',
	name: 'Public Pages',
	description: 'Incidents, maintenances and component status of any public page hosted on Statuspage',
	fields: publicPagesFields,
	poll: pollPublicPages,
};
