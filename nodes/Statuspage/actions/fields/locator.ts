import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { locatorField as anyLocatorField, type LocatorOptions } from '../../../shared/actions/fields/locator';
import { parameterName } from '../../api/parameterNames';

type Mode = 'id' | 'email' | 'name';

/** What can be typed instead of picked. */
const typed: { modes: INodePropertyMode[] } = {
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. kctbh9vrtdwd' },
		{ displayName: 'By Email', name: 'email', type: 'string', placeholder: 'e.g. name@example.com' },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Northwind' },
	],
};

/** A field for one object: from a searchable list, by ID, and by what people know it by. */
export function locatorField({ name, modes, ...rest }: Omit<LocatorOptions, 'label' | 'modes'> & { modes: Mode[] }): INodeProperties {
	return anyLocatorField({ ...rest, name, label: parameterName(name), modes: typed.modes.filter((mode) => modes.includes(mode.name as Mode)) });
}
