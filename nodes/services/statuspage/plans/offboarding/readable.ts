import { Failure, hasStatus, asError } from '../../../../shared/http/failures';

/**
 * The rows of a list that decides what a leaver has.
 *
 * @throws Failure that names what cannot be read, and the way out: a list that may not be read never counts as an empty one
 */
export async function readable<T>(what: string, advice: string, read: Promise<T>): Promise<T> {
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
		message: `The plan cannot read the ${what}. ${message}`,
		advice,
	});
}
