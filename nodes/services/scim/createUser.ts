import type { IDataObject } from 'n8n-workflow';
import { createOnce, type Created } from '../../shared/client/createOnce';
import { Failure, hasStatus, asError } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import type { User } from './directoryObjects';
import { findUser } from './users';

/**
 * Creates a user exactly once. User names are unique, so a lost answer is settled by looking up the name.
 *
 * @throws Failure; a 409 names the existing user if that user can be found
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
			connection: api.connection,
			create: async () => await api.call('createUser', {}, { body, subject: `user "${userName}"` }),
			find,
			createdAt: ({ meta }) => meta?.created,
			taken: (user) => taken(user, `A user with the user name "${userName}" already exists`),
		});
	} catch (error) {
		if (!hasStatus(error, 409)) throw asError(error);
		throw asError(await namedConflict(api, error, find, email));
	}
}

/** Adds the existing user to a 409. The user is found by the user name, or by the email if another user has it as user name. */
async function namedConflict(
	api: ScimApi,
	conflict: Failure,
	find: () => Promise<User | undefined>,
	email: string,
): Promise<Failure> {
	const existing = (await find()) ?? (await findUser(api, 'userName', email));
	return existing ? taken(existing, conflict.message, conflict) : conflict;
}

function taken({ id, userName, active }: User, message: string, conflict?: Failure): Failure {
	return new Failure({
		kind: 'answer',
		status: 409,
		...conflict?.facts,
		message,
		advice: `The existing user is ${id} with the user name "${userName}"${active === false ? ". This user is deactivated. Use 'Reactivate'" : ". Use 'Update'"}`,
	});
}
