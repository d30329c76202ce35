import { Cancelled, Failure, asError } from '../http/failures';

/** Tolerance for clock differences and a slow network, before an object counts as older than our request. */
export const CLOCK_TOLERANCE_MS = 60_000;

/** The failure of a create of which a try may have arrived. */
export function uncertainCreate({ facts }: Failure, reason: string): Failure {
	return new Failure({
		...facts,
		kind: facts.kind === 'notSent' ? 'lost' : facts.kind,
		mayHaveArrived: true,
		advice: `It may have been created. ${reason}. Check this before running it again`,
	});
}

/**
 * Looks up an object after the answer to its create was lost.
 *
 * @throws Failure of the create if the look-up fails, because the object may exist; Cancelled
 */
export async function lookUpLost<R>(find: () => Promise<R>, lost: Failure): Promise<R> {
	try {
		return await find();
	} catch (error) {
		if (error instanceof Cancelled) throw asError(new Cancelled(true));
		throw uncertainCreate(lost, `It could not be looked up: ${asError(error).message}`);
	}
}
