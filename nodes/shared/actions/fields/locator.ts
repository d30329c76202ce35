import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

export interface LocatorOptions {
	name: string;
	/** Its name on the screen. */
	label: string;
	description: string;
	/** The list search behind "From list". */
	searchListMethod: string;
	/** What can be typed instead of picked. */
	modes: INodePropertyMode[];
}

/** A field for one object: from a searchable list, by ID, and by what people know it by. */
export function locatorField({ name, label, description, searchListMethod, modes }: LocatorOptions): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			...modes,
		],
	};
}
