import type { IDataObject } from 'n8n-workflow';
import type { Subscriber } from '../../services/statuspage/endpoints';
import { contactText, type Contact } from '../../services/statuspage/subscriptions/contact';
import type { Field } from '../../shared/fields/field';
import { Failure } from '../../shared/http/failures';
import { describeValue } from '../../shared/operations/invalidValue';
import type { StatuspageInput } from './statuspageInput';

/** The modes of new subscribers, as values of the field 'Mode'. */
export type NewMode = Contact['mode'];

/**
 * The field shows for these modes, and must have a value there. It is not required in n8n's sense: if 'Mode' is an expression, n8n would
 * require the fields of all modes.
 */
export function shownFor(field: Field, ...modes: NewMode[]): Field {
	return { ...field, required: undefined, whenEmpty: 'rejected', displayOptions: { show: { mode: modes } } };
}

export const emailField: Field = shownFor(
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		accepts: 'email',
		placeholder: 'name@email.com',
		default: '',
		description:
			'Email address that gets the notifications. Avoid distribution lists, because each member can unsubscribe all of them.',
	},
	'email',
);

const phoneCountry: Field = {
	displayName: 'Phone Country',
	name: 'phoneCountry',
	type: 'string',
	placeholder: 'e.g. US',
	default: '',
	description: 'Two-letter code of the country of the phone number, not its calling code',
};

const phoneNumber: Field = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	placeholder: 'e.g. 2025550105',
	default: '',
	description: 'The number as dialed within its country, without the country code',
};

export const phoneFields: Field[] = [shownFor(phoneCountry, 'sms'), shownFor(phoneNumber, 'sms')];

/** It is always sent, because its default is not documented. */
export const skipConfirmationField: Field = {
	displayName: 'Skip Confirmation',
	name: 'skipConfirmation',
	type: 'boolean',
	default: false,
	description:
		'Whether to send no confirmation and no notifications about changes of the subscription. Statuspage may still keep the subscriber unconfirmed. Has no effect on trial pages, and an SMS subscriber must always opt in.',
};

export const ignoreIfExistsOption: Field = {
	displayName: 'Ignore If Exists',
	name: 'ignoreIfExists',
	type: 'boolean',
	default: false,
	description:
		"Whether to continue if the subscriber already exists. The output is then the existing subscriber, unchanged, with 'created: false'.",
};

/** The note of an existing subscriber. */
export const EXISTED = 'The subscriber already existed and was not changed.';

/**
 * The existing subscriber, if that counts as success. The rejection says that it exists, also where no list shows it.
 *
 * @throws Failure of the rejection, if the option 'Ignore If Exists' is off
 */
export async function alreadySubscribed(
	{ options }: StatuspageInput,
	contact: Contact,
	rejection: Failure,
	find: () => Promise<Subscriber | undefined>,
): Promise<IDataObject> {
	if (!options.flag('ignoreIfExists'))
		throw new Failure({
			...rejection.facts,
			advice: "To continue with the existing subscriber, turn on the option 'Ignore If Exists'",
		});
	const row = await find();
	if (row) return { ...row, created: false, note: EXISTED };
	return {
		contact: contactText(contact),
		created: false,
		note: `Statuspage reports that the subscriber already exists, but it was not found: ${rejection.message}.`,
	};
}

const COUNTRY = /^[A-Za-z]{2}$/;
/** The longest international numbers have 15 digits. */
const NUMBER = /^\d{4,15}$/;

/** The phone number of an item. Blanks, dashes, dots, slashes and brackets are removed. */
export function phoneContact(input: StatuspageInput): Contact {
	const country = input.values.text('phoneCountry');
	if (!COUNTRY.test(country))
		throw input.invalid(
			'phoneCountry',
			`must be a two-letter country code, not ${describeValue(country)}`,
			'Use e.g. US',
		);
	const given = input.values.text('phoneNumber');
	if (given.startsWith('+'))
		throw input.invalid(
			'phoneNumber',
			`must not contain the country code: ${describeValue(given)}`,
			"Enter the number as dialed within its country, and the country in 'Phone Country'",
		);
	const number = given.replace(/[\s\-./()]/g, '');
	if (!NUMBER.test(number))
		throw input.invalid('phoneNumber', `must contain 4 to 15 digits, not ${describeValue(given)}`);
	return { mode: 'sms', country: country.toUpperCase(), number };
}
