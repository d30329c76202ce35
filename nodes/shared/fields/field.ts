import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** Format of a field for text or for a date and time, where it is not plain text. */
type TextKind =
	| 'email'
	| 'emails'
	/** A user name or a search text. It is cleaned if it is an email address. */
	| 'emailOrText'
	/** Emails or IDs. */
	| 'people'
	| 'list'
	| 'day'
	/** A day, a month or a year. */
	| 'partialDate'
	/** A point in time. The default of fields of the type `dateTime`. The value is UTC text, e.g. 2026-02-15T01:00:00.000Z. */
	| 'instant'
	/** A point in time, also as Unix seconds or milliseconds. The value is a number of whole Unix seconds. */
	| 'timestamp'
	/** A CSS color, as it was entered. */
	| 'color'
	/** A secret with its leading and trailing blanks. Messages don't contain it. */
	| 'password'
	/** A value. Without an expression, it can also be the name of a field of the item. */
	| 'fieldOrValue';

/**
 * How an optional field treats an empty text or list. An expression that returns an empty value may refer to a missing value, so most
 * fields reject it.
 */
export type WhenEmpty =
	/** An empty value is always invalid. */
	| 'rejected'
	/** An empty input clears the field. An empty result of an expression clears it only if the option 'Empty Clears' is on. */
	| 'clears'
	/** An empty input counts as not added. An empty result of an expression is invalid. */
	| 'unset'
	/** An empty value counts as not added, also from an expression. For fields of new objects, where no data can be lost. */
	| 'omitted';

/** A field of an n8n node, with additional properties for the input gate and the documentation. */
export interface Field extends INodeProperties {
	accepts?: TextKind;
	/** Fields of a collection inherit it. */
	whenEmpty?: WhenEmpty;
	/** What the user can do instead of leaving the field empty, for the message. */
	adviceIfEmpty?: string;
	/** Endpoints that may be called to resolve the value of the field. */
	uses?: readonly string[];
	options?: Array<Field | INodePropertyOptions | FieldGroup>;
}

/** The fields of one row of a fixed collection. */
interface FieldGroup extends INodePropertyCollection {
	values: Field[];
}

/** The fields of a collection. */
export function fieldsOf({ options = [] }: Field): Field[] {
	return options.filter((option): option is Field => 'type' in option);
}

/** The groups of a fixed collection. */
export function groupsOf({ options = [] }: Field): FieldGroup[] {
	return options.filter((option): option is FieldGroup => 'values' in option);
}

/** The fixed choices of a dropdown; none if they are loaded from the service. */
export function choicesOf({ options = [] }: Field): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => !('type' in option) && !('values' in option));
}

const OWN_PROPERTIES: ReadonlyArray<keyof Field> = ['accepts', 'whenEmpty', 'adviceIfEmpty', 'uses'];

/** Many operations have the same fields. Converting each of them once makes n8n start faster. */
const properties = new WeakMap<Field, INodeProperties>();

/** The field as an n8n property, without the additional properties of this package. The same field returns the same object. */
export function toProperty(field: Field): INodeProperties {
	const known = properties.get(field) ?? newProperty(field);
	properties.set(field, known);
	return known;
}

function newProperty({ options, ...field }: Field): INodeProperties {
	const property = Object.fromEntries(
		Object.entries(field).filter(([name]) => !OWN_PROPERTIES.includes(name as keyof Field)),
	) as unknown as INodeProperties;
	if (!options) return property;
	const inner = options.map((option) => {
		if ('type' in option) return toProperty(option as Field);
		return 'values' in option ? { ...option, values: option.values.map(toProperty) } : option;
	});
	return { ...property, options: inner as INodeProperties['options'] };
}

/** Sorts fields by label. It compares code units, because the first call of `localeCompare` loads language data and delays n8n's start. */
export function sortedByLabel<F extends INodeProperties>(fields: readonly F[]): F[] {
	return [...fields].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}
