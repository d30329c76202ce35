import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { SUBSCRIBER_FIELDS } from '../itemSubscriber';
import { incidentPlace } from './itemIncidentSubscriber';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many incident subscribers',
	description: 'Retrieve a list of subscribers of one incident, at 100 per request',
	isReadOnly: true,
	uses: ['listIncidentSubscribers'],
	fields: [page.locator, incident.locator, ...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const rows = await input.api.list('listIncidentSubscribers', await incidentPlace(input), { limit: input.limit });
		return rows.map((row) => simplified(input.values, row, SUBSCRIBER_FIELDS));
	},
};
