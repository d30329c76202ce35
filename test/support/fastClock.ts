import { systemClock } from '../../nodes/shared/http/clock';

/**
 * Makes the node's clock run faster for all tests of a file, so delays between retries take little real time. Requests and the clock of
 * the simulator are not affected, so tests that measure request rates can't use it.
 *
 * @param times speed factor
 */
export function useFastClock(times = 100): void {
	const { now, sleep } = systemClock;
	beforeAll(() => {
		const start = now();
		systemClock.now = () => start + (now() - start) * times;
		systemClock.sleep = async (ms) => await sleep(ms / times);
	});
	afterAll(() => {
		Object.assign(systemClock, { now, sleep });
	});
}
