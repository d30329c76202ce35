import type { Options } from '../options.mts';
import { ApiError, fields, flag, optionalText, text, type Context } from './route.mts';
import type { Json, Subscriber, SubscriberState } from './state.mts';

/** Fields that page subscribers and incident subscribers share. */
const contactFields = {
	email: optionalText,
	phone_country: optionalText,
	phone_number: optionalText,
	skip_confirmation_notification: flag,
};

export const incidentSubscriberBody = fields({ subscriber: fields(contactFields) }, ['subscriber']);
export const subscriberBody = fields(
	{
		subscriber: fields({
			...contactFields,
			endpoint: optionalText,
			page_access_user: text,
			// "Components must be an array with at least one element if it is passed at all."
			component_ids: { type: 'array', items: { type: 'string' }, minItems: 1 },
		}),
	},
	['subscriber'],
);

const invalid = (message: string) => new ApiError(422, message);

function smsFields(country: unknown, number: unknown): Json {
	if (!/^[A-Z]{2}$/.test(String(country))) throw invalid('Phone country is invalid');
	if (!/^\d+$/.test(String(number))) throw invalid('Phone number is invalid');
	return { mode: 'sms', phone_number: number, phone_country: country, display_phone_number: `${country} ${number}` };
}

function webhookFields(endpoint: unknown, email: unknown): Json {
	const url = URL.parse(String(endpoint));
	if (!url || !/^https?:$/.test(url.protocol)) throw invalid('Endpoint is invalid');
	if (url.hostname === 'hooks.slack.com') throw invalid('Endpoint must not be a Slack webhook');
	return { mode: 'webhook', endpoint, ...(email ? { email } : {}) };
}

function contactOf({ email, endpoint, phone_country, phone_number }: Json, viewerEmail: string | undefined): Json {
	if (phone_country || phone_number) {
		if (email || endpoint) throw invalid('Only one contact is allowed');
		return smsFields(phone_country, phone_number);
	}
	if (endpoint) return webhookFields(endpoint, email);
	const address = email ?? viewerEmail;
	if (!address) throw invalid("Email can't be blank");
	if (!/^\S+@\S+$/.test(String(address))) throw invalid('Email is invalid');
	return { mode: 'email', email: address };
}

/** The value that identifies a contact. */
function identity({ mode, email, endpoint, phone_country, phone_number }: Json): string {
	const value = mode === 'sms' ? `${String(phone_country)} ${String(phone_number)}` : (endpoint ?? email);
	return `${String(mode)} ${String(value).toLowerCase()}`;
}

/** A text message always needs a confirmation. */
function stateOf(mode: unknown, skips: boolean, { newWebhooks, skippedConfirmation }: Options): SubscriberState {
	if (mode === 'webhook') return newWebhooks;
	return mode === 'email' && skips ? skippedConfirmation : 'unconfirmed';
}

/**
 * Adds a subscriber to those of a page or an incident.
 *
 * @param wanted fields named as in the API
 * @param viewer the viewer that it belongs to
 */
export function addSubscriber(
	{ state, options }: Context,
	subscribers: Map<string, Subscriber>,
	wanted: Json,
	viewer?: { id: string; email: string },
): Json {
	const { skip_confirmation_notification: skips = false, component_ids } = wanted;
	const contact = contactOf(wanted, viewer?.email);
	const isTaken = [...subscribers.values()].some(({ row }) => identity(row) === identity(contact));
	if (isTaken && options.takenContacts === 'refused') throw invalid('Email has already been taken');
	const row = {
		id: state.newId(),
		skip_confirmation_notification: skips,
		...contact,
		quarantined_at: null,
		purge_at: null,
		// Rows of subscribers of the whole page can lack this field.
		...(component_ids ? { components: component_ids } : {}),
		page_access_user_id: viewer?.id ?? null,
		created_at: state.now(),
	};
	subscribers.set(row.id, { row, state: stateOf(contact.mode, skips === true, options) });
	return row;
}
