import { Failure } from '../transport/failures';

/** E-mail addresses and names are compared without case and surrounding space. */
export function isSame(a: unknown, b: unknown): boolean {
	return String(a ?? '').trim().toLowerCase() === String(b ?? '').trim().toLowerCase();
}

/** The only row that has the name; a name is not unique everywhere, and a guess could give access to the wrong thing. */
export function onlyOne<R extends { id: string }>(rows: R[], matches: (row: R) => boolean, what: string): R {
	const found = rows.filter(matches);
	if (found.length === 1) return found[0];
	throw new Failure(
		found.length === 0
			? { kind: 'forbidden', isNotFound: true, message: `There is no ${what}`, advice: 'Check the spelling, or choose it from the list' }
			: {
					kind: 'forbidden',
					message: `There are ${found.length} objects for ${what}: ${found.map(({ id }) => id).join(', ')}`,
					advice: 'Choose one of these by its ID',
				},
	);
}
