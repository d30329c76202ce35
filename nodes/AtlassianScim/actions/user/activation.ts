import type { IDataObject } from 'n8n-workflow';
import { asItem } from '../../../services/scim/directoryObjects';
import { patchUser } from '../../../services/scim/users';
import { Failure } from '../../../shared/http/failures';
import type { ScimInput } from '../scimOperation';
import { givenEmail, userId } from '../itemUser';

/** Lets a user in or shuts a user out. Doing it twice is no failure. An answer that does not show it is settled by one read. */
export async function setActive(input: ScimInput, active: boolean): Promise<IDataObject> {
	const id = await userId(input);
	const answered = await patchUser(input.api, id, [{ op: 'replace', path: 'active', value: active }]);
	const user = answered.active === active ? answered : await input.api.call('getUser', { userId: id });
	if (user.active !== active) {
		throw new Failure({
			kind: 'answer',
			message: `Atlassian accepted the request, but user ${id} is ${active ? 'still deactivated' : 'not deactivated'}`,
			advice: 'Look at the user in Atlassian Administration',
			body: user,
		});
	}
	return { ...asItem(user), ...givenEmail(input) };
}
