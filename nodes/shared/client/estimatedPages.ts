/** With fewer objects found, the length of a list can't be estimated. */
const ENOUGH = 5;

/**
 * The probable number of pages of a list that contains some known objects, spread evenly.
 *
 * @param known the number of these objects
 * @param found the number of those among them that are on the first pages
 * @param pages the number of these pages
 * @returns undefined if too few were found
 */
export function estimatedPages(known: number, found: number, pages: number): number | undefined {
	return found < ENOUGH ? undefined : Math.round((known * pages) / found);
}
