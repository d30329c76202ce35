import { Cancelled } from './failures';
import type { ApiRequest, Connection } from './connection';
import { isUnanswered, isUncertain, outcomeOfAnswer, outcomeOfThrown, type Outcome, type RawAnswer } from './outcome';
import { redact } from './redact';
import { requestEnd } from './requestEnd';
import { requestOptions } from './requestOptions';

/**
 * The outcome without the secrets of the request in the body of an error or in the target of a redirect. The body of a success stays as it
 * is. Messages are made from this outcome, so a message that is cut does not end with a part of a secret.
 */
function withoutSecrets(outcome: Outcome, { secrets = [] }: ApiRequest): Outcome {
	// A secret can be part of a longer one.
	const ordered = [...secrets].sort((a, b) => b.length - a.length);
	const clean = <T>(value: T) => ordered.reduce((shown, secret) => redact(shown, secret), value);
	if (outcome.kind === 'redirect') return { ...outcome, target: clean(outcome.target) };
	if (!('body' in outcome) || (outcome.kind === 'answer' && outcome.status < 400)) return outcome;
	return { ...outcome, body: clean(outcome.body) };
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
	const end = requestEnd(connection);
	try {
		const answer = connection.send(requestOptions(connection, request, end.signal));
		const raw = (await Promise.race([answer, end.reached])) as RawAnswer;
		outcome = withoutSecrets(outcomeOfAnswer(raw, request.understand, clock.calendar()), request);
	} catch (error) {
		outcome = outcomeOfThrown(error);
	} finally {
		end.prevent();
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
