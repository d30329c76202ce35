import { fieldsOf, groupsOf, type Field, type WhenEmpty } from '../fields/field';
import { InvalidValue, describeValue, mustBe } from './invalidValue';
import {
	CLEARED,
	CONVERSIONS,
	hasNoEntries,
	isEmpty,
	kindOf,
	NEVER_EMPTY,
	type Conversion,
	type Kind,
} from './conversions';
import { invalidInput } from './invalidInput';
import { Values } from './values';

/** A parameter as n8n gives it. */
export interface Given {
	/** With its expressions resolved. */
	value: unknown;
	/** As it was entered. */
	raw: unknown;
}

export interface GateOptions {
	fields: readonly Field[];
	/** Nothing for a parameter that the workflow does not have. Throws what n8n throws for an expression that cannot be evaluated. */
	read: (name: string) => Given | undefined;
	/** Of the workflow, e.g. Europe/Berlin. */
	timeZone: string;
	/** The number of the item. */
	item: number;
}

function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CHECK_EXPRESSION = 'Check the expression of this field: it may refer to something that this item does not have';

/**
 * What stands between an item and its operation: each value is converted to what its field accepts, or rejected with the name that the
 * field has on the screen. Only fields that are displayed for the resolved values of the item count.
 */
export class InputGate {
	/** By parameter; nothing for one that is not there. */
	readonly #known = new Map<string, unknown>();

	constructor(private readonly options: GateOptions) {}

	/** All values of the item. Throws Failure for the first one that is not understood. */
	values(): Values {
		const { fields } = this.options;
		const values = new Map<string, unknown>();
		for (const { name } of fields) {
			const value = this.value(name);
			if (value !== undefined) values.set(name, value);
		}
		return new Values(values, labelsOf(fields));
	}

	/** One value; nothing where its field is not displayed. */
	value(name: string): unknown {
		if (!this.#known.has(name)) {
			const field = this.options.fields.find((entry) => entry.name === name && this.#isDisplayed(entry));
			this.#known.set(name, field && this.#readField(field));
		}
		return this.#known.get(name);
	}

	#isDisplayed({ displayOptions }: Field): boolean {
		return Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) =>
			(wanted ?? []).includes(this.value(name) as never),
		);
	}

	#readField(field: Field): unknown {
		const { displayName, name, default: defaultValue } = field;
		let given: Given | undefined;
		try {
			given = this.options.read(name);
		} catch (error) {
			throw this.#failure(
				`'${displayName}'`,
				new InvalidValue(
					`has an expression that cannot be evaluated: ${(error as Error).message}`,
					'Correct the expression',
				),
			);
		}
		return this.#convert(field, given ?? { value: defaultValue, raw: defaultValue }, `'${displayName}'`);
	}

	#convert(field: Field, given: Given, label: string, inherited?: WhenEmpty): unknown {
		const whenEmpty = field.whenEmpty ?? (field.required ? 'rejected' : (inherited ?? 'unset'));
		if (field.type === 'collection') return this.#collection(field, given, label, whenEmpty);
		if (field.type === 'fixedCollection') return this.#rows(field, given, label, whenEmpty);
		const kind = kindOf(field);
		if (!kind) return undefined;
		const { value, raw } = given;
		const fromExpression = isExpression(raw) || (isPlainObject(raw) && isExpression(raw.value));
		try {
			if (isEmpty(kind, value))
				return this.#empty(
					kind,
					NEVER_EMPTY.includes(kind) ? 'rejected' : whenEmpty,
					fromExpression,
					Array.isArray(value),
				);
			const convert: Conversion = CONVERSIONS[kind];
			const converted = convert(value, field, { timeZone: this.options.timeZone, isExpression: fromExpression, label });
			// A text of separators only is an empty list.
			return hasNoEntries(kind, converted) ? this.#empty(kind, whenEmpty, fromExpression, false) : converted;
		} catch (error) {
			throw this.#failure(label, error, fromExpression);
		}
	}

	/** @param isList an empty list was meant to be one, which an empty text may not have been */
	#empty(kind: Kind, whenEmpty: WhenEmpty, fromExpression: boolean, isList: boolean): unknown {
		const mayClear = whenEmpty === 'clears' && (!fromExpression || isList || this.#emptyClears);
		if (mayClear) return CLEARED[kind] ?? '';
		if (whenEmpty === 'omitted' || (whenEmpty === 'unset' && !fromExpression)) return undefined;
		if (whenEmpty === 'rejected') throw new InvalidValue('is empty', fromExpression ? CHECK_EXPRESSION : 'Fill it in');
		throw new InvalidValue(
			'is empty',
			whenEmpty === 'clears'
				? "An empty value would clear the field. If that is what you want, turn on the option 'Empty Clears'"
				: `An empty value would count as none. ${CHECK_EXPRESSION}, or remove the field`,
		);
	}

	/** The option of that name, where the operation has it. */
	get #emptyClears(): boolean {
		const options = this.value('options');
		return options instanceof Values && options.has('emptyClears') && options.flag('emptyClears');
	}

	#collection(field: Field, { value, raw }: Given, label: string, whenEmpty: WhenEmpty): Values {
		if (!isPlainObject(value)) throw this.#failure(label, mustBe('a collection of fields', value));
		const inner = fieldsOf(field);
		const values = new Map<string, unknown>();
		for (const child of inner) {
			// A field that was not added is not there; one whose expression gives nothing is there, and undefined.
			if (!Object.hasOwn(value, child.name)) continue;
			const given = { value: value[child.name], raw: isPlainObject(raw) ? raw[child.name] : raw };
			const converted = this.#convert(child, given, `'${child.displayName}'`, whenEmpty);
			if (converted !== undefined) values.set(child.name, converted);
		}
		return new Values(values, labelsOf(inner));
	}

	/** n8n drops an expression that stands for all rows, and what is left looks like no rows: these never clear by themselves. */
	#rows(field: Field, { value, raw }: Given, label: string, whenEmpty: WhenEmpty): Values[] | undefined {
		const [group] = groupsOf(field);
		const given = isPlainObject(value) ? value[group.name] : value;
		const rows = given === undefined && isPlainObject(value) ? [] : [given].flat();
		if (rows.length === 0) {
			if (whenEmpty === 'clears' && this.#emptyClears) return [];
			if (whenEmpty === 'omitted') return undefined;
			const clearing = whenEmpty === 'clears' ? ". To clear the field, turn on the option 'Empty Clears'" : '';
			throw this.#failure(
				label,
				new InvalidValue('has no entries', `Add one, and use expressions inside its fields only${clearing}`),
			);
		}
		const rawRows = isPlainObject(raw) ? [raw[group.name]].flat() : [];
		return rows.map((row, index) => {
			const place = `row ${index + 1} of ${label}`;
			if (!isPlainObject(row))
				throw this.#failure(label, new InvalidValue(`has ${describeValue(row)} in row ${index + 1}`));
			const rawRow = rawRows[index];
			const values = new Map<string, unknown>();
			for (const child of group.values) {
				const own = {
					value: Object.hasOwn(row, child.name) ? row[child.name] : child.default,
					raw: isPlainObject(rawRow) ? rawRow[child.name] : undefined,
				};
				const converted = this.#convert(child, own, `'${child.displayName}' in ${place}`, whenEmpty);
				if (converted !== undefined) values.set(child.name, converted);
			}
			return new Values(values, labelsOf(group.values));
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

function labelsOf(fields: readonly Field[]): Map<string, string> {
	return new Map(fields.map(({ name, displayName }) => [name, displayName]));
}
