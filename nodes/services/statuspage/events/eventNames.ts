import type { INodePropertyOptions } from 'n8n-workflow';

/** Events of incidents and maintenances. */
export type IncidentEventName =
	| 'incidentCreated'
	| 'incidentUpdated'
	| 'incidentResolved'
	| 'maintenanceScheduled'
	| 'maintenanceStarted'
	| 'maintenanceUpdated'
	| 'maintenanceCompleted';

/** The choices of a trigger, sorted by label. */
export const INCIDENT_EVENT_CHOICES: ReadonlyArray<INodePropertyOptions & { value: IncidentEventName }> = [
	{ name: 'Incident Created', value: 'incidentCreated' },
	{
		name: 'Incident Resolved',
		value: 'incidentResolved',
		description: 'Again if the incident is reopened and resolved once more',
	},
	{ name: 'Incident Updated', value: 'incidentUpdated', description: 'Every other update, also after the end' },
	{ name: 'Maintenance Completed', value: 'maintenanceCompleted' },
	{ name: 'Maintenance Scheduled', value: 'maintenanceScheduled' },
	{ name: 'Maintenance Started', value: 'maintenanceStarted' },
	{ name: 'Maintenance Updated', value: 'maintenanceUpdated', description: 'Every other update' },
];

/** The status of a component changed. */
export const COMPONENT_EVENT = 'componentStatusChanged';

export const COMPONENT_EVENT_CHOICE: INodePropertyOptions & { value: typeof COMPONENT_EVENT } = {
	name: 'Component Status Changed',
	value: COMPONENT_EVENT,
};
