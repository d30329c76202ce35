import {
	intervalWarning,
	requestsForRows,
	shortestInterval,
} from '../../../../nodes/services/statuspage/accessWatch/passCost';
import { pollInterval } from '../../../../nodes/services/statuspage/accessWatch/pollInterval';

const cron = (cronExpression: string) => ({ mode: 'custom', cronExpression });

test.each<[unknown, number | undefined]>([
	[{ mode: 'everyMinute' }, 1],
	[{ mode: 'everyHour', minute: 5 }, 60],
	[{ mode: 'everyDay', hour: 3 }, 1440],
	[{ mode: 'everyWeek', weekday: '1' }, 10_080],
	[{ mode: 'everyMonth' }, 40_320],
	[{ mode: 'everyX', value: 7, unit: 'minutes' }, 7],
	[{ mode: 'everyX', value: 2, unit: 'hours' }, 120],
	[{ mode: 'everyX', unit: 'hours' }, undefined],
	[{ mode: 'unheard of' }, undefined],
	[cron('* * * * *'), 1],
	[cron('*/5 * * * *'), 5],
	[cron('0 */10 * * * *'), 10],
	[cron('*/40 * * * *'), 20],
	[cron('0,10,45 * * * *'), 10],
	[cron('5 9-17 * * 1-5'), 60],
	[cron('0 0/6 * * *'), 360],
	[cron('30 2 * * *'), 1440],
	[cron('0 2,3 * * *'), 60],
	[cron('50 23 * * *'), 1440],
	[cron('0,50 0,23 * * *'), 10],
	[cron('10-30/10 * * * *'), 10],
	[cron('@hourly'), undefined],
	[cron('a * * * *'), undefined],
	[cron('61 * * * *'), undefined],
	[cron('*/0 * * * *'), undefined],
	[cron(''), undefined],
])('%j is every %s minutes', (item, minutes) => {
	expect(pollInterval({ item: [item] })).toBe(minutes);
});

test('of several poll times, the shortest counts', () => {
	expect(pollInterval({ item: [{ mode: 'everyHour' }, cron('*/15 * * * *'), { mode: 'unheard of' }] })).toBe(15);
	for (const none of [undefined, null, {}, { item: [] }, { item: 'x' }]) expect(pollInterval(none)).toBeUndefined();
});

test.each([
	[0, 1],
	[99, 1],
	[100, 2],
	[5899, 59],
	[5900, 60],
])('a list of %i objects takes %i requests', (rows, requests) => {
	expect(requestsForRows(rows)).toBe(requests);
});

const MINUTE = { limit: 60, lengthMs: 60_000 };

test.each([
	[1, MINUTE, 1],
	[30, MINUTE, 1],
	[31, MINUTE, 2],
	[60, MINUTE, 2],
	[212, MINUTE, 8],
	[60, { limit: 240, lengthMs: 60_000 }, 1],
	[60, { limit: 1, lengthMs: 60_000 }, 60],
])('%i requests with %j need an interval of %i minutes', (requests, limit, minutes) => {
	expect(shortestInterval(requests, limit)).toBe(minutes);
});

test('a warning comes only below the shortest interval', () => {
	expect(intervalWarning(8, 8)).toBeUndefined();
	expect(intervalWarning(8, undefined)).toBeUndefined();
	expect(intervalWarning(8, 7)).toContain('Choose at least 8 minutes');
});
