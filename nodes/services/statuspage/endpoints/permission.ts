import { readPermissions } from '../permissionAnswer';
import { ORGANIZATION, ORGANIZATION_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const PERMISSIONS = `${ORGANIZATION}/permissions/{teamMemberId}` as const;

export const permissionEndpoints = {
	getPermissions: {
		method: 'GET',
		path: PERMISSIONS,
		answer: readPermissions,
		noun: 'permissions of team member',
		advice: ORGANIZATION_ADVICE,
	},
	/** A page that is left out is lost to the member. */
	replacePermissions: {
		method: 'PUT',
		path: PERMISSIONS,
		answer: readPermissions,
		noun: 'permissions of team member',
		advice: ORGANIZATION_ADVICE,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
