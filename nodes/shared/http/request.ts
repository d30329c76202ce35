import { attempt } from './attempt';
import { cancellableSleep } from './cancellableSleep';
import type { ApiRequest, Connection } from './connection';
import { Cancelled, GaveUp, NoTimeLeft, Outdated, asError } from './failures';
import { isUncertain, type Outcome } from './outcome';
import { readOnlyFailure, requestFailure } from './requestFailures';
import { nextStep } from './retry';
import { Unit } from './unit';
import { uncertainWrite } from './uncertainWrite';
import { noSlotFailure, noTimeLeftFailure } from './waitFailures';

interface Turn {
	isUrgent: boolean;
	slots?: number;
	/** The request that waits, for messages. For a unit, its last write. */
	request?: ApiRequest;
	/** An earlier try of the request may have arrived. */
	mayHaveArrived: boolean;
}

/**
 * Waits for slots. Returns the number that was granted.
 *
 * @throws Failure if the wait takes too long; Cancelled
 */
async function waitForSlots(connection: Connection, turn: Turn): Promise<number> {
	const { clock, window, executionKey, signal, giveUpAfterMs, waitBudgetMs, report } = connection;
	const { isUrgent, slots, request, mayHaveArrived } = turn;
	const now = clock.now();
	report.beganAt ??= now;
	report.waitBegins(now);
	const budget = { ms: waitBudgetMs, beganAt: report.beganAt };
	try {
		return await window.takeSlots({ executionKey, isUrgent, slots, giveUpAfterMs, budget, signal });
	} catch (error) {
		if (error instanceof Cancelled && mayHaveArrived) throw asError(new Cancelled(true));
		if (error instanceof NoTimeLeft) throw noTimeLeftFailure(connection, request, mayHaveArrived);
		throw error instanceof GaveUp ? noSlotFailure(connection, request, mayHaveArrived) : asError(error);
	} finally {
		report.waitEnds(clock.now());
	}
}

type UnitRequest = ApiRequest & { unit: Unit };

function isDependent(request: ApiRequest): request is UnitRequest {
	return request.unit !== undefined && request.method !== 'GET';
}

async function waitForSlot(
	connection: Connection,
	request: ApiRequest,
	{ wasRejected, mayHaveArrived }: { wasRejected: boolean; mayHaveArrived: boolean },
): Promise<void> {
	const { clock, window } = connection;
	const { unit } = request;
	if (unit) {
		const mayContinue = window.availability.mayContinue(unit.stops);
		if (mayContinue && unit.take()) return;
		if (isDependent(request) && !mayContinue) throw new Outdated(0);
	}
	const began = clock.now();
	// In an outage, the requests take turns as probes. One that always fails would keep the others waiting.
	const isUrgent = (wasRejected || unit !== undefined) && !window.availability.isAway;
	await waitForSlots(connection, { isUrgent, request, mayHaveArrived });
	unit?.waited(clock.now() - began);
	if (!isDependent(request) || !unit?.mustRestart()) return;
	window.releaseSlots(1);
	throw new Outdated(0);
}

/** For a write of a unit that must not simply be sent again. */
function goBack(connection: Connection, request: UnitRequest, outcome: Outcome, afterMs?: number): Outdated {
	const { unit } = request;
	if (isUncertain(outcome))
		unit.lost = requestFailure(connection, request, outcome, { tries: unit.tries, mayHaveArrived: true });
	if (afterMs !== undefined) unit.tries++;
	return new Outdated(afterMs ?? 0);
}

/** The error of a round that ended with its reads. It must not hide an earlier write that may have been done. */
function afterRead({ lost }: Unit, error: unknown): Error {
	return lost ? uncertainWrite(lost, error) : asError(error);
}

/**
 * Runs a unit. It takes its slots together, and starts again if its write was not sent directly after its reads.
 *
 * @param work sends the requests of the unit, reads first
 */
export async function runUnit<T>(connection: Connection, slots: number, work: (unit: Unit) => Promise<T>): Promise<T> {
	const { window } = connection;
	const unit = new Unit(slots);
	for (let isRepeat = false; ; isRepeat = true) {
		const { mayHaveWritten: mayHaveArrived, write: request } = unit;
		const granted = await waitForSlots(connection, {
			isUrgent: isRepeat && !window.availability.isAway,
			slots,
			request,
			mayHaveArrived,
		});
		unit.open(granted, window.availability.stops);
		let outdated: Outdated;
		try {
			return await work(unit);
		} catch (error) {
			if (!(error instanceof Outdated)) throw unit.hasWritten ? asError(error) : afterRead(unit, error);
			outdated = error;
		} finally {
			window.releaseSlots(unit.close());
		}
		try {
			await outdated.prepare();
		} catch (error) {
			throw afterRead(unit, error);
		}
		await cancellableSleep(connection, outdated.afterMs, unit.mayHaveWritten);
	}
}

/**
 * Sends one request when the window of the key allows it. Repeats it after a rejection, and after a lost answer if this is harmless.
 * Waits while the service is away.
 *
 * @returns the body of a 2xx, as `understand` read it; undefined for a 404 after a DELETE that may have arrived before
 * @throws Failure; Cancelled if the execution is
 */
export async function sendRequest(connection: Connection, request: ApiRequest): Promise<unknown> {
	if (connection.isReadOnly && request.method !== 'GET') throw readOnlyFailure(request);
	const { clock, report, waitBudgetMs, window } = connection;
	const { unit, isRepeatable } = request;
	let wasRejected = false;
	let tries = 1;
	let mayHaveArrived = false;
	if (isDependent(request)) {
		({ tries, mayHaveWritten: mayHaveArrived } = request.unit);
		request.unit.write = request;
		request.unit.hasWritten = true;
	}
	for (;;) {
		await waitForSlot(connection, request, { wasRejected, mayHaveArrived });
		const outcome = await attempt(connection, request);
		if (outcome.kind === 'answer') {
			if (outcome.status < 400) return outcome.body;
			if (outcome.status === 404 && request.method === 'DELETE' && mayHaveArrived) return undefined;
		}
		mayHaveArrived ||= isUncertain(outcome);
		// Before the first answer of the run, its base URL may be wrong.
		const isAway = window.availability.isAway && report.answers > 0;
		const step = nextStep({ outcome, tries, isRepeatable, isAway, waitBudgetMs, random: clock.random() });
		if (outcome.kind !== 'rejected' && (step.do === 'return' || step.do === 'fail'))
			throw requestFailure(connection, request, outcome, { tries, mayHaveArrived });
		if (outcome.kind !== 'rejected') report.repeats++;
		const afterMs = step.do === 'repeat' ? step.afterMs : undefined;
		if (isDependent(request)) throw goBack(connection, request, outcome, afterMs);
		wasRejected = outcome.kind === 'rejected';
		if (afterMs === undefined) continue;
		tries++;
		await cancellableSleep(connection, afterMs, mayHaveArrived);
		unit?.waited(afterMs);
	}
}
