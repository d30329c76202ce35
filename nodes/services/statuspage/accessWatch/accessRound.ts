import type { Clock } from '../../../shared/http/clock';
import { asError } from '../../../shared/http/failures';
import { accessEvents, type AccessEvent } from './accessEvents';
import { eventsIn, type AccessKind, type Source } from './accessKinds';
import { accessPass } from './accessPass';
import type { AccessReader } from './accessReader';
import { encodeRows, type Rows } from './accessRows';
import { knownRows, type AccessState, type SourceState } from './accessState';
import type { AccessWatch, OpenPass } from './accessWatches';
import type { PassRoom } from './passRoom';
import type { Seen } from './seen';

export interface Round {
	watch: AccessWatch;
	reader: AccessReader;
	room: Pick<PassRoom, 'waitMs' | 'take'>;
	clock: Pick<Clock, 'now' | 'sleep'>;
	kinds: readonly AccessKind[];
	/** In the order of a round. */
	sources: readonly Source[];
	/** Identifies the place of a source in the state. */
	about: (source: Source) => string;
	/** The poll has events of its own, which must not be lost because of a failed request. */
	hasEvents: boolean;
	/** No request is sent after this time of the clock. A wait that would end later is not begun. */
	endsAt: number;
}

export interface RoundResult {
	events: AccessEvent[];
	/** Equal to the state of the start if nothing changed. */
	state: AccessState;
	/** Why the round ended early, although other sources have events. The next poll begins with this source, and fails if it still does. */
	failure?: Error;
}

/** Reads the sources in turn, as far as the room goes. A later round continues where this one ends. */
export async function accessRound(round: Round, start: AccessState): Promise<RoundResult> {
	const { watch, sources } = round;
	const result: RoundResult = { events: [], state: start };
	const first = Math.max(0, sources.indexOf(watch.nextSource ?? sources[0]));
	for (let turn = 0; turn < sources.length; turn++) {
		const index = (first + turn) % sources.length;
		const source = sources[index];
		watch.nextSource = source;
		const state = result.state.sources[source];
		try {
			const seen = await readSource(round, source, state);
			if (!seen) return result;
			applyPass(round, result, source, seen);
		} catch (error) {
			if (result.events.length > 0 || round.hasEvents) return { ...result, failure: asError(error) };
			// The next poll begins with another source, so one that always fails doesn't stop the others.
			watch.nextSource = sources[(index + 1) % sources.length];
			throw asError(error);
		}
		watch.nextSource = sources[(index + 1) % sources.length];
	}
	return result;
}

/** Takes over what a pass found. */
function applyPass({ kinds, about }: Round, result: RoundResult, source: Source, seen: Map<string, Seen>): void {
	const before = result.state.sources[source];
	const known = knownRows(before, about(source));
	const chosen = eventsIn(source, kinds);
	// An event that was chosen since the last comparison has no past.
	const told = known ? chosen.filter((kind) => before?.kinds.includes(kind)) : [];
	const { events, next } = accessEvents(source, known, seen, told);
	result.events.push(...events);
	result.state = withSource(result.state, source, { about: about(source), kinds: chosen, rows: encodeRows(next) });
}

function withSource(state: AccessState, source: Source, next: SourceState): AccessState {
	if (JSON.stringify(state.sources[source]) === JSON.stringify(next)) return state;
	return { ...state, version: state.version + 1, sources: { ...state.sources, [source]: next } };
}

/** Continues the pass of a source, or begins one. Returns undefined if there is no room for its next request now. */
async function readSource(
	round: Round,
	source: Source,
	state: SourceState | undefined,
): Promise<Map<string, Seen> | undefined> {
	const { watch, reader, about } = round;
	const known = knownRows(state, about(source));
	const startedFrom = `${about(source)} ${state?.rows ?? ''}`;
	if (watch.open[source]?.startedFrom !== startedFrom) delete watch.open[source];
	const open = watch.open[source] ?? begin(source, known, startedFrom);
	watch.open[source] = open;
	for (;;) {
		if (open.step.requests > 0 && !(await hasRoom(round))) return undefined;
		// If it fails, the next poll sends it again.
		const answer = await open.step.run(reader);
		open.requests += open.step.requests;
		delete watch.open[source];
		const { done, value } = open.pass.next(answer);
		if (done) {
			watch.requestsOf[source] = open.requests;
			return value;
		}
		open.step = value;
		watch.open[source] = open;
	}
}

function begin(source: Source, known: Rows | undefined, startedFrom: string): OpenPass {
	const pass = accessPass(source, known ?? new Map());
	const { done, value } = pass.next();
	if (done) throw new Error('A pass has at least one request');
	return { pass, step: value, requests: 0, startedFrom };
}

/** Waits for room if it comes in time, and takes it. */
async function hasRoom({ room, clock, endsAt }: Round): Promise<boolean> {
	for (let waitMs = room.waitMs; waitMs > 0; waitMs = room.waitMs) {
		if (clock.now() + waitMs > endsAt) return false;
		await clock.sleep(waitMs);
	}
	if (clock.now() > endsAt) return false;
	room.take();
	return true;
}
