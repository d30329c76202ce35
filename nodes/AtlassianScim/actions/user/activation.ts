import type { IDataObject } from 'n8n-workflow';
import { asItem } from '../../../services/scim/directoryObjects';
import { patchUser } from '../../../services/scim/users';
import { Failure } from '../../../shared/http/failures';
import type { ScimInput } from '../scimOperation';
import { cleanedEmail, userId } from '../itemUser';

/** Activates or deactivates a user. Repeating it succeeds. If the answer does not show the new state, the user is read once. */
export async function setActive(input: ScimInput, active: boolean): Promise<IDataObject> {
	const id = await userId(input);
	const patched = await patchUser(input.api, id, [{ op: 'replace', path: 'active', value: active }]);
	const user = patched.active === active ? patched : await input.api.call('getUser', { userId: id });
	if (user.active !== active) {
		throw new Failure({
			kind: 'answer',
			message: `Atlassian accepted the request, but user ${id} is ${active ? 'still deactivated' : 'not deactivated'}`,
			advice: 'Check the user in Atlassian Administration',
			body: user,
		});
	}
	return { ...asItem(user), ...cleanedEmail(input) };
}
