import { Breather } from '../../../../shared/http/breather';
import { mapConcurrently } from '../../../../shared/http/concurrently';
import type { StatuspageApi } from '../../statuspageApi';
import type { TeamMember } from '../../endpoints';
import { getPermissions } from '../../permissions';
import type { Findings, FindOptions, FoundMember } from './findings';
import { LeaverIndex, type Leaver } from './leavers';
import { requireReadable } from './requireReadable';
import { listRequests } from '../snapshot';

const TEAM_ADVICE =
	"No plan was created. Check the organization ID and the permissions of the API key, or set 'Team Members' to 'Do Not Check'";

/** Reads the list of team members, unless no leaver has an email. Team members cannot be found by external login. */
export async function readTeamMembers(
	api: StatuspageApi,
	leavers: Leaver[],
	{ organizationId }: FindOptions,
): Promise<TeamMember[]> {
	if (organizationId === '' || leavers.every(({ email }) => email === '')) return [];
	return await requireReadable(
		`team members of organization ${organizationId}`,
		TEAM_ADVICE,
		api.list('listTeamMembers', { organizationId }, { isExact: true }),
	);
}

/**
 * Finds the leavers among the team members and reads their permissions, with one request per member.
 *
 * @param missing leavers without a record on any page
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
	// A list of several pages can miss a row, so it is read a second time before a leaver is reported to have no access.
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
				permissions: await requireReadable(`permissions of team member ${member.email}`, TEAM_ADVICE, permissions),
			};
		},
	);
	return { teamMembers: [...known.values()], members: withPermissions };
}
