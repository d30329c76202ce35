/**
 * Milliseconds that a `Retry-After` header asks to wait: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 * `undefined` when the header is absent or is neither.
 *
 * @param calendarNow the calendar's time in milliseconds since 1970
 */
export function retryAfterMs(header: unknown, calendarNow: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - calendarNow);
}
