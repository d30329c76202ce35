import { endedWith, type SharedWork } from '../../../shared/actions/together';
import { checkedEmail } from '../../../shared/actions/input';
import { emailsIn, idsIn, meant, requireAll, shareOut, type AskedFor, type Change } from '../../../shared/api/changes';
import type { ScimApi } from '../../api/client';
import { changeMembers as change } from '../../api/members';
import { parameterName } from '../../api/parameterNames';
import { findUsers } from '../../api/users';
import { groupId } from '../fields/group';
import type { Input } from '../operation';

/** Why an e-mail that nobody has could not be done. */
const UNKNOWN_USER = 'nobody in the directory has this e-mail';

async function users(api: ScimApi, lists: string[][]): Promise<AskedFor[][]> {
	const found = await findUsers(api, 'email', emailsIn(lists));
	return meant(lists, (email) => found.get(email)?.id);
}

/** Add Members and Remove Members: one read a group, and one request for a hundred members, however many items ask for them. */
export function changeMembers(direction: Change): SharedWork<Input, string, string[]> {
	return {
		async ask(input) {
			const wish = input.requiredIds('userIds');
			for (const entry of wish) if (entry.includes('@')) checkedEmail(parameterName('userIds'), entry);
			const group = await groupId(input);
			return { key: group, target: group, wish };
		},
		async work({ api }, group, lists) {
			const wishes = await users(api, lists);
			const result = await change(api, group, idsIn(wishes), direction);
			return shareOut(result, wishes, UNKNOWN_USER).map((part) =>
				endedWith(() => {
					requireAll(part, direction, `group ${group}`);
					const { done, unchanged } = part;
					return { groupId: group, ...(direction === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged }) };
				}),
			);
		},
	};
}
