import type { TeamMember } from '../../../services/statuspage/endpoints';
import { teamMember } from '../../../services/statuspage/objects/teamMember';
import { containsName } from '../../../shared/client/matching';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../../../services/statuspage/organizationOption';

const emailFilter: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	accepts: 'emailOrText',
	placeholder: 'name@email.com',
	default: '',
	description:
		'Only return team members whose email contains this text, e.g. a domain. The whole list is read for that.',
};

const nameFilter: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	placeholder: 'e.g. Anna Meyer',
	default: '',
	description: 'Only return team members whose first and last name contain this text. The whole list is read for that.',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many team members',
	description: 'Retrieve a list of the team members of your organization, at 100 per request',
	isReadOnly: true,
	uses: ['listTeamMembers'],
	fields: [...listFields, filtersField([emailFilter, nameFilter]), optionsField(organizationOption)],
	runs: 'perItem',
	async execute(input) {
		const organizationId = input.organizationId();
		const filters = input.values.collection('filters');
		const email = filters.optionalText('email');
		const name = filters.optionalText('name');
		const keep = (member: TeamMember) =>
			(email === undefined || containsName(member.email, email)) &&
			(name === undefined || containsName(teamMember.row.nameOf(member), name));
		const isFiltered = email !== undefined || name !== undefined;
		return await input.api.list(
			'listTeamMembers',
			{ organizationId },
			{ limit: input.limit, keep: isFiltered ? keep : undefined },
		);
	},
};
