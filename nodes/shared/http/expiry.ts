const DAY_MS = 86_400_000;
/** From here on every run says that the key is about to expire. */
const WARNING_DAYS = 30;

/** Whole days until the key expires, negative afterwards; `undefined` when no date is set or it is not one. */
export function daysLeft(expiresOn: string | undefined, calendarNow: number): number | undefined {
	const end = Date.parse(expiresOn ?? '');
	return Number.isNaN(end) ? undefined : Math.floor((end - calendarNow) / DAY_MS);
}

/** A remark within 30 days of the expiry and after it, otherwise nothing. */
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
