import type { IDataObject } from 'n8n-workflow';
import { createOnce, type Created } from '../../shared/client/createOnce';
import { Failure, hasStatus, asError } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import type { User } from './directoryObjects';
import { findUser } from './users';

/**
 * Creates a user, exactly once: a user name is there only once.
 *
 * @throws Failure; with status 409 and the user who is in the way, where one can be found
 */
export async function createUser(
	api: ScimApi,
	body: IDataObject & { userName: string },
	email: string,
): Promise<Created<User>> {
	const { userName } = body;
	const find = async () => await findUser(api, 'userName', userName);
	try {
		return await createOnce<User>({
			clock: api.connection.clock,
			create: async () => await api.call('createUser', {}, { body, subject: `user "${userName}"` }),
			find,
			createdAt: ({ meta }) => meta?.created,
			taken: (user) => taken(user, `There is a user with the user name "${userName}" already`),
		});
	} catch (error) {
		if (!hasStatus(error, 409)) throw asError(error);
		throw asError(await namedConflict(api, error, find, email));
	}
}

/** Which user is in the way: by the user name, or by the e-mail where that is the user name of somebody else. */
async function namedConflict(
	api: ScimApi,
	conflict: Failure,
	find: () => Promise<User | undefined>,
	email: string,
): Promise<Failure> {
	const other = (await find()) ?? (await findUser(api, 'userName', email));
	return other ? taken(other, conflict.message, conflict) : conflict;
}

function taken({ id, userName, active }: User, message: string, conflict?: Failure): Failure {
	return new Failure({
		kind: 'answer',
		status: 409,
		...conflict?.facts,
		message,
		advice: `It is user ${id} with the user name "${userName}"${active === false ? ', who is deactivated: use Reactivate' : ': use Update'}`,
	});
}
