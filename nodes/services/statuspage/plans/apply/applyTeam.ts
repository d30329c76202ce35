import { Failure, hasStatus, Outdated, asError } from '../../../../shared/http/failures';
import { uncertainWrite } from '../../../../shared/http/uncertainWrite';
import type { Unit } from '../../../../shared/http/unit';
import type { StatuspageApi } from '../../statuspageApi';
import { isSameEmail } from '../../../../shared/client/matching';
import type { Permissions, Roles } from '../../permissionAnswer';
import { changePermissions, getPermissions, withoutPages } from '../../permissions';
import type { TeamMember } from '../../endpoints';
import { fingerprintOf, type Change } from '../change';
import type { Facts } from '../facts';
import { STALE, type Outcome, type Outcomes } from './outcomes';
import { listRequests } from '../snapshot';

/** The roles of one page as facts. `roles` is null if the team member has no access to the page. */
export function roleFacts(pageId: string, roles: Roles | undefined): Facts {
	return { pageId, roles: roles ?? null };
}

/** A team member and the permissions that are deleted with it, as facts. */
export function memberFacts({ email }: Pick<TeamMember, 'email'>, permissions: Permissions): Facts {
	return { email, permissions: Object.fromEntries(permissions) };
}

/** Applies all permission changes of one team member with one read and one write. */
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
			// If the write is repeated, the first attempt may have made this change.
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

/** Number of team members that are deleted in one unit, together with the list that is read first. */
export function memberBatchSize(teamMembers: number, limit: number): number {
	return Math.max(1, Math.floor((Math.min(limit, 1000) - listRequests(teamMembers)) / 2));
}

/** Deletes team members of one organization. The API cannot return a single member, so the list serves as the check before a deletion. */
export async function deleteMembers(
	api: StatuspageApi,
	organizationId: string,
	changes: Change[],
	outcomes: Outcomes,
): Promise<void> {
	const teamMembers = Math.max(0, ...changes.map(({ peopleInScope }) => peopleInScope));
	const atOnce = memberBatchSize(teamMembers, api.connection.window.limit);
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
	/** Deletions that may have succeeded without a usable answer. */
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

	/** A list of several pages can miss a row, so it is read a second time if a member is missing. */
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
				: { result: 'unchanged', reason: 'The team member was already deleted' };
		if (!isSameEmail(member.email, change.before?.email)) return { result: 'stale', reason: STALE };
		const ids = { organizationId, teamMemberId: member.id };
		const permissions = await getPermissions(api, ids, unit).catch((error: unknown) => {
			// The last lost write is the deletion of this member, because the others were settled before.
			throw this.#tried.has(change) && unit.lost ? uncertainWrite(unit.lost, error) : asError(error);
		});
		const now = memberFacts(change.before as Pick<TeamMember, 'email'>, permissions);
		if (fingerprintOf(now) !== change.fingerprint) return { result: 'stale', reason: STALE };
		try {
			await api.remove('deleteTeamMember', ids, { unit });
			return { result: 'done' };
		} catch (error) {
			if (error instanceof Outdated) this.#tried.add(change);
			if (!hasStatus(error, 403, 404, 405, 422)) throw asError(error);
			return {
				result: 'failed',
				reason: `${error.message}. If team members have Atlassian accounts, remove the account there, or create a plan with 'Team Members' set to 'Remove Permissions'`,
			};
		}
	}
}
