import { Cancelled, asError } from './failures';
import type { ApiRequest, Connection } from './connection';
import { onAbort } from './onAbort';
import { isUnanswered, isUncertain, outcomeOfAnswer, outcomeOfThrown, type Outcome, type RawAnswer } from './outcome';
import { requestOptions } from './requestOptions';

/** Sends the request, and ends at the time limit even if the answer arrives byte by byte. */
async function sendInTime(connection: Connection, request: ApiRequest): Promise<RawAnswer> {
	const { clock, signal, timeoutMs } = connection;
	const controller = new AbortController();
	return await new Promise<RawAnswer>((resolve, reject) => {
		const end = (reason: Error) => {
			reject(reason);
			controller.abort();
		};
		const stops = [
			onAbort(signal, () => end(new Cancelled())),
			clock.after(timeoutMs, () => end(Object.assign(new Error('Too slow'), { code: 'ETIMEDOUT' }))),
		];
		const settle = () => stops.forEach((stop) => stop());
		connection.send(requestOptions(connection, request, controller.signal)).then(
			(answer) => {
				settle();
				resolve(answer as RawAnswer);
			},
			(error: unknown) => {
				settle();
				reject(asError(error));
			},
		);
	});
}

/**
 * Sends a request once, and tells the window of the key what came of it.
 *
 * @throws Cancelled if the execution is
 */
export async function attempt(connection: Connection, request: ApiRequest): Promise<Outcome> {
	const { clock, window, signal, report } = connection;
	const isWrite = request.method !== 'GET';
	const sentAt = clock.now();
	report.requests++;
	let outcome: Outcome;
	try {
		const raw = await sendInTime(connection, request);
		outcome = outcomeOfAnswer(raw, request.understand, clock.calendar());
	} catch (error) {
		outcome = outcomeOfThrown(error);
	}
	if (outcome.kind === 'rejected') {
		report.rejections++;
		report.answers++;
		window.rejected(sentAt, outcome.retryAfterMs, outcome);
	} else if ((outcome.kind === 'broken' || outcome.kind === 'noAnswer') && isUnanswered(outcome)) {
		const suspect = isWrite && outcome.kind === 'broken' ? request : undefined;
		window.unanswered(sentAt, outcome, { isHostKnown: report.answers > 0, suspect });
	} else if (outcome.kind === 'noAnswer') {
		window.ended(sentAt, outcome.mayHaveArrived);
	} else {
		report.answers++;
		window.answered(sentAt);
		if (outcome.kind === 'answer') window.isKeyAccepted = outcome.status !== 401;
	}
	if (signal?.aborted) throw new Cancelled(isWrite && (outcome.kind === 'answer' || isUncertain(outcome)));
	return outcome;
}
