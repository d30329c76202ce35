import type { INodePropertyOptions } from 'n8n-workflow';
import {
	COMPONENT_EVENT,
	COMPONENT_EVENT_CHOICE,
	INCIDENT_EVENT_CHOICES,
	type IncidentEventName,
} from '../events/eventNames';

/** Events of a public page. */
export type PageEventName =
	| IncidentEventName
	| typeof COMPONENT_EVENT
	| 'incidentRemoved'
	| 'indicatorChanged'
	| 'pageReachable'
	| 'pageUnreachable';

type Choice = INodePropertyOptions & { value: PageEventName };

const OWN_CHOICES: Choice[] = [
	{
		name: 'Incident Removed',
		value: 'incidentRemoved',
		description: 'An open incident is not on the page anymore, and its end was not seen',
	},
	{
		name: 'Page Indicator Changed',
		value: 'indicatorChanged',
		description: 'The overall state, e.g. from none to minor',
	},
	{
		name: 'Page Reachable Again',
		value: 'pageReachable',
		description: 'Once after the event Page Unreachable, also if that was not chosen',
	},
	{
		name: 'Page Unreachable',
		value: 'pageUnreachable',
		description: 'Once, when several polls in a row could not read the page',
	},
];

/** The choices of the trigger, sorted by label. It compares code units, so n8n's start does not load language data. */
export const PAGE_EVENT_CHOICES: readonly Choice[] = [
	...OWN_CHOICES,
	...INCIDENT_EVENT_CHOICES,
	COMPONENT_EVENT_CHOICE,
].sort((a, b) => (a.name < b.name ? -1 : 1));

const starts = (start: string) => (name: PageEventName) => name.startsWith(start);

/** What must be read for some events. */
export function neededParts(
	events: readonly PageEventName[],
): Record<'components' | 'incidents' | 'maintenances', boolean> {
	return {
		components: events.includes(COMPONENT_EVENT),
		incidents: events.some(starts('incident')),
		maintenances: events.some(starts('maintenance')),
	};
}
