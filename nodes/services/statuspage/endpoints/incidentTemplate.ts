import { filledText, many, object, text } from '../../../shared/client/answer';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

/** Other fields can be missing or null, and are checked where they are used. */
const incidentTemplate = object({ id: filledText, name: text });

export const incidentTemplateEndpoints = {
	listIncidentTemplates: {
		method: 'GET',
		path: `${PAGE}/incident_templates`,
		paging: PER_PAGE,
		answer: many(incidentTemplate, 'template'),
		noun: 'templates of page',
		advice: PAGE_ADVICE,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
