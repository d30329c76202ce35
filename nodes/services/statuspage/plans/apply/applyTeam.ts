import { Failure, hasStatus, Outdated, asError } from '../../../../shared/http/failures';
import type { Unit } from '../../../../shared/http/unit';
import type { StatuspageApi } from '../../statuspageApi';
import { isSameEmail } from '../../../../shared/client/matching';
import type { Permissions, Roles } from '../../permissionAnswer';
import { changePermissions, getPermissions, withoutPages } from '../../permissions';
import type { TeamMember } from '../../endpoints';
import { fingerprintOf, type Change, type Facts } from '../change';
import { STALE, type Outcome, type Outcomes } from './outcomes';
import { listRequests } from '../snapshot';

/** The roles of one page as facts; null where the member has no access to it. */
export function roleFacts(pageId: string, roles: Roles | undefined): Facts {
	return { pageId, roles: roles ?? null };
}

/** What goes with a team member, as facts. */
export function memberFacts({ email }: Pick<TeamMember, 'email'>, permissions: Permissions): Facts {
	return { email, permissions: Object.fromEntries(permissions) };
}

/** All changes of one member's permissions: one read, one write. */
export async function setPermissions(
	api: StatuspageApi,
	organizationId: string,
	teamMemberId: string,
	changes: Change[],
	outcomes: Outcomes,
): Promise<void> {
	const states = new Map<Change, Outcome>();
	const after = (change: Change) => (current: Permissions) => {
		const pageId = String(change.page);
		const now = roleFacts(pageId, current.get(pageId));
		if (fingerprintOf(now) === fingerprintOf(change.after)) {
			// In a second round, it was the first one that did it.
			if (states.get(change)?.result !== 'done') states.set(change, { result: 'unchanged', objectId: teamMemberId });
		} else if (fingerprintOf(now) !== change.fingerprint)
			states.set(change, { result: 'stale', reason: STALE, objectId: teamMemberId });
		else {
			states.set(change, { result: 'done', objectId: teamMemberId });
			return withoutPages([pageId]).after(current);
		}
		return current;
	};
	try {
		const results = await changePermissions(
			api,
			{ organizationId, teamMemberId },
			changes.map((change) => ({ after: after(change) })),
		);
		results.forEach((result, index) => {
			const change = changes[index];
			outcomes.set(
				change,
				result instanceof Failure ? { result: 'failed', reason: result.message } : (states.get(change) as Outcome),
			);
		});
	} catch (error) {
		for (const change of changes) await outcomes.attempt(change, async () => await Promise.reject(asError(error)));
	}
}

/** So many members are deleted after one list of all members, within slots of the window that are taken together. */
export function membersAtOnce(teamMembers: number, limit: number): number {
	return Math.max(1, Math.floor((Math.min(limit, 1000) - listRequests(teamMembers)) / 2));
}

/** Deletes members of one organization. The service has no call for one member: the list is the read before a deletion. */
export async function deleteMembers(
	api: StatuspageApi,
	organizationId: string,
	changes: Change[],
	outcomes: Outcomes,
): Promise<void> {
	const teamMembers = Math.max(0, ...changes.map(({ peopleInScope }) => peopleInScope));
	const atOnce = membersAtOnce(teamMembers, api.connection.window.limit);
	for (let start = 0; start < changes.length; start += atOnce) {
		const part = changes.slice(start, start + atOnce);
		try {
			await new MemberDeletions(api, organizationId, outcomes).run(part, listRequests(teamMembers) + 2 * part.length);
		} catch (error) {
			for (const change of outcomes.open(part))
				await outcomes.attempt(change, async () => await Promise.reject(asError(error)));
		}
	}
}

class MemberDeletions {
	readonly #settled = new Set<Change>();
	/** Deletions that may have been done although no usable answer came. */
	readonly #tried = new Set<Change>();

	constructor(
		private readonly api: StatuspageApi,
		private readonly organizationId: string,
		private readonly outcomes: Outcomes,
	) {}

	async run(changes: Change[], slots: number): Promise<void> {
		await this.api.unit(slots, async (unit) => {
			const open = changes.filter((change) => !this.#settled.has(change));
			const members = await this.#membersFor(open, unit);
			for (const change of open) {
				await this.outcomes.attempt(change, async () => await this.#deleteOne(change, members, unit));
				this.#settled.add(change);
			}
		});
	}

	/** A row can slip through a list of several pages: a member who seems to be gone is looked for once more. */
	async #membersFor(changes: Change[], unit: Unit): Promise<Map<string, TeamMember>> {
		const read = async () =>
			new Map(
				(await this.api.list('listTeamMembers', { organizationId: this.organizationId }, { isExact: true, unit })).map(
					(member) => [member.id, member],
				),
			);
		const members = await read();
		const isMissing = changes.some(({ objectId }) => !members.has(String(objectId)));
		return isMissing && listRequests(members.size) > 1 ? new Map([...members, ...(await read())]) : members;
	}

	async #deleteOne(change: Change, members: Map<string, TeamMember>, unit: Unit): Promise<Outcome> {
		const { api, organizationId } = this;
		const member = members.get(String(change.objectId));
		if (!member)
			return this.#tried.has(change)
				? { result: 'done' }
				: { result: 'unchanged', reason: 'The team member was deleted already' };
		if (!isSameEmail(member.email, change.before?.email)) return { result: 'stale', reason: STALE };
		const ids = { organizationId, teamMemberId: member.id };
		const now = memberFacts(change.before as Pick<TeamMember, 'email'>, await getPermissions(api, ids, unit));
		if (fingerprintOf(now) !== change.fingerprint) return { result: 'stale', reason: STALE };
		try {
			await api.remove('deleteTeamMember', ids, { unit });
			return { result: 'done' };
		} catch (error) {
			if (error instanceof Outdated) this.#tried.add(change);
			if (!hasStatus(error, 403, 404, 405, 422)) throw asError(error);
			return {
				result: 'failed',
				reason: `${error.message}. Organizations whose members have Atlassian accounts manage them there: remove the account, or plan with 'Team Members: Remove Permissions'`,
			};
		}
	}
}
