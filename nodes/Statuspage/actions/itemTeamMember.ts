import type { TeamMember } from '../../services/statuspage/endpoints';
import { isStatuspageId } from '../../services/statuspage/objects/objectKind';
import { teamMember } from '../../services/statuspage/objects/teamMember';
import { isSameEmail } from '../../shared/client/matching';
import { Failure } from '../../shared/http/failures';
import { resolveEntry } from '../../shared/operations/resolveNames';
import type { StatuspageInput } from './statuspageInput';

/** The documented fields of a team member. Others could contain the password. */
export const MEMBER_FIELDS = ['id', 'organization_id', 'email', 'first_name', 'last_name', 'created_at', 'updated_at'];

/** The team member of the item, from the list, since the API cannot return a single one. A text with an @ is an email in every mode. */
export async function memberIn(input: StatuspageInput, organizationId: string): Promise<TeamMember> {
	const { mode, text, isPicked } = input.values.locator(teamMember.row.parameter);
	const members = await teamMember.all(input.api, { organizationId });
	if (mode === 'email' || (!isPicked && text.includes('@'))) {
		const found = members.filter(({ email }) => isSameEmail(email, text));
		if (found.length === 1) return found[0];
		const problem =
			found.length === 0
				? `is "${text}", but no team member has this email`
				: `is "${text}", the email of ${found.length} team members: ${found.map(({ id }) => id).join(', ')}`;
		throw new Failure({
			...input.invalid(teamMember.row.parameter, problem, 'Check the spelling and the organization').facts,
			...(found.length === 0 ? { isNotFound: true as const, status: 404 } : {}),
		});
	}
	const label = input.values.label(teamMember.row.parameter);
	const id = resolveEntry(
		{ label, item: input.item, ...teamMember.namesIn(members) },
		isPicked ? { text, isId: true } : { text },
	);
	return members.find((member) => member.id === id) as TeamMember;
}

/** The ID of the item's team member. The list is only read for an email or a name. */
export async function memberId(input: StatuspageInput, organizationId: string): Promise<string> {
	const { mode, text, isPicked } = input.values.locator(teamMember.row.parameter);
	const isCertain = mode !== 'email' && mode !== 'name' && (isPicked || isStatuspageId(text));
	const id = isCertain ? text : (await memberIn(input, organizationId)).id;
	await input.inOrder(teamMember.orderKey({ organizationId }, id));
	return id;
}
