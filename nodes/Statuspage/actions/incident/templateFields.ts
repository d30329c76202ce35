import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/client/answer';
import { formWith, type IncidentForm } from '../../../services/statuspage/incidentForm';
import { incidentTemplate } from '../../../services/statuspage/objects/incidentTemplate';
import type { StatuspageInput } from '../statuspageInput';

/** The values of a template that an incident can take over. */
export interface TemplateFields {
	name?: string;
	body?: string;
	status?: string;
	componentIds: string[];
	/** False if the template turns notifications off. */
	delivers: boolean;
}

const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function idsIn(components: unknown): string[] {
	const rows: unknown[] = Array.isArray(components) ? components : [];
	return rows.flatMap((row) => (isObject(row) && filled(row.id) && row.group !== true ? [row.id] : []));
}

function fieldsOf(template: IDataObject): TemplateFields {
	const { title, body, update_status: status, components, should_send_notifications: delivers } = template;
	return {
		...(filled(title) ? { name: title } : {}),
		...(filled(body) ? { body } : {}),
		...(filled(status) ? { status } : {}),
		componentIds: idsIn(components),
		delivers: delivers !== false,
	};
}

/**
 * The values of the item's template. The API cannot apply templates, so the node copies them. Undefined if the item has no template.
 *
 * @throws Failure if there is no such template, or if it is for the other form of incidents
 */
export async function templateFields(
	input: StatuspageInput,
	pageId: string,
	form: IncidentForm,
): Promise<TemplateFields | undefined> {
	if (!input.values.has('incidentTemplateId')) return undefined;
	const [id] = await input.idsOf(incidentTemplate, { pageId }, 'incidentTemplateId');
	if (id === undefined) return undefined;
	const template = (await incidentTemplate.all(input.api, { pageId })).find((row) => row.id === id);
	if (!template)
		throw input.invalid(
			'incidentTemplateId',
			`is ${id}, but this page has no template with this ID`,
			'Choose a template from the list',
		);
	const fields = fieldsOf(template);
	if (fields.status === undefined || formWith(fields.status) === form || formWith(fields.status) === undefined)
		return fields;
	throw input.invalid(
		'incidentTemplateId',
		`is "${template.name}", which sets the status "${fields.status}", so it is for ${form === 'realtime' ? 'maintenances' : 'real-time incidents'}`,
		"Choose another template, or change 'Type'",
	);
}
