import fc from 'fast-check';
import { toInstant, toTimestamp } from '../../../nodes/shared/operations/instants';

/** Each expression that refers to a missing value, and other values without a time. */
const NO_TIMES: unknown[] = [
	undefined,
	null,
	NaN,
	Infinity,
	'',
	' ',
	'undefined',
	'null',
	'[object Object]',
	'tomorrow',
	true,
	{},
	[],
	['2026-02-15'],
	new Date('x'),
	new Date(8.64e15),
	{ toISO: () => null },
	'2026-02-31',
	'2026-02-31T10:00:00',
	'2026-02-15T24:00:00',
	'2026-02-15T23:60',
	'2026-02-15T10:00:60',
	'2026-02-15T10',
	'2026-02-15T10:00:00+25:00',
	'2026-02-15T10:00:00+01:60',
	'2026-02-15T10:00:00 Europe/Berlin',
	'2026-02-15 10:00:00',
	'0000-01-01',
	'9999-12-31T23:59:59-01:00',
	'15.02.2026',
	'02/15/2026',
	'2026-02',
	20260215,
	0,
	-1770000000,
	177000000,
	17700000000,
	1770000000000000,
	'1e9',
];

describe('an instant', () => {
	test.each<[unknown, string, string]>([
		["n8n's date picker", '2026-02-15T02:00:00', '2026-02-15T01:00:00.000Z'],
		['without seconds, in summer', '2026-07-15T02:00', '2026-07-15T00:00:00.000Z'],
		['in UTC', ' 2026-02-15T02:00:00Z ', '2026-02-15T02:00:00.000Z'],
		['with milliseconds', '2026-02-15T02:00:00.123Z', '2026-02-15T02:00:00.123Z'],
		['with nanoseconds', '2026-02-15T02:00:00.123456789', '2026-02-15T01:00:00.123Z'],
		['with an offset', '2026-02-15T02:00:00+05:45', '2026-02-14T20:15:00.000Z'],
		['with an offset without a colon', '2026-02-15T02:00:00-0330', '2026-02-15T05:30:00.000Z'],
		['with an offset of hours', '2026-02-15T02:00-03', '2026-02-15T05:00:00.000Z'],
		['a date', '2026-02-15', '2026-02-14T23:00:00.000Z'],
		['a date in a leap year', '2028-02-29', '2028-02-28T23:00:00.000Z'],
	])('%s: %s is %s', (_, text, instant) => expect(toInstant(text, 'Europe/Berlin')).toBe(instant));

	test('a Luxon date and a JavaScript Date are accepted', () => {
		expect(toInstant({ toISO: () => '2026-02-15T02:00:00.000+01:00' }, 'America/New_York')).toBe(
			'2026-02-15T01:00:00.000Z',
		);
		expect(toInstant(new Date('2026-02-15T01:00:00Z'), 'America/New_York')).toBe('2026-02-15T01:00:00.000Z');
	});

	test.each([...NO_TIMES, 1770000000, 1770000000000, '1770000000'])('%p is rejected', (value) =>
		expect(() => toInstant(value, 'UTC')).toThrow(/^must be a valid date and time, such as .+, not /),
	);

	describe('when clocks change', () => {
		test.each([
			['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
			['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
			['Europe/Berlin', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
			['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
			['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
			['America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00.000Z'],
			['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
			['America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00.000Z'],
			['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00.000Z'],
			['Australia/Lord_Howe', '2026-10-04T02:30:00', '2026-10-03T15:30:00.000Z'],
			['Asia/Kathmandu', '2026-03-29T02:30:00', '2026-03-28T20:45:00.000Z'],
			// Midnight does not exist there on this day.
			['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
			['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
		])('in %s, %s is %s', (timeZone, text, instant) => expect(toInstant(text, timeZone)).toBe(instant));

		test.each([
			['Europe/Berlin', '2026-03-29T02:00:00'],
			['Europe/Berlin', '2026-03-29T02:59:59.999'],
			['America/New_York', '2026-03-08T02:30'],
			['Australia/Lord_Howe', '2026-10-04T02:15:00'],
			['Africa/Cairo', '2026-04-24T00:00:00'],
			['Pacific/Apia', '2011-12-30T12:00:00'],
			['Pacific/Apia', '2011-12-30'],
		])('in %s, %s does not exist', (timeZone, text) => {
			for (const convert of [toInstant, toTimestamp])
				expect(() => convert(text, timeZone)).toThrow(
					`is "${text}", which does not exist in the time zone ${timeZone}, because clocks are put forward over it`,
				);
		});
	});
});

describe('a timestamp', () => {
	test.each<[unknown, number]>([
		['2026-02-15T02:00:00', 1771117200],
		['2026-02-15T01:00:00.999Z', 1771117200],
		['2026-02-15', 1771110000],
		[{ toISO: () => '2026-02-15T02:00:00.000+01:00' }, 1771117200],
		[new Date(1771117200_999), 1771117200],
		[1771117200, 1771117200],
		[1771117200.75, 1771117200],
		[' 1771117200 ', 1771117200],
		[1771117200999, 1771117200],
		['1771117200999', 1771117200],
		[1771117200999.5, 1771117200],
		[1_000_000_000, 1_000_000_000],
		[9_999_999_999, 9_999_999_999],
		[1_000_000_000_000, 1_000_000_000],
		[9_999_999_999_999, 9_999_999_999],
	])('%p is %d', (value, seconds) => expect(toTimestamp(value, 'Europe/Berlin')).toBe(seconds));

	test.each([
		...NO_TIMES,
		999_999_999,
		10_000_000_000,
		999_999_999_999,
		10_000_000_000_000,
		'+1771117200',
		'1771117200s',
	])('%p is rejected', (value) =>
		expect(() => toTimestamp(value, 'UTC')).toThrow(/^must be a valid date and time, Unix seconds with 10 digits/),
	);
});

const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'Australia/Lord_Howe',
	'Asia/Kathmandu',
	'Africa/Cairo',
	'Africa/Casablanca',
	'Pacific/Apia',
	'UTC',
];
/** The local time as a calendar with ISO format shows it, e.g. 2026-02-15T02:00:00. */
const localText = (instant: number, timeZone: string) =>
	new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
const seconds = fc.integer({ min: Date.UTC(1972) / 1000, max: Date.UTC(2090) / 1000 });
/** Around the days on which clocks change. */
const nearChange = fc
	.tuple(fc.integer({ min: 1990, max: 2037 }), fc.constantFrom(2, 3, 9, 10), fc.integer({ min: 0, max: 31 * 96 }))
	.map(([year, month, quarters]) => Date.UTC(year, month, 1) / 1000 + quarters * 900);
const zone = fc.constantFrom(...ZONES);

test('an instant is the same in each of its forms', () => {
	fc.assert(
		fc.property(seconds, zone, fc.integer({ min: -14 * 60, max: 14 * 60 }), (second, timeZone, minutes) => {
			const date = new Date(second * 1000);
			const utc = date.toISOString();
			const sign = minutes < 0 ? '-' : '+';
			const [hour, minute] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
				String(part).padStart(2, '0'),
			);
			const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
			for (const form of [utc, date, { toISO: () => utc }, `${local}${sign}${hour}:${minute}`]) {
				expect(toInstant(form, timeZone)).toBe(utc);
				expect(toTimestamp(form, timeZone)).toBe(second);
			}
		}),
	);
});

test('a local time is the first instant that shows it, and is rejected if there is none', () => {
	fc.assert(
		fc.property(fc.oneof(seconds, nearChange), zone, (second, timeZone) => {
			const local = new Date(second * 1000).toISOString().slice(0, 19);
			const offsets = Array.from({ length: 26 * 4 + 1 }, (_, quarters) => 14 * 3600 - quarters * 900);
			const [first] = offsets
				.map((offset) => (second - offset) * 1000)
				.filter((instant) => localText(instant, timeZone) === local);
			if (first === undefined) expect(() => toInstant(local, timeZone)).toThrow('clocks are put forward');
			else expect(toInstant(local, timeZone)).toBe(new Date(first).toISOString());
		}),
		{ numRuns: 300 },
	);
}, 60_000);

test('a date is the first instant of its day', () => {
	fc.assert(
		fc.property(nearChange, zone, (second, timeZone) => {
			const day = localText(second * 1000, timeZone).slice(0, 10);
			const instant = Date.parse(toInstant(day, timeZone));
			expect(localText(instant, timeZone).slice(0, 10)).toBe(day);
			expect(localText(instant - 1000, timeZone).slice(0, 10)).not.toBe(day);
		}),
	);
});
