import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/transport/failures';
import { asItem } from '../../api/rows';
import { patchUser } from '../../api/users';
import { userId } from '../fields/user';
import type { Input } from '../operation';

/** Lets a user in or shuts a user out. Doing it twice is no failure; an answer that does not show it is one. */
export async function setActive(input: Input, active: boolean): Promise<IDataObject> {
	const id = await userId(input);
	const user = await patchUser(input.api, id, [{ op: 'replace', path: 'active', value: active }]);
	if (user.active !== active) {
		throw new Failure({
			kind: 'answer',
			message: `Atlassian answered as if all went well, but user ${id} is ${active ? 'still deactivated' : 'not deactivated'}`,
			advice: 'Look at the user in Atlassian Administration',
			body: user,
		});
	}
	return asItem(user);
}
