import { ObjectKind } from './objectKind';

export const incidentTemplate = new ObjectKind({
	noun: 'template',
	parameter: 'incidentTemplateId',
	label: 'Template',
	description: 'The incident template',
	modes: ['id', 'name'],
	list: 'listIncidentTemplates',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	detailOf: ({ update_status: status }) => (typeof status === 'string' ? status : undefined),
	searchMethod: 'searchIncidentTemplates',
	loadMethod: 'getIncidentTemplates',
});
