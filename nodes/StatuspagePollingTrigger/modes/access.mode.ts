import { accessFields } from './accessFields';
import { pollAccess } from './pollAccess';
import type { PollingMode } from './pollingMode';

export const access: PollingMode = {
	value: 'access',
	name: 'Access',
	description: 'Viewers, viewer groups, team members and permissions',
	fields: accessFields,
	poll: pollAccess,
};
