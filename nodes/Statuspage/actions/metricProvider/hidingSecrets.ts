import { asError, Failure } from '../../../shared/http/failures';
import { redact } from '../../../shared/http/redact';

/**
 * Runs work whose request contains secrets. A service or a proxy can quote the request in an error.
 *
 * @throws the same error without the secrets
 */
export async function hidingSecrets<T>(secrets: readonly string[], work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		const { message, advice, body, ...facts } = error.facts;
		// A secret can be part of a longer one.
		const ordered = [...secrets].sort((a, b) => b.length - a.length);
		const texts = ordered.reduce((shown, secret) => redact(shown, secret), [message, advice, body]);
		throw asError(
			new Failure({ ...facts, message: String(texts[0]), advice: advice && String(texts[1]), body: texts[2] }),
		);
	}
}
