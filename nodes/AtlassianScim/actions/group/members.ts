import type { ScimApi } from '../../../services/scim/client';
import { changeMembers as change } from '../../../services/scim/members';
import { findUsers } from '../../../services/scim/users';
import { idsIn, requireAll, shareOut, type AskedFor, type Change } from '../../../shared/client/changes';
import { emailKey } from '../../../shared/client/matching';
import type { Person } from '../../../shared/operations/entryList';
import { cleanedIn, emailsIn, meantBy } from '../../../shared/operations/people';
import { endedWith, type SharedWork } from '../../../shared/operations/together';
import { groupId } from '../groupField';
import type { Input } from '../operation';

/** Why an email that nobody has could not be done. */
const UNKNOWN_USER = 'no user of the directory has this email';

async function users(api: ScimApi, lists: Person[][]): Promise<AskedFor[][]> {
	const found = await findUsers(api, 'email', emailsIn(lists));
	return meantBy(lists, (email) => found.get(emailKey(email))?.id);
}

/** Add Members and Remove Members: one read a group, and one request for a hundred members, however many items ask for them. */
export function changeMembers(direction: Change): SharedWork<Input, string, Person[]> {
	return {
		async ask(input) {
			const wish = input.values.people('userIds');
			const group = await groupId(input);
			return { key: group, target: group, wish };
		},
		async work({ api }, group, lists) {
			const wishes = await users(api, lists);
			const result = await change(api, group, idsIn(wishes), direction);
			return shareOut(result, wishes, UNKNOWN_USER).map((part, index) =>
				endedWith(() => {
					requireAll(part, direction, `group ${group}`);
					const { done, unchanged } = part;
					const changed =
						direction === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged };
					return { groupId: group, ...changed, ...cleanedIn(lists[index]) };
				}),
			);
		},
	};
}
