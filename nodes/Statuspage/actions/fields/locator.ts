import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { parameterName } from '../../api/parameterNames';

type Mode = 'id' | 'email' | 'name';

export interface LocatorOptions {
	name: string;
	description: string;
	/** The list search behind "From list". */
	searchListMethod: string;
	/** Besides the list. */
	modes: Mode[];
}

/** What can be typed instead of picked. */
const typed: { modes: INodePropertyMode[] } = {
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. kctbh9vrtdwd' },
		{ displayName: 'By Email', name: 'email', type: 'string', placeholder: 'e.g. name@example.com' },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Northwind' },
	],
};

/** A field for one object: from a searchable list, by ID, and by what people know it by. */
export function locatorField({ name: parameter, description, searchListMethod, modes }: LocatorOptions): INodeProperties {
	return {
		displayName: parameterName(parameter),
		name: parameter,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			...typed.modes.filter(({ name }) => modes.includes(name as Mode)),
		],
	};
}
