import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { incidentOutput } from './simplifyIncident';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get incident',
	description: 'Retrieve an incident or maintenance by ID or name',
	effects: "With 'Simplify', only the newest update is returned, and its message is shortened.",
	isReadOnly: true,
	uses: ['getIncident'],
	fields: [page.locator, incident.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const ids = { pageId, incidentId: await input.idOf(incident, { pageId }) };
		return incidentOutput(input.values, await input.api.call('getIncident', ids));
	},
};
