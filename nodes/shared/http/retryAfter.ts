/** Dates have whole seconds. */
const DATE_ACCURACY_MS = 1000;

/**
 * Milliseconds that a `Retry-After` header asks to wait: seconds, fractions too, or an HTTP date (RFC 9110, 10.2.3).
 * `undefined` when the header is absent, is neither, or names a date in the past.
 *
 * @param calendarNow the calendar's time in milliseconds since 1970
 */
export function retryAfterMs(header: unknown, calendarNow: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	// Date.parse takes nearly any text with a number in it, also "-1".
	const date = /^([A-Z][a-z]{2,8},? |\d{4}-\d\d-\d\dT)/.test(text) ? Date.parse(text) : NaN;
	const waitMs = date - calendarNow;
	return waitMs > -DATE_ACCURACY_MS ? Math.max(0, waitMs) : undefined;
}
