import { Cancelled, Failure, Outdated, asError } from './failures';

/**
 * The error after a write whose answer was lost, if its result could not be read either. The error of the read alone would hide that
 * the write may have been done.
 *
 * @param lost the failure of the write
 * @param look the error of the read. Control flow is returned as it is.
 */
export function uncertainWrite(lost: Failure, look: unknown): Error {
	if (look instanceof Cancelled) return new Cancelled(true);
	if (look instanceof Outdated) return look;
	const { facts } = lost;
	return new Failure({
		...facts,
		kind: facts.kind === 'answer' ? 'answer' : 'lost',
		mayHaveArrived: true,
		advice: [facts.advice, `Its result could not be checked: ${asError(look).message}`].filter(Boolean).join('. '),
	});
}

/** The failure of a later try of a change. An earlier try may have been done, whatever this one shows. */
export function afterLostTry({ facts }: Failure): Failure {
	return new Failure({
		...facts,
		kind: facts.kind === 'notSent' ? 'lost' : facts.kind,
		mayHaveArrived: true,
		advice: `An earlier request may have succeeded. ${
			facts.kind === 'notSent' ? 'Check the result before running it again' : (facts.advice ?? 'Run it again')
		}`,
	});
}
