import type { IDataObject } from 'n8n-workflow';
import { isSameEmail } from '../../../shared/client/matching';
import type { Subscriber } from '../endpoints';

/** How a subscriber gets notifications. The contact of a viewer is the viewer's own email. */
export type Contact =
	| { mode: 'email'; email: string }
	/** A two-letter country in upper case, and the digits of the national number. */
	| { mode: 'sms'; country: string; number: string }
	| { mode: 'webhook'; endpoint: string }
	| { mode: 'viewer'; viewerId: string };

/** The fields of the contact, named as in the API. */
export function contactBody(contact: Contact): IDataObject {
	switch (contact.mode) {
		case 'email':
			return { email: contact.email };
		case 'sms':
			return { phone_country: contact.country, phone_number: contact.number };
		case 'webhook':
			return { endpoint: contact.endpoint };
		case 'viewer':
			return { page_access_user: contact.viewerId };
	}
}

/** The contact in words, for messages. */
export function contactText(contact: Contact): string {
	switch (contact.mode) {
		case 'email':
			return `email "${contact.email}"`;
		case 'sms':
			return `phone number "${contact.country} ${contact.number}"`;
		case 'webhook':
			return `endpoint "${contact.endpoint}"`;
		case 'viewer':
			return `viewer ${contact.viewerId}`;
	}
}

/** The text that the service finds the contact by; undefined for a viewer, who can't be searched. */
export function searchText(contact: Contact): string | undefined {
	switch (contact.mode) {
		case 'email':
			return contact.email;
		case 'sms':
			return contact.number;
		case 'webhook':
			return contact.endpoint;
		case 'viewer':
			return undefined;
	}
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A number of the answer can contain blanks, dashes and the country code. */
function isSameNumber(given: unknown, number: string): boolean {
	const text = textOf(given);
	const digits = text.replace(/\D/g, '');
	return digits === number || (text.startsWith('+') && digits.endsWith(number.replace(/^0+/, '')));
}

function withoutSlash(url: string): string {
	return url.replace(/\/$/, '');
}

/** True for a subscriber with this contact. A field that the row doesn't have is no match, except the mode and the country. */
export function hasContact(row: Subscriber, contact: Contact): boolean {
	const mode = contact.mode === 'viewer' ? 'email' : contact.mode;
	if (row.mode && row.mode !== mode) return false;
	switch (contact.mode) {
		case 'email':
			return textOf(row.email) !== '' && isSameEmail(row.email, contact.email);
		case 'sms': {
			const country = textOf(row.phone_country).toUpperCase();
			return (country === '' || country === contact.country) && isSameNumber(row.phone_number, contact.number);
		}
		case 'webhook':
			return textOf(row.endpoint) !== '' && withoutSlash(textOf(row.endpoint)) === withoutSlash(contact.endpoint);
		case 'viewer':
			return row.page_access_user_id === contact.viewerId;
	}
}

/** A name for the subscriber, from the fields that its row has. */
export function subscriberName(row: Subscriber): string {
	const { endpoint, display_phone_number, phone_number, workspace_name, obfuscated_channel_name, mode, id } = row;
	const slack = [workspace_name, obfuscated_channel_name].map(textOf).filter(Boolean).join(' ');
	const names = [endpoint, row.email, display_phone_number, phone_number, slack].map(textOf);
	return names.find((name) => name !== '') ?? `${mode ? `${mode} ` : ''}${id}`;
}
