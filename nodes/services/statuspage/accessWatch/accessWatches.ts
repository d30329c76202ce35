import type { Source } from './accessKinds';
import type { Pass, Step } from './accessPass';
import type { AccessState } from './accessState';

/** A pass between two of its requests. */
export interface OpenPass {
	pass: Pass;
	/** The next request. */
	step: Step;
	/** Requests so far. */
	requests: number;
	/** The place and the known rows that the pass began with. */
	startedFrom: string;
}

/** What only this process knows about one trigger node. It is lost when n8n ends, without a consequence for events. */
export interface AccessWatch {
	/** A poll is running. */
	isRunning: boolean;
	/** The source that the next poll begins with. */
	nextSource?: Source;
	/** Unfinished passes. */
	open: Partial<Record<Source, OpenPass>>;
	/** Requests of the last whole pass. */
	requestsOf: Partial<Record<Source, number>>;
	/** Changes without an event that n8n may not save, and the version of the state that they continue. */
	unsaved?: { version: number; state: AccessState };
	/** The last warning in the log. */
	warning?: string;
}

/** Nodes of deleted workflows stay until others need their place. */
const MOST_WATCHES = 200;

const watches = new Map<string, { settings: string; watch: AccessWatch }>();

/**
 * The watch of a trigger node. Other settings start a new one.
 *
 * @param node identifies the node of a workflow
 * @param settings everything that the passes depend on
 */
export function accessWatch(node: string, settings: string): AccessWatch {
	const found = watches.get(node);
	const entry =
		found?.settings === settings ? found : { settings, watch: { isRunning: false, open: {}, requestsOf: {} } };
	watches.delete(node);
	watches.set(node, entry);
	const [oldest] = watches.keys();
	if (watches.size > MOST_WATCHES) watches.delete(oldest);
	return entry.watch;
}

/** As after a restart of n8n. For tests. */
export function forgetAccessWatches(): void {
	watches.clear();
}
