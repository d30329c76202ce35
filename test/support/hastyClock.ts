import { systemClock, type Clock } from '../../nodes/shared/http/clock';

/** How much faster its time passes. With more, a busy machine would seem to be slow for seconds. */
const FACTOR = 10;

/** A clock that runs ten times as fast, for many runs against the simulator that wait in between. Time limits stay as they are. */
export const hastyClock: Clock = {
	...systemClock,
	now: () => systemClock.now() * FACTOR,
	sleep: async (ms) => await systemClock.sleep(ms / FACTOR),
};
