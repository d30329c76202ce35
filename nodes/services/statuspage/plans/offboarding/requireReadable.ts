import { Failure, hasStatus, asError } from '../../../../shared/http/failures';

/**
 * Awaits a list that may contain access of a leaver.
 *
 * @throws Failure with the name of the list and the advice if the list cannot be read, because it must not count as empty
 */
export async function requireReadable<T>(what: string, advice: string, read: Promise<T>): Promise<T> {
	try {
		return await read;
	} catch (error) {
		if (!hasStatus(error, 403, 404, 422)) throw asError(error);
		throw unreadable(what, advice, error);
	}
}

function unreadable(what: string, advice: string, { facts, message }: Failure): Failure {
	return new Failure({
		...facts,
		isNotFound: undefined,
		message: `The ${what} could not be read. ${message}`,
		advice,
	});
}
