import { sortedByLabel, type Field } from '../../../shared/fields/field';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import type { ApiFields } from '../apiFields';

const color = (displayName: string, name: string, description: string): Field => ({
	displayName,
	name,
	type: 'string',
	accepts: 'color',
	default: '',
	placeholder: 'e.g. #2fcc66',
	description,
});

/** All settings of the embed configuration, by their names in the API. */
export const embedSettings: ApiFields = {
	position: {
		displayName: 'Position',
		name: 'position',
		type: 'string',
		default: '',
		placeholder: 'e.g. bottom-left',
		description:
			"Corner of the website where the status embed appears. The values are not documented: 'Get Embed Config' returns the current one.",
	},
	incident_background_color: color(
		'Incident Background Color',
		'incidentBackgroundColor',
		'CSS color of the background during an incident',
	),
	incident_text_color: color('Incident Text Color', 'incidentTextColor', 'CSS color of the text during an incident'),
	maintenance_background_color: color(
		'Maintenance Background Color',
		'maintenanceBackgroundColor',
		'CSS color of the background during a maintenance',
	),
	maintenance_text_color: color(
		'Maintenance Text Color',
		'maintenanceTextColor',
		'CSS color of the text during a maintenance',
	),
};

export const embedSettingsField = updateFieldsField(sortedByLabel(Object.values(embedSettings)), {
	whenEmpty: 'rejected',
});
