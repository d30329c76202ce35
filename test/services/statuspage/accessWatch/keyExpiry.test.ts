import { keyExpiry } from '../../../../nodes/services/statuspage/accessWatch/keyExpiry';
import { readState } from '../../../../nodes/services/statuspage/accessWatch/accessState';

const DAY = 86_400_000;
const EXPIRY = '2026-03-31';

/** The events of polls on days before the expiry, with the state of the poll before, saved in between. */
function told(polls: Array<{ daysLeft: number; expiresOn?: string }>, daysBefore = 30): Array<number | undefined> {
	let state = readState(undefined);
	return polls.map(({ daysLeft, expiresOn = EXPIRY }) => {
		const result = keyExpiry(state, expiresOn, daysBefore, Date.parse(EXPIRY) - daysLeft * DAY);
		state = readState(JSON.parse(JSON.stringify(result.state)));
		return result.event?.daysLeft;
	});
}

test.each<[string, number[], Array<number | undefined>]>([
	[
		'once, when the time has come',
		[40, 31, 30, 29, 1, -1],
		[undefined, undefined, 30, undefined, undefined, undefined],
	],
	['the first poll has no event', [10, 10, 10], [undefined, 10, undefined]],
	['an expiry in the past', [-5, -5, -6], [undefined, -5, undefined]],
	['far away', [300, 299], [undefined, undefined]],
])('%s', (_, days, events) => {
	expect(told(days.map((daysLeft) => ({ daysLeft })))).toEqual(events);
});

test('a new date has its own event', () => {
	const later = '2026-04-15T00:00:00.000Z';
	expect(
		told([{ daysLeft: 40 }, { daysLeft: 20 }, { daysLeft: 20, expiresOn: later }, { daysLeft: 14, expiresOn: later }]),
	).toEqual([undefined, 20, undefined, 29]);
});

test('an expiry that is not watched any more is forgotten', () => {
	const { state } = keyExpiry(readState(undefined), EXPIRY, 30, 0);
	expect(state.reportedExpiry).toBe('');
	const forgotten = keyExpiry(state, undefined, 30, 0).state;
	expect([forgotten.reportedExpiry, forgotten.version]).toEqual([undefined, state.version + 1]);
	expect(keyExpiry(forgotten, undefined, 30, 0).state).toBe(forgotten);
});
