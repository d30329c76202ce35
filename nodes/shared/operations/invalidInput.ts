import { Failure } from '../http/failures';

/** Outcome of an item that was rejected after read requests, e.g. to resolve names. */
export const NOTHING_CHANGED = 'Nothing was changed for this item';

/**
 * A Failure for an invalid field of an item or of a trigger.
 *
 * @param label of the field, with or without quotes
 * @param reason continues the label: "must be true or false, not undefined"
 * @param outcome ends the advice: what was sent or changed for the item
 */
export function invalidInput(
	label: string,
	reason: string,
	advice?: string,
	item?: number,
	outcome = item === undefined ? 'No request was sent' : 'No request was sent for this item',
): Failure {
	return new Failure({
		kind: 'invalid',
		message: `${label.startsWith("'") ? label : `'${label}'`} ${reason}`,
		advice: [advice, outcome].filter(Boolean).join('. '),
		...(item === undefined ? {} : { item }),
	});
}
