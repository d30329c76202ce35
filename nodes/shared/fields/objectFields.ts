import type { INodePropertyMode } from 'n8n-workflow';
import type { Field } from './field';

export interface LocatorOptions {
	parameter: string;
	/** Label of the field. */
	label: string;
	description: string;
	/** Method that loads the list of the mode From List. */
	searchListMethod: string;
	/** Modes besides From List. */
	modes: ReadonlyArray<string | INodePropertyMode>;
	uses: readonly string[];
}

/** A constant, because the lint would treat an object with this type as a field. */
const TEXT_MODE = { type: 'string' } as const;

/** A mode with a text input. */
export function textMode(name: string, displayName: string, placeholder: string): INodePropertyMode {
	return { ...TEXT_MODE, displayName, name, placeholder };
}

/** Common modes of locators. */
const MODES: Record<string, INodePropertyMode> = {
	id: textMode('id', 'By ID', 'e.g. kctbh9vrtdwd'),
	email: textMode('email', 'By Email', 'e.g. name@example.com'),
	name: textMode('name', 'By Name', 'e.g. Northwind'),
};

/** A resource locator for one object, with a searchable list and modes such as By ID and By Email. */
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

/** The purpose of a field, followed by how to fill it in. */
function withInstruction(purpose: string | undefined, instruction: string): string {
	return purpose ? `${purpose}. ${instruction}.` : instruction;
}

/** A dropdown for several objects. An expression can return a list or text with commas. `description` is the purpose, without a period. */
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
		description: withInstruction(description, CHOOSE_SEVERAL),
		...extra,
	};
}

/** A dropdown for one object. `description` is the purpose, without a period. */
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
		description: withInstruction(description, CHOOSE_ONE),
		...extra,
	};
}
