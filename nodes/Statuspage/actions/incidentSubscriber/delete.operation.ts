import { incident } from '../../../services/statuspage/objects/incident';
import { incidentSubscriber } from '../../../services/statuspage/objects/incidentSubscriber';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { deleted } from '../../../shared/operations/deletion';
import { SUBSCRIBER_FIELDS } from '../itemSubscriber';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { incidentPlace, incidentSubscriberId } from './itemIncidentSubscriber';

export const deleteIncidentSubscriber: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete incident subscriber',
	description: 'Unsubscribe one subscriber from an incident',
	effects:
		"This can't be undone: a new subscriber has to confirm again. Statuspage may notify the subscriber. Subscriptions to the page stay.",
	warning: 'Unsubscribes the subscriber from this incident. A new subscriber has to confirm again.',
	isReadOnly: false,
	uses: ['deleteIncidentSubscriber', 'getIncidentSubscriber', 'listIncidentSubscribers', 'getIncident', 'getPage'],
	fields: [
		page.locator,
		incident.locator,
		incidentSubscriber.locator,
		optionsField(dryRunOption, ignoreIfMissingOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const place = await incidentPlace(input);
		const idsOf = (incidentSubscriberId: string) => ({ ...place, incidentSubscriberId });
		const result = await deleted(input, {
			noun: 'incident subscriber',
			find: async () => await incidentSubscriberId(input, place),
			read: async (id) => await api.call('getIncidentSubscriber', idsOf(id)),
			remove: async (id) => await api.remove('deleteIncidentSubscriber', idsOf(id)),
			shown: (row) => onlyFields(row, SUBSCRIBER_FIELDS),
			place,
			// A missing incident answers 404 as well.
			rejectOtherIdentifier: async () => void (await api.call('getIncident', place)),
		});
		return input.isDryRun ? result : { ...result, ...emailOfLocator(input, incidentSubscriber) };
	},
};
