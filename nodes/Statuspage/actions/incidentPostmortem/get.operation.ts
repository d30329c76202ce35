import { readPostmortem } from '../../../services/statuspage/changePostmortem';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { Failure, asError } from '../../../shared/http/failures';
import type { StatuspageOperation } from '../statuspageOperation';
import { postmortemOutput } from './postmortemOutput';

const ignoreOption = {
	...ignoreIfMissingOption,
	description: "Whether to continue if the incident has no postmortem. The output is then 'hasPostmortem: false'.",
};

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get incident postmortem',
	description: 'Retrieve the postmortem of an incident, published or draft',
	effects:
		"Without a postmortem, the item fails. With 'Ignore If Missing', the output is then 'hasPostmortem: false'. A missing incident always fails. The preview key is never in the output.",
	isReadOnly: true,
	uses: ['getPostmortem', 'getIncident'],
	fields: [page.locator, incident.locator, simplifyField, optionsField(ignoreOption)],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const pageId = await input.pageId();
		const incidentId = await input.idOf(incident, { pageId });
		try {
			const postmortem = await readPostmortem(api, { pageId, incidentId });
			return { ...postmortemOutput(values, incidentId, postmortem), hasPostmortem: true };
		} catch (error) {
			const isMissing = error instanceof Failure && error.facts.isNotFound === true;
			if (!isMissing || !input.options.flag('ignoreIfMissing')) throw asError(error);
			return { incidentId, hasPostmortem: false };
		}
	},
};
