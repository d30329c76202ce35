import { Failure, hasStatus } from '../http/failures';

/** True for errors of the key, the page or the connection, which requests for other objects would have as well. */
export function concernsAll(error: unknown): boolean {
	return !(error instanceof Failure) || !['answer', 'lost'].includes(error.facts.kind) || hasStatus(error, 401, 403);
}
