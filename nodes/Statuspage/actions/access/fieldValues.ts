import type { EmailAddress } from '../../../shared/operations/emailAddress';
import { toEmail } from '../../../shared/operations/emailAddress';
import { InvalidValue, isMissing } from '../../../shared/operations/invalidValue';
import { toText } from '../../../shared/operations/convert';
import { toEntryList } from '../../../shared/operations/entryList';
import { invalidInput } from '../../../shared/operations/invalidInput';
import type { FieldOrValue } from '../../../shared/operations/values';
import type { DesiredList } from '../../../services/statuspage/plans/sync/desiredPeople';
import type { StatuspageInput } from '../statuspageInput';

/** The value of a parameter for one item. */
interface Resolved {
	value: unknown;
	/** Text that was typed into the parameter, so it is the same for all items. */
	isTyped: boolean;
}

/** True for a missing or empty value. The option 'Empty Means None' decides whether it is accepted. */
function isEmpty(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * Reads parameters that may contain a field name, so lists of any system can be used without renaming fields. The result of an
 * expression is always a value and is not looked up as a field name.
 */
export class FieldValues {
	readonly #isField = new Map<string, boolean>();

	constructor(private readonly inputs: StatuspageInput[]) {}

	email(input: StatuspageInput, given: FieldOrValue): EmailAddress {
		return this.#convert(input, given, ({ value, isTyped }) => {
			if (isTyped && !String(value).includes('@')) throw this.#unknownField(value);
			return toEmail(value);
		});
	}

	/** True if the item has no value. */
	isEmpty(input: StatuspageInput, given: FieldOrValue): boolean {
		return isEmpty(this.#resolved(input, given).value);
	}

	/** Empty if the item has no login. */
	login(input: StatuspageInput, given: FieldOrValue): string {
		return this.#convert(input, given, ({ value, isTyped }) => {
			if (isTyped && !isEmpty(value)) throw this.#unknownField(value);
			return isEmpty(value) ? '' : toText(value);
		});
	}

	/** Names or IDs. Empty if the item has none. */
	names(input: StatuspageInput, given: FieldOrValue): DesiredList {
		return this.#convert(input, given, ({ value, isTyped }) =>
			isEmpty(value) ? { entries: [] } : { ...toEntryList(value), ...(isTyped ? { isTyped } : {}) },
		);
	}

	#convert<T>(input: StatuspageInput, given: FieldOrValue, convert: (resolved: Resolved) => T): T {
		const resolved = this.#resolved(input, given);
		try {
			// A broken expression results in texts such as "undefined".
			if (typeof resolved.value === 'string' && isMissing(resolved.value))
				throw new InvalidValue(`is the text "${resolved.value.trim()}"`, 'Check the expression of this field');
			return convert(resolved);
		} catch (error) {
			throw error instanceof InvalidValue
				? invalidInput(`${given.label} of item ${input.item}`, error.message, error.advice, input.item)
				: (error as Error);
		}
	}

	#resolved({ json }: StatuspageInput, { isExpression, value }: FieldOrValue): Resolved {
		if (isExpression || typeof value !== 'string') return { value, isTyped: false };
		const name = value.trim();
		return this.#isFieldName(name)
			? { value: Object.hasOwn(json, name) ? json[name] : undefined, isTyped: false }
			: { value: name, isTyped: true };
	}

	/** If at least one item has the field, the name is a field name for all items. */
	#isFieldName(name: string): boolean {
		const isField = this.#isField.get(name) ?? this.inputs.some(({ json }) => Object.hasOwn(json, name));
		this.#isField.set(name, isField);
		return isField;
	}

	#unknownField(name: unknown): InvalidValue {
		return new InvalidValue(
			`is "${String(name)}", but no item has a field with this name`,
			'Enter a field name or use an expression',
		);
	}
}
