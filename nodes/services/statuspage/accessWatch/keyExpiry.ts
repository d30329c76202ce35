import { daysLeft } from '../../../shared/http/expiry';
import type { AccessState } from './accessState';

/** The key expires soon. */
export interface KeyExpiry {
	/** ISO date. */
	expiresOn: string;
	/** Whole days, negative after the expiry. */
	daysLeft: number;
}

/**
 * Each expiry date has one event. The first poll has none, so an expiry that is near already is reported by the second one.
 *
 * @param expiresOn of the credential; undefined if the expiry is not watched
 * @param now calendar time
 */
export function keyExpiry(
	state: AccessState,
	expiresOn: string | undefined,
	daysBefore: number,
	now: number,
): { event?: KeyExpiry; state: AccessState } {
	const { reportedExpiry, ...rest } = state;
	const left = daysLeft(expiresOn, now);
	if (expiresOn === undefined || left === undefined) {
		return reportedExpiry === undefined ? { state } : { state: { ...rest, version: state.version + 1 } };
	}
	const reported = (date: string): AccessState => ({ ...state, version: state.version + 1, reportedExpiry: date });
	if (reportedExpiry === undefined) return { state: reported('') };
	const date = new Date(Date.parse(expiresOn)).toISOString().slice(0, 10);
	if (left > daysBefore || reportedExpiry === date) return { state };
	return { event: { expiresOn: date, daysLeft: left }, state: reported(date) };
}
