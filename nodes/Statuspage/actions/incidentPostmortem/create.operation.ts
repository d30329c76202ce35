import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { postmortemOutput } from './postmortemOutput';

const draft: Field = {
	displayName: 'Draft',
	name: 'bodyDraft',
	type: 'string',
	typeOptions: { rows: 8 },
	default: '',
	required: true,
	placeholder: 'e.g. ## Cause',
	description: 'Text of the postmortem in Markdown',
};

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create incident postmortem',
	description: 'Create a postmortem for an incident as a draft, or replace its draft',
	effects:
		"The page does not show the draft until 'Publish'. A published text stays as it is until then. The previous draft is lost. No notification is sent.",
	isReadOnly: false,
	uses: ['savePostmortemDraft'],
	fields: [page.locator, incident.locator, draft, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const body = { body_draft: values.text('bodyDraft') };
		const pageId = await input.pageId();
		const incidentId = await input.idOf(incident, { pageId });
		const postmortem = await api.call('savePostmortemDraft', { pageId, incidentId }, { body });
		return postmortemOutput(values, incidentId, postmortem);
	},
};
