import type { IDataObject } from 'n8n-workflow';
import { createIncident } from '../../../services/statuspage/createIncident';
import { component } from '../../../services/statuspage/objects/component';
import { incidentTemplate } from '../../../services/statuspage/objects/incidentTemplate';
import { page } from '../../../services/statuspage/objects/page';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { sortedByLabel } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { dryRun } from '../../../shared/operations/dryRun';
import { noteOf } from '../../../shared/operations/noteOf';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import {
	componentStatuses,
	deliverNotifications,
	impactOverride,
	incidentName,
	message,
	metadata,
	newStatusField,
	reminderIntervals,
} from './incidentFields';
import { automaticTransitions, rareMaintenanceFields, scheduledFor, scheduledUntil } from './maintenanceFields';
import { componentsBody, localBody, type IncidentType } from './newIncident';
import { nobodyNotified } from './nobodyNotified';
import { incidentOutput } from './simplifyIncident';
import { templateFields, type TemplateFields } from './templateFields';

const typeField: Field = {
	displayName: 'Type',
	name: 'incidentType',
	type: 'options',
	options: [
		{ name: 'Backfilled', value: 'backfilled', description: 'An incident in the past, for the history of the page' },
		{ name: 'Real-Time', value: 'realtime', description: 'An incident that is happening now' },
		{ name: 'Scheduled Maintenance', value: 'scheduled', description: 'A maintenance with a start and an end' },
	],
	default: 'realtime',
	description: 'Kind of incident, which determines the fields below',
};

/** The field is only shown for these types. */
const only = (field: Field, ...types: IncidentType[]): Field => ({
	...field,
	displayOptions: { show: { incidentType: types } },
});
const inCollection = (field: Field, ...types: IncidentType[]): Field => ({
	...field,
	displayOptions: { show: { '/incidentType': types } },
});

// Fields of one type are not `required`: where an expression sets the type, n8n would demand those of all types.
const backfillDate: Field = {
	displayName: 'Date',
	name: 'backfillDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	accepts: 'day',
	default: '',
	whenEmpty: 'rejected',
	description: 'Day of the incident, e.g. 2026-01-31. Statuspage sets the time to noon UTC.',
};

const followTemplateOption: Field = {
	displayName: 'Follow Template Notifications',
	name: 'followTemplateNotifications',
	type: 'boolean',
	default: true,
	description:
		"Whether a template that turns notifications off does so here too. If 'Deliver Notifications' is off, nobody is notified.",
};

const newIncidentFields = additionalFieldsField(
	sortedByLabel([
		impactOverride,
		metadata,
		inCollection(reminderIntervals, 'realtime'),
		...rareMaintenanceFields.map((field) => inCollection(field, 'scheduled')),
	]),
);

/** Texts and status of the template, where the item has none of its own. */
function fromTemplate(template: TemplateFields | undefined): IDataObject {
	const { name, body, status } = template ?? {};
	return { ...(name ? { name } : {}), ...(body ? { body } : {}), ...(status ? { status } : {}) };
}

function statusOf({ values }: StatuspageInput, type: IncidentType): IDataObject {
	if (type === 'backfilled') return {};
	const status = values.text(type === 'realtime' ? 'status' : 'maintenanceStatus');
	return status === 'default' ? {} : { status };
}

function requireName(input: StatuspageInput, hasTemplate: boolean, body: IDataObject): void {
	if (typeof body.name === 'string') return;
	throw input.invalid(
		'name',
		'is empty',
		hasTemplate ? 'The template has no title either. Enter a name' : 'Enter a name, or choose a template with a title',
	);
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create incident',
	description: 'Create a real-time incident, a scheduled maintenance, or an incident in the past (backfilled)',
	effects:
		"The incident appears on the page immediately. With 'Deliver Notifications', subscribers of the page and of the affected components get an email, and some get an SMS. Without affected components, Statuspage may notify nobody. Backfilled incidents notify nobody. Notifications can't be taken back. 'Update' resolves the incident. 'Delete' removes it from the page.",
	isReadOnly: false,
	uses: ['createIncident', 'listIncidents'],
	fields: [
		page.locator,
		typeField,
		only(
			incidentTemplate.pick('incidentTemplateId', {
				description: 'Template for name, message, status, components and notifications that you leave empty here',
			}),
			'realtime',
			'scheduled',
		),
		incidentName,
		only(newStatusField('realtime', {}), 'realtime'),
		only(newStatusField('scheduled', { displayName: 'Maintenance Status', name: 'maintenanceStatus' }), 'scheduled'),
		only(scheduledFor, 'scheduled'),
		only(scheduledUntil, 'scheduled'),
		only(backfillDate, 'backfilled'),
		message,
		only(componentStatuses, 'realtime'),
		only(
			component.picks('componentIds', {
				description: 'Affected components, which keep their status until the maintenance starts',
			}),
			'scheduled',
		),
		only(automaticTransitions, 'scheduled'),
		only(deliverNotifications, 'realtime', 'scheduled'),
		newIncidentFields,
		simplifyField,
		optionsField(dryRunOption, followTemplateOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, options } = input;
		const type = values.text('incidentType') as IncidentType;
		const own = localBody(input, type);
		const hasTemplate = type !== 'backfilled' && values.has('incidentTemplateId');
		if (!hasTemplate) requireName(input, false, own);
		const pageId = await input.pageId();
		const template = type === 'backfilled' ? undefined : await templateFields(input, pageId, type);
		const texts = { ...fromTemplate(template), ...statusOf(input, type), ...own };
		requireName(input, hasTemplate, texts);
		const components = await componentsBody(input, pageId, { type, status: texts.status, template });
		const followsTemplate = options.flag('followTemplateNotifications', true);
		const delivers = values.flag('deliverNotifications') && (!followsTemplate || template?.delivers !== false);
		const body: IDataObject = {
			...texts,
			...components,
			...(type === 'backfilled' ? {} : { deliver_notifications: delivers }),
		};
		if (input.isDryRun) return dryRun(input, { would: 'create incident', before: null, after: body });
		await input.inOrder(`${pageId} new incident ${String(body.name)} ${String(body.body ?? '')}`);
		const { incident, note } = await createIncident(input.api, pageId, body);
		const silent = delivers && components.component_ids === undefined ? nobodyNotified(input) : undefined;
		return { ...incidentOutput(values, incident), ...noteOf(note, silent) };
	},
};
