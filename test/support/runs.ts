/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/**
 * Returns the number of runs of a property test: a small default, or FC_RUNS for longer test runs.
 *
 * @param part fraction of the runs, for slow properties
 */
export function numRuns(part = 1): number {
	return Math.max(1, Math.round(Number(process.env.FC_RUNS ?? 150) * part));
}

/** In how many ways the name of an object is given to each operation; all of them, unless a fast run wants fewer. */
export const nameForms = Number(process.env.NAME_FORMS ?? Infinity);
