import { Breather } from '../../../../shared/http/breather';
import { mapConcurrently } from '../../../../shared/http/concurrently';
import type { StatuspageApi } from '../../statuspageApi';
import type { TeamMember } from '../../endpoints';
import { getPermissions } from '../../permissions';
import type { Findings, FindOptions, FoundMember } from './findings';
import { LeaverIndex, type Leaver } from './leavers';
import { readable } from './readable';
import { listRequests } from '../snapshot';

const LEAVE_OUT_TEAM =
	"Check the organization ID of the credential and what this API key may do, or set 'Team Members' to Leave. Nothing was planned";

/** All team members, in one list. Leavers without an email are not looked for among them. */
export async function readTeamMembers(
	api: StatuspageApi,
	leavers: Leaver[],
	{ organizationId }: FindOptions,
): Promise<TeamMember[]> {
	if (organizationId === '' || leavers.every(({ email }) => email === '')) return [];
	return await readable(
		`team members of organization ${organizationId}`,
		LEAVE_OUT_TEAM,
		api.list('listTeamMembers', { organizationId }, { isExact: true }),
	);
}

/**
 * The leavers among the team members, with their permissions: one request per member found.
 *
 * @param missing leavers of whom nothing was found on any page
 */
export async function findTeamMembers(
	api: StatuspageApi,
	leavers: Leaver[],
	options: FindOptions,
	teamMembers: TeamMember[],
	missing: ReadonlySet<Leaver>,
): Promise<Pick<Findings, 'teamMembers' | 'members'>> {
	const index = new LeaverIndex(leavers);
	const breather = new Breather(api.connection.clock);
	const found = new Map<string, { member: TeamMember; leaver: Leaver }>();
	const known = new Map<string, TeamMember>();
	const add = async (rows: TeamMember[]) => {
		for (const member of rows) {
			await breather.breathe();
			known.set(member.id, member);
			const leaver = index.withEmail(member.email);
			if (leaver) found.set(member.id, { member, leaver });
		}
	};
	await add(teamMembers);
	const members = new Set([...found.values()].map(({ leaver }) => leaver));
	const hasNothing = [...missing].some((leaver) => leaver.email !== '' && !members.has(leaver));
	// A row can slip through a list of several pages. Before somebody is said to have nothing, the list is read once more.
	if (hasNothing && listRequests(teamMembers.length) > 1) await add(await readTeamMembers(api, leavers, options));
	const { organizationId, concurrency } = options;
	const withPermissions = await mapConcurrently(
		[...found.values()],
		{ concurrency, clock: api.connection.clock },
		async ({ member, leaver }): Promise<FoundMember> => {
			const permissions = getPermissions(api, { organizationId, teamMemberId: member.id });
			return {
				member,
				leavers: [leaver],
				permissions: await readable(`permissions of team member ${member.email}`, LEAVE_OUT_TEAM, permissions),
			};
		},
	);
	return { teamMembers: [...known.values()], members: withPermissions };
}
