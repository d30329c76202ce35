import { Failure } from '../http/failures';

/** What is said of an item whose names were looked up. */
export const NOTHING_CHANGED = 'Nothing was changed for this item';

/**
 * A failure that is the input's.
 *
 * @param label the field's name on the screen
 * @param problem follows the label: "must be true or false, not undefined"
 * @param outcome what became of the item
 */
export function invalidInput(
	label: string,
	problem: string,
	advice?: string,
	item?: number,
	outcome = 'Nothing was sent for this item',
): Failure {
	return new Failure({
		kind: 'invalid',
		message: `${label.startsWith("'") ? label : `'${label}'`} ${problem}`,
		advice: [advice, outcome].filter(Boolean).join('. '),
		...(item === undefined ? {} : { item }),
	});
}
