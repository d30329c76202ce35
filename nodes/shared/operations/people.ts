import type { IDataObject } from 'n8n-workflow';
import type { RequestedId } from '../client/changes';
import type { EmailAddress } from './emailAddress';
import type { Person } from './entryList';

function isEmail(person: Person): person is EmailAddress {
	return 'email' in person;
}

/** The emails in lists of people, each once. */
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

/** Whom lists of IDs and emails mean. `idOf` knows the emails. */
export function resolvePeople(lists: Person[][], idOf: (email: string) => string | undefined): RequestedId[][] {
	return lists.map((people) =>
		people.map((person) =>
			isEmail(person) ? { requested: person.email, id: idOf(person.email) } : { requested: person.id, id: person.id },
		),
	);
}

/** For the output: the addresses that had to be cleaned, as they were given. */
export function cleanedIn(people: Person[]): IDataObject {
	const cleaned = people.filter(isEmail).filter(({ emailGiven }) => emailGiven !== undefined);
	return cleaned.length > 0 ? { emailsGiven: cleaned.map(({ email, emailGiven }) => ({ email, emailGiven })) } : {};
}
