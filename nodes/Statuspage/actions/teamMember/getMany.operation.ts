import { listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { organizationOption } from '../fields/organization';
import type { Operation } from '../operation';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many team members',
	description: 'List the members of your Statuspage team, 100 a request',
	uses: ['listTeamMembers'],
	fields: [...listFields, optionsField(organizationOption)],
	execute: async (input) => await input.api.list('listTeamMembers', { organizationId: input.organizationId() }, { limit: input.limit() }),
};
