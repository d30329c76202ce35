import type { EmailAddress } from './emailAddress';
import type { EntryList, Person } from './entryList';
import type { LocatorValue } from './locator';

/** A value that can also be the name of a field of the item. */
export interface FieldOrValue {
	/** The value is the result of an expression, so it is not the name of a field. */
	isExpression: boolean;
	value: unknown;
	label: string;
}

/** Checked values of the input gate, by parameter. Reading a value as the wrong type is a bug of the operation and throws an Error. */
export class Values {
	constructor(
		private readonly values: ReadonlyMap<string, unknown>,
		private readonly labels: ReadonlyMap<string, string>,
	) {}

	/** The label of the field. */
	label(name: string): string {
		return this.labels.get(name) ?? name;
	}

	/** True if the field is displayed and, in a collection, was added. */
	has(name: string): boolean {
		return this.values.has(name);
	}

	/** The names of all fields with a value. */
	get names(): string[] {
		return [...this.values.keys()];
	}

	text(name: string): string {
		return this.#require(name, this.optionalText(name));
	}

	optionalText(name: string): string | undefined {
		return this.#as(name, (value): value is string => typeof value === 'string');
	}

	number(name: string): number | undefined {
		return this.#as(name, (value): value is number => typeof value === 'number');
	}

	flag(name: string, defaultValue = false): boolean {
		return this.#as(name, (value): value is boolean => typeof value === 'boolean') ?? defaultValue;
	}

	/** The value of a dropdown. `T` is the type of its choices. */
	choice<T extends string>(name: string, defaultValue: T): T {
		return (this.optionalText(name) as T | undefined) ?? defaultValue;
	}

	email(name: string): EmailAddress {
		return this.#require(name, this.optionalEmail(name));
	}

	optionalEmail(name: string): EmailAddress | undefined {
		return this.#as(
			name,
			(value): value is EmailAddress => typeof value === 'object' && value !== null && 'email' in value,
		);
	}

	emails(name: string): EmailAddress[] {
		return this.#list<EmailAddress>(name);
	}

	people(name: string): Person[] {
		return this.#list<Person>(name);
	}

	/** The values of a dropdown with several fixed choices. */
	choices<T extends string>(name: string): T[] {
		return this.#list<T>(name);
	}

	/** Unresolved names or IDs. */
	entries(name: string): EntryList {
		return (
			this.#as(
				name,
				(value): value is EntryList => typeof value === 'object' && value !== null && 'entries' in value,
			) ?? { entries: [] }
		);
	}

	/** The texts of a list. */
	list(name: string): string[] {
		return this.entries(name).entries.map(({ text }) => text);
	}

	locator(name: string): LocatorValue {
		return this.#require(
			name,
			this.#as(
				name,
				(value): value is LocatorValue => typeof value === 'object' && value !== null && 'isPicked' in value,
			),
		);
	}

	object(name: string): Record<string, unknown> | undefined {
		return this.#as(name, (value): value is Record<string, unknown> => typeof value === 'object' && value !== null);
	}

	/** A collection; empty if no field was added. */
	collection(name: string): Values {
		return this.#as(name, (value): value is Values => value instanceof Values) ?? new Values(new Map(), this.labels);
	}

	/** The rows of a fixed collection. */
	rows(name: string): Values[] {
		return this.#list<Values>(name);
	}

	fieldOrValue(name: string): FieldOrValue | undefined {
		return this.#as(
			name,
			(value): value is FieldOrValue => typeof value === 'object' && value !== null && 'isExpression' in value,
		);
	}

	#list<T>(name: string): T[] {
		return this.#as(name, (value): value is T[] => Array.isArray(value)) ?? [];
	}

	#as<T>(name: string, is: (value: unknown) => value is T): T | undefined {
		if (!this.labels.has(name)) throw new Error(`The operation has no field ${name}`);
		const value = this.values.get(name);
		if (value === undefined) return undefined;
		if (!is(value)) throw new Error(`The field ${name} has another type`);
		return value;
	}

	#require<T>(name: string, value: T | undefined): T {
		if (value === undefined) throw new Error(`The field ${name} has no value: it is not displayed or was not added`);
		return value;
	}
}
