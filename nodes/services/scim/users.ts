import { findMany } from '../../shared/client/findMany';
import { emailKey, isSameEmail, nameKey } from '../../shared/client/matching';
import { Failure, unlessMissing } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import { equals } from './filter';
import { PAGE_SIZE, type Listing } from './listing';
import { patchBody, type PatchOperation } from './patch';
import { emailOf, type User } from './directoryObjects';

/** What people know a user by. */
export type UserKey = 'email' | 'externalId' | 'userName';

const WORDS: Record<UserKey, string> = { email: 'email', externalId: 'external ID', userName: 'user name' };

/** User names and addresses are compared without case, external IDs with it (RFC 7643, 3.1 and 4.1). */
function keyOf(key: UserKey, value: unknown): string {
	if (key === 'externalId') return String(value ?? '');
	return key === 'email' ? emailKey(value) : nameKey(value);
}

function valueOf(user: User, key: UserKey): string {
	return keyOf(key, key === 'email' ? emailOf(user) : user[key]);
}

async function filtered(api: ScimApi, attribute: 'externalId' | 'userName', value: string): Promise<User[]> {
	return await api.list('listUsers', { query: { filter: equals(attribute, value) } });
}

/** The whole directory, read once per run and pass. */
async function allUsers(api: ScimApi, pass: 1 | 2): Promise<Listing<User>> {
	return await api.cache.read(`all users, pass ${pass}`, async () => await api.listing('listUsers'));
}

/** @throws Failure when the directory did not hold still: a leaver must not count as absent because of that */
function requireSettled({ unsettled }: Listing<User>, email: string): void {
	if (!unsettled) return;
	throw new Failure({
		kind: 'answer',
		message: `The directory changed each time it was read: whether somebody has the email "${email}" is not certain`,
		advice: 'Run it again when the synchronization has ended, or name the user by user name or ID',
	});
}

/**
 * The users with the email in the whole directory. One who was shifted from page to page while it was read can be missed once, so that
 * a directory of several pages is read again before somebody counts as absent.
 */
async function usersByEmail(api: ScimApi, email: string): Promise<User[]> {
	for (const pass of [1, 2] as const) {
		const listing = await allUsers(api, pass);
		const found = listing.rows.filter((user) => isSameEmail(emailOf(user), email));
		if (found.length > 0) return found;
		requireSettled(listing, email);
		if (listing.isOnePiece) break;
	}
	return [];
}

function onlyUser(users: User[], key: UserKey, value: string): User | undefined {
	if (users.length <= 1) return users[0];
	throw new Failure({
		kind: 'invalid',
		message: `${users.length} users of the directory have the ${WORDS[key]} "${value}": ${users.map(({ id }) => id).join(', ')}`,
		advice: 'Use one of these IDs',
	});
}

/** The users whom a filter shows. There is none for emails: most directories use the address as user name, so that this is asked. */
async function filteredUsers(api: ScimApi, key: UserKey, value: string): Promise<User[]> {
	return (await filtered(api, key === 'externalId' ? 'externalId' : 'userName', value)).filter(
		(user) => valueOf(user, key) === keyOf(key, value),
	);
}

/**
 * The user whom a value means, or none. Whoever has another user name than the email is looked for in the whole directory.
 *
 * @throws Failure when it means several, or when nobody can tell
 */
export async function findUser(api: ScimApi, key: UserKey, value: string): Promise<User | undefined> {
	const asked = await filteredUsers(api, key, value);
	return onlyUser(asked.length > 0 || key !== 'email' ? asked : await usersByEmail(api, value), key, value);
}

function noteName(key: UserKey, value: string): string {
	return `user ${key} ${keyOf(key, value)}`;
}

/** @throws Failure when nobody has it, or several do */
export async function userBy(api: ScimApi, key: UserKey, value: string): Promise<User> {
	const [user] = api.cache.get<User | undefined>(noteName(key, value));
	const found = user ?? (await findUser(api, key, value));
	if (found) return found;
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no user with the ${WORDS[key]} "${value}" in the directory${key === 'email' ? '. All users were read' : ''}`,
		advice:
			key === 'userName'
				? 'Check the spelling, or look for the user by email'
				: 'Check the spelling and the Directory ID of the credential',
	});
}

/** Looks up many at once, for items of the same run that will ask for each. */
export async function cacheUsers(api: ScimApi, key: UserKey, values: string[]): Promise<void> {
	for (const [value, user] of await findUsers(api, key, values)) api.cache.set(noteName(key, value), user);
}

/** The users who have these values, by value as `keyOf` gives it. */
export async function findUsers(api: ScimApi, key: UserKey, values: string[]): Promise<Map<string, User>> {
	const reading = new ReadingInPages(api);
	const { rows } = await findMany<User>({
		keys: values.map((value) => keyOf(key, value)),
		keyOf: (user) => valueOf(user, key),
		size: PAGE_SIZE,
		readPage: async (page) => await reading.page(page),
		lookUp: async (value) => await missed(api, reading, key, value),
	});
	return new Map(
		[...rows].flatMap(([value, users]) => {
			const user = onlyUser(users, key, value);
			return user ? [[value, user] as const] : [];
		}),
	);
}

/** A user whom the pages that were read did not show. */
async function missed(api: ScimApi, reading: ReadingInPages, key: UserKey, value: string): Promise<User[]> {
	if (reading.isOnePiece) return [];
	const asked = await filteredUsers(api, key, value);
	if (asked.length > 0 || key !== 'email') return asked;
	if (!reading.isWhole) return await usersByEmail(api, value);
	// What was read counts as the first pass.
	const listing = await allUsers(api, 2);
	const found = listing.rows.filter((user) => isSameEmail(emailOf(user), value));
	if (found.length === 0) requireSettled(listing, value);
	return found;
}

/** The users with these IDs, in this order; without those who are gone. */
export async function usersById(api: ScimApi, ids: string[]): Promise<User[]> {
	const reading = new ReadingInPages(api);
	const { rows } = await findMany<User>({
		keys: ids,
		keyOf: ({ id }) => id,
		size: PAGE_SIZE,
		readPage: async (page) => await reading.page(page),
		lookUp: async (userId) => [await unlessMissing(api.call('getUser', { userId }))].flatMap((user) => user ?? []),
	});
	return ids.flatMap((id) => rows.get(id)?.[0] ?? []);
}

/** The directory page by page, as far as somebody wants to read it. */
class ReadingInPages {
	readonly #seen = new Set<string>();
	readonly #totals = new Set<number>();
	#pages = 0;

	constructor(private readonly api: ScimApi) {}

	async page(page: number): Promise<User[]> {
		const { rows, total } = await this.api.page('listUsers', {
			startIndex: (page - 1) * PAGE_SIZE + 1,
			count: PAGE_SIZE,
		});
		this.#pages++;
		for (const { id } of rows) this.#seen.add(id);
		this.#totals.add(total);
		return rows;
	}

	/** Everybody was shown, and the total stayed the same. */
	get isWhole(): boolean {
		return this.#totals.size === 1 && this.#totals.has(this.#seen.size);
	}

	/** The same with one request: who was not there is not in the directory. */
	get isOnePiece(): boolean {
		return this.#pages === 1 && this.isWhole;
	}
}

/** Changes single attributes; answers with the user as it is afterwards. */
export async function patchUser(api: ScimApi, userId: string, operations: PatchOperation[]): Promise<User> {
	const answer = await api.call('updateUser', { userId }, { body: patchBody(operations) });
	return answer ?? (await api.call('getUser', { userId }));
}
