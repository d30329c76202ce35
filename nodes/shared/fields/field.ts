import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** What the text of a string field is, where it is more than text. */
export type TextKind =
	| 'email'
	| 'emails'
	/** A user name, or a text to search for: an address is cleaned. */
	| 'emailOrText'
	/** Emails or IDs. */
	| 'people'
	| 'list'
	| 'day'
	/** A day, a month or a year. */
	| 'partialDate'
	/** Without an expression it may be the name of a field of the item. */
	| 'fieldOrValue';

/**
 * What an empty text or list means in a field that need not be filled in. An empty value of an expression looks the same as a
 * forgotten one, so only `omitted` takes it.
 */
export type WhenEmpty =
	/** Always a mistake. */
	| 'rejected'
	/** What a person left empty clears; so does an expression with the option Empty Clears. */
	| 'clears'
	/** What a person left empty counts as not added. */
	| 'unset'
	/** Nothing that could be lost: counts as not added, wherever it comes from. */
	| 'omitted';

/** A field as n8n shows it, with what the input gate and the documentation must know besides. */
export interface Field extends INodeProperties {
	accepts?: TextKind;
	/** Fields of a collection take it from there. */
	whenEmpty?: WhenEmpty;
	/** API operations that finding out what its value means may use. */
	uses?: readonly string[];
	options?: Array<Field | INodePropertyOptions | FieldGroup>;
}

/** The fields of one row of a fixed collection. */
export interface FieldGroup extends INodePropertyCollection {
	values: Field[];
}

/** The fields of a collection. */
export function fieldsOf({ options = [] }: Field): Field[] {
	return options.filter((option): option is Field => 'type' in option);
}

/** The kinds of rows of a fixed collection. */
export function groupsOf({ options = [] }: Field): FieldGroup[] {
	return options.filter((option): option is FieldGroup => 'values' in option);
}

/** The entries of a dropdown that are fixed; none where they are loaded. */
export function choicesOf({ options = [] }: Field): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => !('type' in option) && !('values' in option));
}

const NOT_OF_N8N: ReadonlyArray<keyof Field> = ['accepts', 'whenEmpty', 'uses'];

/** The field as n8n takes it: without what only this package knows. */
export function toProperty({ options, ...field }: Field): INodeProperties {
	const property = Object.fromEntries(
		Object.entries(field).filter(([name]) => !NOT_OF_N8N.includes(name as keyof Field)),
	) as unknown as INodeProperties;
	if (!options) return property;
	const inner = options.map((option) => {
		if ('type' in option) return toProperty(option as Field);
		return 'values' in option ? { ...option, values: option.values.map(toProperty) } : option;
	});
	return { ...property, options: inner as INodeProperties['options'] };
}

/** Sorted by what the screen shows. The first comparison by language would load its tables, which takes longer than a node may take to load. */
export function sortedByLabel<F extends INodeProperties>(fields: readonly F[]): F[] {
	return [...fields].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}
