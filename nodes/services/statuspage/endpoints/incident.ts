import { filledText, many, object, one, removal, text } from '../../../shared/client/answer';
import { LIMIT_FROM_1, PAGE, PAGE_ADVICE, PER_PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const INCIDENTS = `${PAGE}/incidents` as const;
const INCIDENT = `${INCIDENTS}/{incidentId}` as const;
const LIST_NOUN = 'incidents of page';

/** An incident or a maintenance. Other fields can be missing or null, and are checked where they are used. */
export const incident = object({ id: filledText, name: text, status: text });

export type Incident = ReturnType<typeof incident>;

const theIncident = one(incident, 'incident', 'incidentId');

const incidentUpdate = object({ id: filledText });

const subList = {
	method: 'GET',
	paging: PER_PAGE,
	answer: many(incident, 'incident'),
	noun: LIST_NOUN,
	advice: PAGE_ADVICE,
} as const;

/**
 * The documented field `scheduled_auto_transition` is not sent, because it is another name of `scheduled_auto_in_progress`. `backfilled` and
 * `backfill_date` are only sent on creation, because backfilled incidents have no components.
 */
export const incidentEndpoints = {
	listIncidents: {
		method: 'GET',
		path: INCIDENTS,
		paging: LIMIT_FROM_1,
		answer: many(incident, 'incident'),
		noun: LIST_NOUN,
		advice: PAGE_ADVICE,
	},
	listUnresolvedIncidents: { ...subList, path: `${INCIDENTS}/unresolved` },
	listScheduledIncidents: { ...subList, path: `${INCIDENTS}/scheduled` },
	listUpcomingIncidents: { ...subList, path: `${INCIDENTS}/upcoming` },
	listActiveMaintenances: { ...subList, path: `${INCIDENTS}/active_maintenance` },
	createIncident: {
		method: 'POST',
		path: INCIDENTS,
		envelope: 'incident',
		answer: one(incident, 'incident'),
		noun: 'incident on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	getIncident: { method: 'GET', path: INCIDENT, answer: theIncident, noun: 'incident' },
	// Sending it twice would post its message twice. PUT does the same.
	updateIncident: {
		method: 'PATCH',
		path: INCIDENT,
		envelope: 'incident',
		answer: theIncident,
		noun: 'incident',
		isRepeatable: false,
	},
	deleteIncident: {
		method: 'DELETE',
		path: INCIDENT,
		answer: removal(theIncident),
		settledBy: { get: 'getIncident' },
		noun: 'incident',
	},
	// It may notify subscribers again. PUT does the same.
	updateIncidentUpdate: {
		method: 'PATCH',
		path: `${INCIDENT}/incident_updates/{incidentUpdateId}`,
		envelope: 'incident_update',
		answer: one(incidentUpdate, 'incident update', 'incidentUpdateId'),
		noun: 'incident update',
		advice: { 404: "Check the incident, and the ID of the update. 'Get' with 'Simplify' off lists the updates" },
		isRepeatable: false,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
