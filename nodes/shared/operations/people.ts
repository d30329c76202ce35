import type { IDataObject } from 'n8n-workflow';
import type { RequestedId } from '../client/changes';
import type { EmailAddress } from './emailAddress';
import type { Person } from './entryList';

function isEmail(person: Person): person is EmailAddress {
	return 'email' in person;
}

/** The emails in lists of people, without duplicates. */
export function emailsIn(lists: Person[][]): string[] {
	return [
		...new Set(
			lists
				.flat()
				.filter(isEmail)
				.map(({ email }) => email),
		),
	];
}

/** Resolves lists of IDs and emails to IDs. `idOf` returns the ID for an email, or undefined if it is unknown. */
export function resolvePeople(lists: Person[][], idOf: (email: string) => string | undefined): RequestedId[][] {
	return lists.map((people) =>
		people.map((person) =>
			isEmail(person) ? { requested: person.email, id: idOf(person.email) } : { requested: person.id, id: person.id },
		),
	);
}

/** Output field with the emails that had to be cleaned and their original texts. Empty if there are none. */
export function cleanedEmails(people: Person[]): IDataObject {
	const cleaned = people.filter(isEmail).filter(({ emailGiven }) => emailGiven !== undefined);
	return cleaned.length > 0 ? { emailsGiven: cleaned.map(({ email, emailGiven }) => ({ email, emailGiven })) } : {};
}
