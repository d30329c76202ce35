import { Faults } from './faults.mts';
import type { LogEntry } from './log.mts';
import type { Options } from './options.mts';
import { RateLimit } from './rateLimit.mts';
import { seededState } from './seed.mts';
import type { State } from './state.mts';

/** Everything that a running simulator holds; the control routes read and change it. */
export interface Simulator {
	options: Options;
	state: State;
	rateLimit: RateLimit;
	faults: Faults;
	log: LogEntry[];
	startedAt: number;
}

/** A fresh page for a simulator: state, window, faults and log. */
export function fresh(options: Options): Simulator {
	return { options, state: seededState(options), rateLimit: new RateLimit(), faults: new Faults(), log: [], startedAt: performance.now() };
}
