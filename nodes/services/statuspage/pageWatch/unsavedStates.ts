import { createHash } from 'crypto';
import type { WatchState } from './watchPages';

interface Unsaved {
	/** Hash of the saved state that it continues. */
	base: string;
	state: WatchState;
}

/** Nodes of deleted workflows stay until others need their place. */
const MOST_NODES = 100;

/** By node. States of polls without items, which n8n has not saved. */
const states = new Map<string, Unsaved>();

const hashOf = (state: WatchState | undefined) =>
	createHash('sha256')
		.update(JSON.stringify(state ?? null))
		.digest('base64');

/**
 * n8n's durable scheduler begins each poll with the saved state. Without the states of the polls since then, a page would never count as
 * unreachable, because that takes several polls.
 */
export const unsavedStates = {
	/** The newest state, if it continues the saved one. */
	newest(node: string, saved: WatchState | undefined): WatchState | undefined {
		const unsaved = states.get(node);
		return unsaved?.base === hashOf(saved) ? unsaved.state : saved;
	},

	/** @param next undefined if the poll returned items, so n8n saves its state, or the next poll finds the same again */
	set(node: string, saved: WatchState | undefined, next: WatchState | undefined): void {
		states.delete(node);
		if (next) states.set(node, { base: hashOf(saved), state: next });
		const [oldest] = states.keys();
		if (states.size > MOST_NODES && oldest !== undefined) states.delete(oldest);
	},

	/** As at the start of n8n. */
	clear(): void {
		states.clear();
	},
};
