import { emailKey } from '../../../shared/client/matching';
import { Failure } from '../../../shared/http/failures';
import type { Viewer } from '../endpoints';
import { addToList } from './addToList';
import type { Person } from './sync/desiredPeople';
import { viewerName } from './viewerFacts';

/** A list that contradicts itself or the page cannot be planned. */
export function contradictoryList(message: string): Failure {
	return new Failure({
		kind: 'invalid',
		message,
		advice: 'No plan was created. Correct the list, or the viewers in Statuspage',
	});
}

/** The viewer of each person. Undefined for a person who is not on the page. */
export type Matches = Map<Person, Viewer | undefined>;

/** Emails in the list, by the ID of the matching viewer. */
export function listedEmails(matches: Matches): Map<string, string> {
	return new Map([...matches].flatMap(([{ email }, viewer]) => (viewer ? [[viewer.id, email] as const] : [])));
}

/**
 * Finds the viewer of each person, by external login first and then by email without case.
 *
 * @throws Failure if several viewers match a person, or several people match a viewer
 */
export function matchPeople(people: Person[], viewers: Viewer[]): Matches {
	const byLogin = new Map<string, Viewer[]>();
	const byEmail = new Map<string, Viewer[]>();
	for (const viewer of viewers) {
		if (viewer.external_login) addToList(byLogin, viewer.external_login, viewer);
		if (viewer.email) addToList(byEmail, emailKey(viewer.email), viewer);
	}
	const taken = new Map<string, Person>();
	return new Map(
		people.map((person) => {
			const withLogin = person.externalLogin ? (byLogin.get(person.externalLogin) ?? []) : [];
			const candidates = [...new Set([...withLogin, ...(byEmail.get(emailKey(person.email)) ?? [])])];
			if (candidates.length > 1) {
				const login = person.externalLogin ? `, external login "${person.externalLogin}"` : '';
				throw contradictoryList(
					`Item ${person.items[0]} (${person.email}${login}) matches ${candidates.length} viewers: ${candidates.map((viewer) => `${viewerName(viewer)} (${viewer.id})`).join(' and ')}`,
				);
			}
			const [viewer] = candidates;
			const other = viewer && taken.get(viewer.id);
			if (other)
				throw contradictoryList(
					`Items ${other.items[0]} (${other.email}) and ${person.items[0]} (${person.email}) match the same viewer ${viewerName(viewer)} (${viewer.id})`,
				);
			if (viewer) taken.set(viewer.id, person);
			return [person, viewer];
		}),
	);
}
