/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/**
 * How often a property is tried: a sample in the fast run, and what FC_RUNS says where there is time. A property that costs more is tried
 * less often.
 *
 * @param part of the runs
 */
export function numRuns(part = 1): number {
	return Math.max(1, Math.round(Number(process.env.FC_RUNS ?? 150) * part));
}
