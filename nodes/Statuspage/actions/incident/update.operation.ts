import { changeIncident } from '../../../services/statuspage/changeIncident';
import { component } from '../../../services/statuspage/objects/component';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import { sortedByLabel } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { dryRun } from '../../../shared/operations/dryRun';
import { noteOf } from '../../../shared/operations/noteOf';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import {
	changedStatus,
	componentStatuses,
	deliverNotifications,
	impactOverride,
	incidentName,
	message,
	metadata,
	reminderIntervals,
	resetComponents,
} from './incidentFields';
import { fieldsFor, isForNobody, localChange, wantedComponents, type WantedUpdate } from './incidentUpdate';
import { automaticTransitions, rareMaintenanceFields, scheduledFor, scheduledUntil } from './maintenanceFields';
import { nobodyNotified } from './nobodyNotified';
import { incidentOutput, simplifyIncident } from './simplifyIncident';

const changedIncidentFields = updateFieldsField(
	sortedByLabel([
		automaticTransitions,
		component.picks('componentIds', {
			description: 'Components to add to the affected ones. Their statuses do not change',
		}),
		impactOverride,
		{ ...incidentName, description: 'New title on the page' },
		metadata,
		reminderIntervals,
		scheduledFor,
		scheduledUntil,
		...rareMaintenanceFields,
	]),
	{ whenEmpty: 'rejected' },
);

/** The change of the item. Its own fields are checked before the first request. */
async function wantedUpdate(input: StatuspageInput): Promise<{ pageId: string; wanted: WantedUpdate }> {
	const { values } = input;
	const rare = values.collection('updateFields');
	const status = values.text('status');
	const fields = localChange(input, rare, rare);
	const isEmpty =
		status === 'unchanged' && !values.has('body') && values.rows('components').length === 0 && rare.names.length === 0;
	if (isEmpty)
		throw input.invalid('updateFields', 'is empty', 'Choose a status, enter a message, or add components or fields');
	const pageId = await input.pageId();
	const wanted: WantedUpdate = {
		...(status === 'unchanged' ? {} : { status }),
		fields,
		...(await wantedComponents(input, pageId, rare)),
		resets: values.flag('resetComponents'),
		delivers: values.flag('deliverNotifications'),
	};
	return { pageId, wanted };
}

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update incident',
	description: 'Post an update to an incident or maintenance: status, message, components and times in one step',
	effects:
		"The update appears on the page immediately. With 'Deliver Notifications', subscribers of the page and of the affected components get an email, and some get an SMS when the incident is resolved. Notifications can't be taken back. 'Edit Update' corrects a message. Resolving keeps the statuses of components unless 'Set Components to Operational' is on. Statuses of incidents and maintenances are never mixed.",
	isReadOnly: false,
	uses: ['getIncident', 'updateIncident'],
	fields: [
		page.locator,
		incident.locator,
		changedStatus,
		resetComponents,
		message,
		componentStatuses,
		deliverNotifications,
		changedIncidentFields,
		simplifyField,
		optionsField(dryRunOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const { pageId, wanted } = await wantedUpdate(input);
		const rare = values.collection('updateFields');
		const ids = { pageId, incidentId: await input.idOf(incident, { pageId }) };
		if (input.isDryRun) {
			const before = await api.call('getIncident', ids);
			return dryRun(input, {
				would: 'update incident',
				before: simplifyIncident(before),
				after: fieldsFor(input, before, wanted, rare),
			});
		}
		const { before, after, body, note } = await changeIncident(api, ids, (row) => fieldsFor(input, row, wanted, rare));
		const silent = isForNobody(before, body) ? nobodyNotified(input) : undefined;
		return { ...incidentOutput(values, after), ...noteOf(note, silent) };
	},
};
