import type { IDataObject } from 'n8n-workflow';
import type { StatuspageInput } from './statuspageInput';

/**
 * For the output: `{ email }` if the item's object was given by its email, and the original text as `emailGiven` if the email had to be
 * cleaned. Otherwise `{}`.
 */
export function emailOfLocator({ values }: StatuspageInput, { row }: { row: { parameter: string } }): IDataObject {
	const { mode, text, emailGiven } = values.locator(row.parameter);
	return mode === 'email' ? { email: text, ...(emailGiven === undefined ? {} : { emailGiven }) } : {};
}
