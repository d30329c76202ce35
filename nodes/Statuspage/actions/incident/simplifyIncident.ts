import type { IDataObject } from 'n8n-workflow';
import type { Incident } from '../../../services/statuspage/endpoints';
import { componentsIn, updatesIn } from '../../../services/statuspage/incidentParts';
import { onlyFields } from '../../../shared/fields/simplify';
import type { Values } from '../../../shared/operations/values';

const FIELDS = ['id', 'name', 'status', 'impact', 'shortlink', 'created_at', 'scheduled_for', 'scheduled_until'];

/** A message can have 25,000 characters, which is too long for a list or an AI model. */
const MOST_CHARACTERS = 500;

function shortened(text: unknown): unknown {
	return typeof text === 'string' && text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** The newest update; null if there is none, or if the response doesn't contain updates. */
function latestUpdate(incident: Incident): IDataObject | null {
	const latest = updatesIn(incident)?.at(0);
	if (!latest) return null;
	return { ...onlyFields(latest, ['id', 'status', 'body', 'display_at']), body: shortened(latest.body) } as IDataObject;
}

/** The incident with few fields: its components by name and status, and its newest update. */
export function simplifyIncident(incident: Incident): IDataObject {
	return {
		...onlyFields(incident, FIELDS),
		components: (componentsIn(incident) ?? []).map((component) => onlyFields(component, ['id', 'name', 'status'])),
		latest_update: latestUpdate(incident),
	};
}

/** The incident as 'Simplify' of the item sets it. */
export function incidentOutput(values: Values, incident: Incident): IDataObject {
	return values.flag('simplify', true) ? simplifyIncident(incident) : incident;
}
