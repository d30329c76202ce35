import { incident } from '../../../services/statuspage/objects/incident';
import { incidentSubscriber } from '../../../services/statuspage/objects/incidentSubscriber';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { SUBSCRIBER_FIELDS } from '../itemSubscriber';
import { incidentPlace, incidentSubscriberId } from './itemIncidentSubscriber';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get incident subscriber',
	description: 'Retrieve a subscriber of an incident by ID or email',
	isReadOnly: true,
	uses: ['getIncidentSubscriber'],
	fields: [page.locator, incident.locator, incidentSubscriber.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const place = await incidentPlace(input);
		const ids = { ...place, incidentSubscriberId: await incidentSubscriberId(input, place) };
		return simplified(input.values, await input.api.call('getIncidentSubscriber', ids), SUBSCRIBER_FIELDS);
	},
};
