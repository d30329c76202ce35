import type { IDataObject } from 'n8n-workflow';
import { fieldsOf, type Field } from '../fields/field';
import { Failure } from '../http/failures';
import type { Input } from './input';

/** The change that an item would make. */
export interface PlannedChange {
	/** A verb phrase, e.g. "delete viewer". */
	would: string;
	/** The object as it is now; null if there is none. */
	before: object | null;
	/** The object as it would be, or its changed fields; null if it would be deleted. */
	after: object | null;
}

/** True for an operation with the option 'Dry Run'. */
export function hasDryRun(fields: readonly Field[]): boolean {
	return fields.some((field) => field.name === 'options' && fieldsOf(field).some(({ name }) => name === 'dryRun'));
}

/**
 * The output of an item in a dry run.
 *
 * @throws Error if the option is off, which is a bug of the operation
 */
export function dryRun({ isDryRun }: Pick<Input, 'isDryRun'>, { would, before, after }: PlannedChange): IDataObject {
	if (!isDryRun) throw new Error('The item is not a dry run');
	return { dryRun: true, would, before: before as IDataObject | null, after: after as IDataObject | null };
}

/** For an item that would write with a read-only credential, although its operation has the option 'Dry Run'. */
export function readOnlyItemFailure(item: number): Failure {
	return new Failure({
		kind: 'invalid',
		message: 'The credential is read-only, so no request was sent for this item',
		advice: "Use another credential, turn off 'Read Only' in this one, or turn on the option 'Dry Run'",
		item,
	});
}
