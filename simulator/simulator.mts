import { Faults } from './faults.mts';
import type { LogEntry, PublicLogEntry, ServiceName } from './log.mts';
import type { Options } from './options.mts';
import { RateLimit } from './rateLimit.mts';
import type { Directory } from './scim/directory.mts';
import { seededDirectory } from './scim/seed.mts';
import type { StandIn } from './statuspage/publicStandIns.mts';
import { seededState } from './statuspage/seed.mts';
import { Deliveries } from './statuspage/webhooks/deliveries.mts';
import type { State } from './statuspage/state.mts';

/** State of a running simulator. The control routes read and change it. */
export interface Simulator {
	options: Options;
	state: State;
	directory: Directory;
	/** Posts to webhook subscribers. */
	deliveries: Deliveries;
	rateLimits: Record<ServiceName, RateLimit>;
	faults: Faults;
	log: LogEntry[];
	/** Requests to public pages. */
	publicLog: PublicLogEntry[];
	/** Answers instead of those of public pages. */
	standIns: StandIn[];
	startedAt: number;
}

/** Emails of the team members, followed by those of the viewers of the first page. */
function addressesIn({ members, pages }: State): string[] {
	const [page] = pages.values();
	return [
		...[...members.values()].map(({ row }) => row.email),
		...[...(page?.viewers.values() ?? [])].map(({ email }) => email),
	];
}

/** Creates a new simulator state with seeded pages and directory. */
export function fresh(options: Options): Simulator {
	const state = seededState(options);
	return {
		options,
		state,
		directory: seededDirectory(options, addressesIn(state)),
		deliveries: new Deliveries(options),
		rateLimits: { statuspage: new RateLimit([420, 429]), scim: new RateLimit([429]) },
		faults: new Faults(),
		log: [],
		publicLog: [],
		standIns: [],
		startedAt: performance.now(),
	};
}
