import { orNoPostmortem, readPostmortem } from '../../../services/statuspage/changePostmortem';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';
import { simplifyPostmortem } from './postmortemOutput';

export const deletePostmortem: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete incident postmortem',
	description: 'Delete the postmortem of an incident permanently, also if it is only a draft',
	effects:
		"This can't be undone. The published text and the draft are lost, and the page no longer shows the postmortem. The incident is not deleted. To only remove the postmortem from the page, use 'Revert' instead. No notification is sent about a deletion. The output contains the ID of the incident.",
	warning: "Deletes the text and the draft permanently. To only remove it from the page, use 'Revert' instead.",
	isReadOnly: false,
	uses: ['deletePostmortem', 'getPostmortem', 'getIncident', 'getPage'],
	fields: [page.locator, incident.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'postmortem',
			find: async () => await input.idOf(incident, { pageId }),
			read: async (incidentId) => await readPostmortem(api, { pageId, incidentId }),
			async remove(incidentId) {
				const ids = { pageId, incidentId };
				return await orNoPostmortem(api, ids, async () => await api.remove('deletePostmortem', ids));
			},
			shown: simplifyPostmortem,
			place: { pageId },
			// A missing incident is a mistyped ID rather than a missing postmortem.
			rejectOtherIdentifier: async (incidentId) => void (await api.call('getIncident', { pageId, incidentId })),
		});
	},
};
