import type { IDataObject } from 'n8n-workflow';
import type { IncidentTemplate } from '../../../services/statuspage/endpoints';
import { isObject } from '../../../shared/client/answer';
import { onlyFields } from '../../../shared/fields/simplify';
import type { Values } from '../../../shared/operations/values';

function simplifyTemplate(template: IncidentTemplate): IDataObject {
	const { components } = template;
	// A missing list is not the same as an empty one.
	if (!Array.isArray(components)) return template;
	const rows: unknown[] = components;
	return { ...template, components: rows.filter(isObject).map((row) => onlyFields(row, ['id', 'name'])) };
}

/** The template, with only the IDs and names of its components if 'Simplify' of the item is on. */
export function templateOutput(values: Values, template: IncidentTemplate): IDataObject {
	return values.flag('simplify', true) ? simplifyTemplate(template) : template;
}
