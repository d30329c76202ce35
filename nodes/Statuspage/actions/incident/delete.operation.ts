import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';
import { simplifyIncident } from './simplifyIncident';

export const deleteIncident: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete incident',
	description: 'Delete an incident or maintenance with all its updates permanently',
	effects:
		"This can't be undone. The incident disappears from the page and its history. Its components may keep their statuses. To end an incident, use 'Update' with the status Resolved instead. No notification is sent about a deletion.",
	warning:
		"Deletes the incident and all its updates permanently. To end an incident, resolve it with 'Update' instead.",
	isReadOnly: false,
	uses: ['deleteIncident', 'getIncident', 'getPage'],
	fields: [page.locator, incident.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'incident',
			find: async () => await input.idOf(incident, { pageId }),
			read: async (incidentId) => await input.api.call('getIncident', { pageId, incidentId }),
			remove: async (incidentId) => await input.api.remove('deleteIncident', { pageId, incidentId }),
			shown: simplifyIncident,
			place: { pageId },
		});
	},
};
