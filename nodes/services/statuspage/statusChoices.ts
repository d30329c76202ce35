import type { INodePropertyOptions } from 'n8n-workflow';

/** The statuses of a component, sorted by name. */
export const COMPONENT_STATUSES: INodePropertyOptions[] = [
	{ name: 'Degraded Performance', value: 'degraded_performance' },
	{ name: 'Major Outage', value: 'major_outage' },
	{ name: 'Operational', value: 'operational' },
	{ name: 'Partial Outage', value: 'partial_outage' },
	{ name: 'Under Maintenance', value: 'under_maintenance' },
];

/** The impacts of an incident, sorted by name. */
export const IMPACTS: INodePropertyOptions[] = [
	{ name: 'Critical', value: 'critical' },
	{ name: 'Maintenance', value: 'maintenance' },
	{ name: 'Major', value: 'major' },
	{ name: 'Minor', value: 'minor' },
	{ name: 'None', value: 'none' },
];
