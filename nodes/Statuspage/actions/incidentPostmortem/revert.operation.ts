import { changePostmortem } from '../../../services/statuspage/changePostmortem';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { isPublished } from '../../../services/statuspage/postmortemState';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { noteOf } from '../../../shared/operations/noteOf';
import type { StatuspageOperation } from '../statuspageOperation';
import { postmortemOutput } from './postmortemOutput';

export const revert: StatuspageOperation = {
	value: 'revert',
	name: 'Revert',
	action: 'Revert incident postmortem',
	description: 'Remove a published postmortem from the page, and keep it as a draft',
	effects:
		"The page no longer shows the postmortem. Undo with 'Publish'. No notification is sent. Emails and tweets about the postmortem can't be taken back. A postmortem that is not published stays as it is.",
	isReadOnly: false,
	uses: ['getPostmortem', 'revertPostmortem', 'getIncident'],
	fields: [page.locator, incident.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const pageId = await input.pageId();
		const incidentId = await input.idOf(incident, { pageId });
		const ids = { pageId, incidentId };
		const { postmortem, isChanged, note } = await changePostmortem(api, ids, {
			isDone: (before) => isPublished(before) === false,
			send: async (unit) => await api.call('revertPostmortem', ids, { unit }),
			wasDone: (_, current) => isPublished(current) === false,
			found: 'is no longer published',
		});
		return {
			...postmortemOutput(values, incidentId, postmortem),
			result: isChanged ? 'reverted' : 'unchanged',
			...noteOf(note),
		};
	},
};
