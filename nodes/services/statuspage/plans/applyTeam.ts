import { Failure, hasStatus, passOn } from '../../../shared/http/failures';
import type { StatuspageApi } from '../client';
import { isSameEmail } from '../../../shared/client/matching';
import type { Permissions, Roles } from '../permissionAnswer';
import { changePermissions, withoutPages } from '../permissions';
import type { TeamMember } from '../endpoints';
import { fingerprintOf, type Change, type Facts } from './change';
import { STALE, type Outcome, type Outcomes } from './outcomes';

/** The roles of one page as facts; null where the member has no access to it. */
export function roleFacts(pageId: string, roles: Roles | undefined): Facts {
	return { pageId, roles: roles ?? null };
}

/** All changes of one member's permissions: one read, one write. */
export async function setPermissions(api: StatuspageApi, organizationId: string, teamMemberId: string, changes: Change[], outcomes: Outcomes): Promise<void> {
	const states = new Map<Change, Outcome>();
	const after = (change: Change) => (current: Permissions) => {
		const pageId = String(change.page);
		const now = roleFacts(pageId, current.get(pageId));
		if (fingerprintOf(now) === fingerprintOf(change.after)) states.set(change, { result: 'unchanged', objectId: teamMemberId });
		else if (fingerprintOf(now) !== change.fingerprint) states.set(change, { result: 'stale', reason: STALE, objectId: teamMemberId });
		else {
			states.set(change, { result: 'done', objectId: teamMemberId });
			return withoutPages([pageId]).after(current);
		}
		return current;
	};
	try {
		const results = await changePermissions(api, { organizationId, teamMemberId }, changes.map((change) => ({ after: after(change) })));
		results.forEach((result, index) => {
			const change = changes[index];
			outcomes.set(change, result instanceof Failure ? { result: 'failed', reason: result.message } : (states.get(change) as Outcome));
		});
	} catch (error) {
		for (const change of changes) await outcomes.attempt(change, async () => await Promise.reject(passOn(error)));
	}
}

/** The service has no call for one member: the list stands for the look before a deletion. */
export async function deleteMember(api: StatuspageApi, organizationId: string, change: Change, members: TeamMember[]): Promise<Outcome> {
	const member = members.find(({ id }) => id === change.objectId);
	if (!member) return { result: 'unchanged', reason: 'The member was gone already' };
	if (!isSameEmail(member.email, change.before?.email)) return { result: 'stale', reason: STALE };
	try {
		await api.remove('deleteTeamMember', { organizationId, teamMemberId: member.id });
		return { result: 'done' };
	} catch (error) {
		if (!hasStatus(error, 403, 404, 405, 422)) throw passOn(error);
		return {
			result: 'failed',
			reason: `${error.message}. Organizations whose members have Atlassian accounts manage them there: remove the account, or plan with 'Team Members: Remove Permissions'`,
		};
	}
}
