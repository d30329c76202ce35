import { systemClock } from '../../nodes/shared/http/clock';

/**
 * For the tests of this file, the product's clock runs faster: what it waits between tries costs no real time. Requests take as long
 * as they do. Not for tests that measure a pace, since the service's clock runs as ever.
 *
 * @param times how much faster
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
