import type { INodePropertyMode } from 'n8n-workflow';
import type { Field } from './field';

export interface LocatorOptions {
	parameter: string;
	/** Its name on the screen. */
	label: string;
	description: string;
	/** The list search behind "From list". */
	searchListMethod: string;
	/** What can be entered instead of picked. */
	modes: ReadonlyArray<string | INodePropertyMode>;
	uses: readonly string[];
}

/** The lint takes an object with this type for a field. */
const TEXT_MODE = { type: 'string' } as const;

/** A mode in which something is entered. */
export function textMode(name: string, displayName: string, placeholder: string): INodePropertyMode {
	return { ...TEXT_MODE, displayName, name, placeholder };
}

/** The usual modes of locators. */
const MODES: Record<string, INodePropertyMode> = {
	id: textMode('id', 'By ID', 'e.g. kctbh9vrtdwd'),
	email: textMode('email', 'By Email', 'e.g. name@example.com'),
	name: textMode('name', 'By Name', 'e.g. Northwind'),
};

/** A field for one object: from a searchable list, by ID, and by what people know it by. */
export function locatorField({ parameter, label, description, searchListMethod, modes, uses }: LocatorOptions): Field {
	return {
		displayName: label,
		name: parameter,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		uses,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			...modes.map((mode) => (typeof mode === 'string' ? MODES[mode] : mode)),
		],
	};
}

const EXPRESSION_LINK = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';
const CHOOSE_SEVERAL = `Choose from the list, or specify names or IDs using an ${EXPRESSION_LINK}`;
const CHOOSE_ONE = `Choose from the list, or specify an ID using an ${EXPRESSION_LINK}`;

/** What the field is for, in front of how it is filled in. */
function described(what: string | undefined, how: string): string {
	return what ? `${what}. ${how}.` : how;
}

/** A dropdown for several objects; expressions give a list or text with commas. `description` says what they are for. */
export function picksField(
	name: string,
	displayName: string,
	typeOptions: Field['typeOptions'],
	{ description, ...extra }: Partial<Field> = {},
): Field {
	return {
		displayName,
		name,
		type: 'multiOptions',
		typeOptions,
		default: [],
		description: described(description, CHOOSE_SEVERAL),
		...extra,
	};
}

/** A dropdown for one object. */
export function pickField(
	name: string,
	displayName: string,
	typeOptions: Field['typeOptions'],
	{ description, ...extra }: Partial<Field> = {},
): Field {
	return {
		displayName,
		name,
		type: 'options',
		typeOptions,
		default: '',
		description: described(description, CHOOSE_ONE),
		...extra,
	};
}
