import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../organizationOption';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many team members',
	description: 'List the members of your Statuspage team, 100 a request',
	isReadOnly: true,
	uses: ['listTeamMembers'],
	fields: [...listFields, optionsField(organizationOption)],
	runs: 'perItem',
	execute: async (input) =>
		await input.api.list('listTeamMembers', { organizationId: input.organizationId() }, { limit: input.limit }),
};
