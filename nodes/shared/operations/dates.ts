import { mustBe } from './invalidValue';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** True for a day that exists. 31 February doesn't. */
function isDay(year: number, month: number, day: number): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** True for an ISO 8601 date or date-time that exists, e.g. 2026-01-31 or 2026-01-31T09:30:00+01:00. */
export function isIsoDate(text: string): boolean {
	const parts = ISO.exec(text);
	if (!parts) return false;
	const [year, month, day, hour = 0, minute = 0, second = 0] = parts
		.slice(1, 7)
		.map((part) => (part === undefined ? undefined : Number(part))) as number[];
	return isDay(year, month, day) && hour <= 23 && minute <= 59 && second <= 59;
}

/** The day of a date in a time zone, as YYYY-MM-DD. */
function dayIn(date: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	}).formatToParts(date);
	const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? '';
	return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** A text, or the ISO form of a Luxon date, which n8n's expressions return. */
export function isoText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	const { toISO } = (value ?? {}) as { toISO?: () => unknown };
	const iso = typeof toISO === 'function' ? toISO.call(value) : undefined;
	return typeof iso === 'string' ? iso : undefined;
}

/**
 * A day as YYYY-MM-DD. For an ISO date or date-time it is the day in the text, for a JavaScript Date the day in the time zone.
 *
 * @param timeZone of the workflow, e.g. Europe/Berlin
 */
export function toDay(value: unknown, timeZone: string): string {
	if (value instanceof Date && !Number.isNaN(value.getTime())) return dayIn(value, timeZone);
	const text = isoText(value);
	if (text === undefined || !isIsoDate(text)) throw mustBe('a valid date in the format YYYY-MM-DD', value);
	return text.slice(0, 10);
}

/** A day like `toDay`, or a month as YYYY-MM, or a year as YYYY. */
export function toPartialDate(value: unknown, timeZone: string): string {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text)) return text;
	try {
		return toDay(value, timeZone);
	} catch {
		throw mustBe('a valid date in the format YYYY-MM-DD, YYYY-MM or YYYY', value);
	}
}
