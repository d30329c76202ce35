import { fieldsOf, groupsOf, type Field, type WhenEmpty } from '../fields/field';
import { InvalidValue, describeValue, mustBe } from './invalidValue';
import {
	CLEARED,
	CONVERSIONS,
	isEmptyList,
	isEmpty,
	kindOf,
	NEVER_EMPTY,
	type Conversion,
	type Kind,
} from './conversions';
import { invalidInput } from './invalidInput';
import { Values } from './values';

/** The value of a parameter in n8n. */
export interface ParameterValue {
	/** With resolved expressions. */
	value: unknown;
	/** As entered, with unresolved expressions. */
	raw: unknown;
}

interface GateOptions {
	fields: readonly Field[];
	/** Undefined for a parameter that the workflow doesn't contain. Throws n8n's error for an expression that can't be evaluated. */
	read: (name: string) => ParameterValue | undefined;
	/** Of the workflow, e.g. Europe/Berlin. */
	timeZone: string;
	/** Index of the item; a trigger has none. */
	item?: number;
}

function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CHECK_EXPRESSION = "Check the expression of this field. It may refer to a value that this item doesn't have";

/**
 * Checks the parameters of one item. Each value is converted to the type of its field, or rejected with the label of the field. Fields that
 * are not displayed for the resolved values of the item are ignored.
 */
export class InputGate {
	/** Values read so far, by parameter. */
	readonly #cache = new Map<string, unknown>();

	constructor(private readonly options: GateOptions) {}

	/** All values of the item. Throws Failure for the first invalid one. */
	values(): Values {
		const { fields } = this.options;
		const values = new Map<string, unknown>();
		for (const { name } of fields) {
			const value = this.value(name);
			if (value !== undefined) values.set(name, value);
		}
		return new Values(values, labelsOf(fields, fields));
	}

	/** One value; undefined if its field is not displayed. Throws Failure if it is invalid. */
	value(name: string): unknown {
		if (!this.#cache.has(name)) {
			const field = this.options.fields.find((entry) => entry.name === name && this.#isDisplayed(entry));
			this.#cache.set(name, field && this.#readField(field));
		}
		return this.#cache.get(name);
	}

	#isDisplayed({ displayOptions }: Field): boolean {
		// In a collection, a name with a slash is that of a field of the operation. Of several choices, one is enough.
		return Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) =>
			[this.value(name.replace(/^\//, ''))].flat().some((value) => (wanted ?? []).includes(value as never)),
		);
	}

	#readField(field: Field): unknown {
		const { displayName, name, default: defaultValue } = field;
		let parameter: ParameterValue | undefined;
		try {
			parameter = this.options.read(name);
		} catch (error) {
			throw this.#failure(
				`'${displayName}'`,
				new InvalidValue(
					`contains an expression that can't be evaluated: ${(error as Error).message}`,
					'Correct the expression',
				),
			);
		}
		return this.#convert(field, parameter ?? { value: defaultValue, raw: defaultValue }, `'${displayName}'`);
	}

	#convert(field: Field, parameter: ParameterValue, label: string, inherited?: WhenEmpty): unknown {
		const whenEmpty = field.whenEmpty ?? (field.required ? 'rejected' : (inherited ?? 'unset'));
		if (field.type === 'collection') return this.#collection(field, parameter, label, whenEmpty);
		if (field.type === 'fixedCollection') return this.#rows(field, parameter, label, whenEmpty);
		const kind = kindOf(field);
		if (!kind) return undefined;
		const { value, raw } = parameter;
		const fromExpression = isExpression(raw) || (isPlainObject(raw) && isExpression(raw.value));
		try {
			if (isEmpty(kind, value))
				return this.#empty(field, kind, {
					whenEmpty: NEVER_EMPTY.includes(kind) ? 'rejected' : whenEmpty,
					fromExpression,
					isList: Array.isArray(value),
				});
			const convert: Conversion = CONVERSIONS[kind];
			const converted = convert(value, field, { timeZone: this.options.timeZone, isExpression: fromExpression, label });
			// A text that contains only separators is an empty list.
			return isEmptyList(kind, converted)
				? this.#empty(field, kind, { whenEmpty, fromExpression, isList: false })
				: converted;
		} catch (error) {
			throw this.#failure(label, error, fromExpression);
		}
	}

	/** @param isList an empty list is always intended, while an empty text may come from a missing value */
	#empty(
		{ adviceIfEmpty }: Field,
		kind: Kind,
		{ whenEmpty, fromExpression, isList }: { whenEmpty: WhenEmpty; fromExpression: boolean; isList: boolean },
	): unknown {
		const mayClear = whenEmpty === 'clears' && (!fromExpression || isList || this.#emptyClears);
		if (mayClear) return CLEARED[kind] ?? '';
		if (whenEmpty === 'omitted' || (whenEmpty === 'unset' && !fromExpression)) return undefined;
		if (whenEmpty === 'rejected')
			throw new InvalidValue('is empty', adviceIfEmpty ?? (fromExpression ? CHECK_EXPRESSION : 'Enter a value'));
		throw new InvalidValue(
			'is empty',
			whenEmpty === 'clears'
				? "An empty value would clear the field. To allow this, turn on the option 'Empty Clears'"
				: `An empty value would be ignored. ${CHECK_EXPRESSION}. If no value is intended, remove the field`,
		);
	}

	/** The option 'Empty Clears'; false if the operation doesn't have it. */
	get #emptyClears(): boolean {
		const options = this.value('options');
		return options instanceof Values && options.has('emptyClears') && options.flag('emptyClears');
	}

	#collection(field: Field, { value, raw }: ParameterValue, label: string, whenEmpty: WhenEmpty): Values {
		if (!isPlainObject(value)) throw this.#failure(label, mustBe('a collection of fields', value));
		const inner = fieldsOf(field);
		const values = new Map<string, unknown>();
		for (const child of inner) {
			// The value of a field that was not added doesn't exist. An expression without a result leaves the value undefined.
			if (!Object.hasOwn(value, child.name) || !this.#isDisplayed(child)) continue;
			const parameter = { value: value[child.name], raw: isPlainObject(raw) ? raw[child.name] : raw };
			const converted = this.#convert(child, parameter, `'${child.displayName}'`, whenEmpty);
			if (converted !== undefined) values.set(child.name, converted);
		}
		return new Values(values, labelsOf(field, inner));
	}

	/** No rows never clear a field by themselves, because n8n drops an expression for the whole collection, which also leaves no rows. */
	#rows(field: Field, { value, raw }: ParameterValue, label: string, whenEmpty: WhenEmpty): Values[] | undefined {
		const [group] = groupsOf(field);
		const content = isPlainObject(value) ? value[group.name] : value;
		const rows = content === undefined && isPlainObject(value) ? [] : [content].flat();
		if (rows.length === 0) {
			if (whenEmpty === 'clears' && this.#emptyClears) return [];
			if (whenEmpty === 'omitted') return undefined;
			const clearing = whenEmpty === 'clears' ? ". To clear the field, turn on the option 'Empty Clears'" : '';
			throw this.#failure(
				label,
				new InvalidValue(
					'has no entries',
					`Add at least one entry, and use expressions only inside its fields${clearing}`,
				),
			);
		}
		const rawRows = isPlainObject(raw) ? [raw[group.name]].flat() : [];
		return rows.map((row, index) => {
			const location = `row ${index + 1} of ${label}`;
			if (!isPlainObject(row))
				throw this.#failure(label, new InvalidValue(`contains ${describeValue(row)} in row ${index + 1}`));
			const rawRow = rawRows[index];
			const values = new Map<string, unknown>();
			for (const child of group.values) {
				const cell = {
					value: Object.hasOwn(row, child.name) ? row[child.name] : child.default,
					raw: isPlainObject(rawRow) ? rawRow[child.name] : undefined,
				};
				const converted = this.#convert(child, cell, `'${child.displayName}' in ${location}`, whenEmpty);
				if (converted !== undefined) values.set(child.name, converted);
			}
			return new Values(values, labelsOf(group, group.values));
		});
	}

	#failure(label: string, error: unknown, fromExpression = false): Error {
		if (!(error instanceof InvalidValue)) return error as Error;
		return invalidInput(
			label,
			error.message,
			error.advice ?? (fromExpression ? CHECK_EXPRESSION : undefined),
			this.options.item,
		);
	}
}

/** By the owner of the fields: an operation's list of fields, a collection, or a group. */
const labels = new WeakMap<object, ReadonlyMap<string, string>>();

/** The labels of fields, by name. All items share them, because a hundred thousand copies would fill the memory. */
function labelsOf(owner: object, fields: readonly Field[]): ReadonlyMap<string, string> {
	const known = labels.get(owner) ?? new Map(fields.map(({ name, displayName }) => [name, displayName]));
	labels.set(owner, known);
	return known;
}
