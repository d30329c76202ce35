import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiRequest, Connection } from './connection';
import { requestFailure, rateLimitFailure, readOnlyFailure } from './requestFailures';
import { Cancelled, GaveUp, Outdated, asError } from './failures';
import { outcomeOfAnswer, outcomeOfThrown, type Outcome, type RawAnswer } from './outcome';
import { nextStep } from './retry';
import { Unit } from './unit';

/** By default, n8n follows redirects, which would send the key to another host, and repeats a request after a 401. */
function optionsOf(connection: Connection, { method, path, query, body, isForm }: ApiRequest): IHttpRequestOptions {
	const { mediaType } = connection;
	const options: IHttpRequestOptions = {
		method,
		url: `${connection.baseUrl}${path}`,
		headers: { Accept: mediaType ? `${mediaType}, application/json` : 'application/json' },
		json: true,
		timeout: connection.timeoutMs,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	if (query) options.qs = query;
	if (body && isForm) {
		options.headers = { ...options.headers, 'Content-Type': 'application/x-www-form-urlencoded' };
		options.body = formOf(body);
	} else if (body && mediaType) {
		options.headers = { ...options.headers, 'Content-Type': mediaType };
		options.body = JSON.stringify(body);
	} else if (body) {
		options.body = body;
	}
	return options;
}

/** Rails' form notation: a list `ids` is `ids[]=1&ids[]=2`. */
function formOf(body: object): string {
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(body)) {
		if (Array.isArray(value)) for (const entry of value) form.append(`${name}[]`, String(entry));
		else form.append(name, String(value));
	}
	return form.toString();
}

async function attempt(connection: Connection, request: ApiRequest): Promise<Outcome> {
	const { clock, window, signal, report } = connection;
	const sentAt = clock.now();
	report.requests++;
	let outcome: Outcome;
	try {
		const raw = (await connection.send(optionsOf(connection, request))) as RawAnswer;
		outcome = outcomeOfAnswer(raw, request.understand, clock.calendar());
	} catch (error) {
		outcome = outcomeOfThrown(error);
	}
	if (outcome.kind === 'rejected') {
		report.rejections++;
		window.rejected(sentAt, outcome.retryAfterMs);
	} else if (outcome.kind === 'noAnswer' && !outcome.mayHaveArrived) {
		window.neverArrived(sentAt);
	} else {
		window.answered(sentAt);
		if (outcome.kind === 'answer') window.isKeyAccepted = outcome.status !== 401;
	}
	if (signal?.aborted) throw new Cancelled();
	return outcome;
}

/** Waits, and notices within a second if the execution was cancelled. */
async function sleep({ clock, signal }: Connection, ms: number): Promise<void> {
	for (let leftMs = ms; leftMs > 0; leftMs -= 1000) {
		if (signal?.aborted) throw new Cancelled();
		await clock.sleep(Math.min(1000, leftMs));
	}
}

/** Waits for slots. Returns the number that was granted. */
async function waitForSlots(
	{ clock, window, executionKey: lane, signal, giveUpAfterMs, report }: Connection,
	turn: { isUrgent: boolean; slots?: number },
): Promise<number> {
	report.waitBegins(clock.now());
	try {
		return await window.takeSlots({ executionKey: lane, giveUpAfterMs, signal, ...turn });
	} finally {
		report.waitEnds(clock.now());
	}
}

function isDependent({ unit, method }: ApiRequest): boolean {
	return unit !== undefined && method !== 'GET';
}

async function waitForSlot(connection: Connection, request: ApiRequest, isRepeat: boolean): Promise<void> {
	const { clock, window } = connection;
	const { unit } = request;
	if (window.pauseLeftMs === 0 && unit?.take()) return;
	if (isDependent(request) && window.pauseLeftMs > 0) throw new Outdated(0);
	const began = clock.now();
	try {
		await waitForSlots(connection, { isUrgent: isRepeat || unit !== undefined });
	} catch (error) {
		throw error instanceof GaveUp ? rateLimitFailure(connection, request) : asError(error);
	}
	unit?.waited(clock.now() - began);
	if (!isDependent(request) || !unit?.mustRestart()) return;
	window.releaseSlots(1);
	throw new Outdated(0);
}

/** For a write of a unit that must not simply be sent again. */
function goBack(unit: Unit, outcome: Outcome, afterMs: number): Outdated {
	if (outcome.kind !== 'rejected') unit.tries++;
	if (outcome.kind === 'broken' || (outcome.kind === 'noAnswer' && outcome.mayHaveArrived)) unit.mayHaveWritten = true;
	return new Outdated(afterMs);
}

/**
 * Runs a unit. It takes its slots together, and starts again if its write was not sent directly after its reads.
 *
 * @param work sends the requests of the unit, reads first
 */
export async function runUnit<T>(connection: Connection, slots: number, work: (unit: Unit) => Promise<T>): Promise<T> {
	const unit = new Unit(slots);
	for (let isRepeat = false; ; isRepeat = true) {
		unit.open(await waitForSlots(connection, { isUrgent: isRepeat, slots }));
		let outdated: Outdated;
		try {
			return await work(unit);
		} catch (error) {
			if (!(error instanceof Outdated)) throw asError(error);
			outdated = error;
		} finally {
			connection.window.releaseSlots(unit.close());
		}
		await outdated.prepare();
		await sleep(connection, outdated.afterMs);
	}
}

/**
 * Sends one request when the window of the key allows it. Repeats it after a rejection, and after a lost answer if this is harmless.
 *
 * @returns the body of a 2xx, as `understand` read it; undefined for a 404 after a DELETE that may have arrived before
 * @throws Failure; Cancelled if the execution is
 */
export async function sendRequest(connection: Connection, request: ApiRequest): Promise<unknown> {
	if (connection.isReadOnly && request.method !== 'GET') throw readOnlyFailure(request);
	let wasRejected = false;
	const { unit } = request;
	for (let tries = isDependent(request) ? (unit?.tries ?? 1) : 1; ; ) {
		await waitForSlot(connection, request, wasRejected);
		const outcome = await attempt(connection, request);
		const step = nextStep({
			outcome,
			tries,
			isRepeatable: request.isRepeatable,
			rejectedForMs: connection.window.rejectedForMs,
			waitBudgetMs: connection.waitBudgetMs,
			windowMs: connection.window.lengthMs,
			random: connection.clock.random(),
		});
		if (outcome.kind === 'answer') {
			if (outcome.status < 400) return outcome.body;
			if (outcome.status === 404 && request.method === 'DELETE' && tries > 1) return undefined;
		}
		if (step.do === 'return' || step.do === 'fail') {
			throw outcome.kind === 'rejected'
				? rateLimitFailure(connection, request, outcome)
				: requestFailure(connection, request, outcome, tries);
		}
		if (step.do === 'repeat') connection.report.repeats++;
		if (unit && isDependent(request)) throw goBack(unit, outcome, step.do === 'repeat' ? step.afterMs : 0);
		wasRejected = step.do === 'pause';
		if (step.do === 'repeat') {
			tries++;
			await sleep(connection, step.afterMs);
			unit?.waited(step.afterMs);
		}
	}
}
