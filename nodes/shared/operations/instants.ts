import { isIsoDate, isoText } from './dates';
import { InvalidValue, mustBe, quoted } from './invalidValue';

const DAY_MS = 86_400_000;

/** By time zone. Creating one takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
	const format =
		formats.get(timeZone) ??
		new Intl.DateTimeFormat('en-US', {
			timeZone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	formats.set(timeZone, format);
	return format;
}

/** The difference between the local time of a time zone and UTC at this instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
	const whole = Math.floor(instant / 1000) * 1000;
	const parts = new Map(
		formatIn(timeZone)
			.formatToParts(whole)
			.map(({ type, value }) => [type, Number(value)]),
	);
	const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
		(type) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? NaN,
	);
	return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/**
 * The instant of a local time, in milliseconds since 1970. The earlier one if clocks were put back and show the time twice.
 *
 * @param local the local time, as if it were UTC
 * @param isDate only the date was given. Where clocks are put forward at midnight, its day begins later.
 * @returns undefined if clocks were put forward over this time
 */
function instantOf(local: number, timeZone: string, isDate: boolean): number | undefined {
	// Time zones change their offset at most once within two days, and offsets are shorter than a day.
	const [before, after] = [local - DAY_MS, local + DAY_MS].map((instant) => offsetAt(instant, timeZone));
	const instants = [local - before, local - after].filter((instant) => instant + offsetAt(instant, timeZone) === local);
	if (instants.length > 0) return Math.min(...instants);
	const later = local - before;
	const isSameDay = later + offsetAt(later, timeZone) < local + DAY_MS;
	return isDate && isSameDay ? later : undefined;
}

/** ISO 8601 with a zone. Without minutes or a colon in the offset, JavaScript doesn't parse it. */
const WITH_ZONE = /(?:Z|([+-]\d{2}):?(\d{2})?)$/;

/** Milliseconds since 1970 of an existing ISO date or date-time; NaN for an offset that doesn't exist, e.g. +99:00. */
function parse(text: string, timeZone: string): number {
	const isDate = !text.includes('T');
	if (!isDate && WITH_ZONE.test(text.slice(10)))
		return Date.parse(
			text.replace(WITH_ZONE, (zone, hours?: string, minutes = '00') => (hours ? `${hours}:${minutes}` : zone)),
		);
	const instant = instantOf(Date.parse(isDate ? text : `${text}Z`), timeZone, isDate);
	if (instant !== undefined) return instant;
	throw new InvalidValue(
		`is ${quoted(text)}, which does not exist in the time zone ${timeZone}, because clocks are put forward over it`,
		'Choose another time, or add an offset from UTC, such as +01:00',
	);
}

/** Milliseconds since 1970; undefined for any other value. Throws InvalidValue for a local time that clocks skip. */
function millisecondsOf(value: unknown, timeZone: string): number | undefined {
	const text = value instanceof Date ? undefined : isoText(value);
	const instant = value instanceof Date ? value.getTime() : text && isIsoDate(text) ? parse(text, timeZone) : NaN;
	if (Number.isNaN(instant)) return undefined;
	// The years before 0 and after 9999 have a sign and six digits.
	return /^\d/.test(new Date(instant).toISOString()) ? instant : undefined;
}

/**
 * A point in time as UTC text with milliseconds, e.g. 2026-02-15T01:00:00.000Z. It accepts an ISO date-time, a Luxon date and a JavaScript
 * Date. A date-time without an offset is local time, and a date is the beginning of its day. A local time that clocks show twice is the
 * earlier one.
 *
 * @param timeZone of the workflow, e.g. Europe/Berlin
 * @throws InvalidValue for other values, and for a local time that does not exist because clocks are put forward
 */
export function toInstant(value: unknown, timeZone: string): string {
	const instant = millisecondsOf(value, timeZone);
	if (instant === undefined)
		throw mustBe('a valid date and time, such as 2026-02-15T02:00:00 or 2026-02-15T01:00:00Z', value);
	return new Date(instant).toISOString();
}

/**
 * Ten digits are seconds and thirteen are milliseconds, so both are times from September 2001 to November 2286. Other numbers of digits
 * are ambiguous: 20260215 may be a date, and sixteen digits are microseconds.
 */
const SECONDS_OR_MILLISECONDS = /^(\d{10}(?:\d{3})?)(?:\.\d+)?$/;

/**
 * A point in time as whole Unix seconds, rounded down. It accepts all that `toInstant` accepts, and numbers or text with Unix seconds (10
 * digits) or milliseconds (13 digits), with or without decimals.
 *
 * @param timeZone of the workflow
 * @throws InvalidValue for other values, also for numbers with another number of digits
 */
export function toTimestamp(value: unknown, timeZone: string): number {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	const [, digits] = SECONDS_OR_MILLISECONDS.exec(text) ?? [];
	if (digits) return Number(digits.slice(0, 10));
	const instant = typeof value === 'number' ? undefined : millisecondsOf(value, timeZone);
	if (instant === undefined)
		throw mustBe('a valid date and time, Unix seconds with 10 digits or milliseconds with 13 digits', value);
	return Math.floor(instant / 1000);
}
