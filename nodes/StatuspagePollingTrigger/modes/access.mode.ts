import type { PollingMode } from './pollingMode';

export const access: PollingMode = {
	value: 'access',
	name: 'Access',
	description: 'Viewers, viewer groups, team members and permissions',
	fields: [],
	poll: async () => undefined,
};
