import type { PublicStatus } from './feeds';

const INDICATORS = ['none', 'minor', 'major', 'critical', 'maintenance'] as const;

/** The worst state on a page. `unknown` is a value that Statuspage did not have when this was written; it is not a good one. */
export type Indicator = (typeof INDICATORS)[number] | 'unknown';

/** The indicator of a page, and its text in the answer if it is unknown. */
export function indicatorOf({ indicator }: PublicStatus): { indicator: Indicator; indicatorGiven?: string } {
	const known = INDICATORS.find((value) => value === indicator);
	return known === undefined ? { indicator: 'unknown', indicatorGiven: indicator } : { indicator: known };
}
