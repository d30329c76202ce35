const DAY_MS = 86_400_000;
/** Runs show a hint from this many days before the expiry. */
const WARNING_DAYS = 30;

/** Whole days until the key expires, negative afterwards; `undefined` without a valid date. */
export function daysLeft(expiresOn: string | undefined, calendarNow: number): number | undefined {
	const end = Date.parse(expiresOn ?? '');
	return Number.isNaN(end) ? undefined : Math.floor((end - calendarNow) / DAY_MS);
}

/** A hint within 30 days of the expiry and after it; undefined otherwise. */
export function expiryRemark(
	serviceName: string,
	expiresOn: string | undefined,
	calendarNow: number,
): string | undefined {
	const days = daysLeft(expiresOn, calendarNow);
	if (days === undefined || days > WARNING_DAYS) return undefined;
	const date = new Date(Date.parse(expiresOn as string)).toISOString().slice(0, 10);
	const when = days < 0 ? `expired on ${date}` : `expires on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}`;
	return `According to the credential, the ${serviceName} API key ${when}. Create a new key and enter it with its date`;
}
