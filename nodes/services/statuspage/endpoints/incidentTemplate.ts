import { filledText, many, object, one, text } from '../../../shared/client/answer';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const TEMPLATES = `${PAGE}/incident_templates` as const;

/** Other fields can be missing or null, and are checked where they are used. */
const incidentTemplate = object({ id: filledText, name: text });

export type IncidentTemplate = ReturnType<typeof incidentTemplate>;

/** The API can neither read, change nor delete a single template. */
export const incidentTemplateEndpoints = {
	listIncidentTemplates: {
		method: 'GET',
		path: TEMPLATES,
		paging: PER_PAGE,
		answer: many(incidentTemplate, 'template'),
		noun: 'templates of page',
		advice: PAGE_ADVICE,
	},
	createIncidentTemplate: {
		method: 'POST',
		path: TEMPLATES,
		envelope: 'template',
		answer: one(incidentTemplate, 'template'),
		noun: 'template on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
