import { findMany } from '../../shared/api/findMany';
import { isSame, onlyOne } from '../../shared/api/matching';
import { Failure, unlessMissing } from '../../shared/transport/failures';
import type { ScimApi } from './client';
import { equals } from './filter';
import { PAGE_SIZE, type Listing } from './listing';
import { patchBody, patched, type PatchOperation } from './patch';
import { emailOf, type User } from './rows';

/** What people know a user by. */
export type UserKey = 'email' | 'externalId' | 'userName';

const WORDS: Record<UserKey, string> = { email: 'e-mail', externalId: 'external ID', userName: 'user name' };

/** User names and addresses are compared without case, external IDs with it (RFC 7643, 3.1 and 4.1). */
function has(user: User, key: UserKey, value: string): boolean {
	if (key === 'externalId') return user.externalId === value;
	return isSame(key === 'email' ? emailOf(user) : user.userName, value);
}

async function filtered(api: ScimApi, attribute: 'externalId' | 'userName', value: string): Promise<User[]> {
	return await api.list<User>('listUsers', { query: { filter: equals(attribute, value) } });
}

/** The whole directory, read once a run. */
async function allUsers(api: ScimApi): Promise<Listing<User>> {
	return await api.remember('all users', async () => await api.listing<User>('listUsers'));
}

/**
 * Whoever has the e-mail in the whole directory.
 *
 * @throws Failure when nobody has it and the directory did not hold still: a leaver must not count as absent because of that
 */
async function usersByEmail(api: ScimApi, email: string): Promise<User[]> {
	const { rows, unsettled } = await allUsers(api);
	const found = rows.filter((user) => has(user, 'email', email));
	if (found.length > 0 || !unsettled) return found;
	throw new Failure({
		kind: 'answer',
		message: `The directory changed each time it was read: whether somebody has the e-mail "${email}" is not certain`,
		advice: 'Run it again when the synchronization has ended, or name the user by user name or ID',
	});
}

/**
 * The user whom a value means, or none. There is no filter for e-mails: most directories use the address as user name, so that this is
 * asked first; whoever has another user name is looked for in the whole directory.
 *
 * @throws Failure when it means several, or when nobody can tell
 */
export async function findUser(api: ScimApi, key: UserKey, value: string): Promise<User | undefined> {
	const asked = (await filtered(api, key === 'externalId' ? 'externalId' : 'userName', value)).filter((user) => has(user, key, value));
	const found = asked.length > 0 || key !== 'email' ? asked : await usersByEmail(api, value);
	return found.length === 0 ? undefined : onlyOne(found, () => true, `user with the ${WORDS[key]} "${value}"`);
}

function noteName(key: UserKey, value: string): string {
	return `user ${key} ${key === 'externalId' ? value : value.trim().toLowerCase()}`;
}

/** @throws Failure when nobody has it, or several do */
export async function userBy(api: ScimApi, key: UserKey, value: string): Promise<User> {
	const [user] = api.noted<User | undefined>(noteName(key, value));
	const found = user ?? (await findUser(api, key, value));
	if (found) return found;
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no user with the ${WORDS[key]} "${value}" in the directory`,
		advice: key === 'userName' ? "Check the spelling, or look for the user by e-mail" : 'Check the spelling and the Directory ID of the credential',
	});
}

/** Looks up many at once, for items of the same run that will ask for each. */
export async function noteUsers(api: ScimApi, key: UserKey, values: string[]): Promise<void> {
	for (const [value, user] of await findUsers(api, key, values)) api.note(noteName(key, value), user);
}

/** The users who have these values, by value; addresses and user names in lower case. */
export async function findUsers(api: ScimApi, key: UserKey, values: string[]): Promise<Map<string, User>> {
	const asKey = (value: unknown) => (key === 'externalId' ? String(value ?? '') : String(value ?? '').trim().toLowerCase());
	const reading = new ReadingInPages(api);
	return await findMany<User>({
		keys: values.map(asKey),
		keyOf: (user) => asKey(key === 'email' ? emailOf(user) : user[key]),
		size: PAGE_SIZE,
		readPage: async (page) => await reading.page(page),
		ask: async (value) => (reading.isWhole ? undefined : await findUser(api, key, value)),
	});
}

/** The users with these IDs, in this order; without those who are gone. */
export async function usersById(api: ScimApi, ids: string[]): Promise<User[]> {
	const reading = new ReadingInPages(api);
	const found = await findMany<User>({
		keys: ids,
		keyOf: ({ id }) => id,
		size: PAGE_SIZE,
		readPage: async (page) => await reading.page(page),
		ask: async (userId) => await unlessMissing(api.call<'getUser', User>('getUser', { userId })),
	});
	return ids.flatMap((id) => found.get(id) ?? []);
}

/** The directory page by page, as far as somebody wants to read it. */
class ReadingInPages {
	readonly #seen = new Set<string>();
	readonly #totals = new Set<number>();

	constructor(private readonly api: ScimApi) {}

	async page(page: number): Promise<User[]> {
		const { rows, total } = await this.api.page<User>('listUsers', { startIndex: (page - 1) * PAGE_SIZE + 1, count: PAGE_SIZE });
		for (const { id } of rows) this.#seen.add(id);
		this.#totals.add(total);
		return rows;
	}

	/** Everybody was shown, and nothing moved meanwhile: who was not there is not in the directory. */
	get isWhole(): boolean {
		return this.#totals.size === 1 && this.#totals.has(this.#seen.size);
	}
}

/** Changes single attributes; answers with the user as it is afterwards. */
export async function patchUser(api: ScimApi, userId: string, operations: PatchOperation[]): Promise<User> {
	const answer = await api.call('updateUser', { userId }, { body: patchBody(operations) });
	return await patched(answer, async () => await api.call<'getUser', User>('getUser', { userId }));
}
