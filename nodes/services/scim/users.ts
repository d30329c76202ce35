import { findInParts, KnownPages } from '../../shared/client/findInParts';
import { findMany, type Search } from '../../shared/client/findMany';
import { emailKey, isSameEmail, nameKey } from '../../shared/client/matching';
import { Failure, unlessMissing } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import { equals } from './filter';
import { PAGE_SIZE, type Listing } from './listing';
import { patchBody, type PatchOperation } from './patch';
import { emailOf, type User } from './directoryObjects';

/** Attributes that identify a user, besides the ID. */
export type UserKey = 'email' | 'externalId' | 'userName';

const LABELS: Record<UserKey, string> = { email: 'email', externalId: 'external ID', userName: 'user name' };

/** The form in which values are compared. User names and emails are not case-sensitive, external IDs are (RFC 7643, 3.1 and 4.1). */
function matchKey(key: UserKey, value: unknown): string {
	if (key === 'externalId') return String(value ?? '');
	return key === 'email' ? emailKey(value) : nameKey(value);
}

function valueOf(user: User, key: UserKey): string {
	return matchKey(key, key === 'email' ? emailOf(user) : user[key]);
}

async function listFiltered(api: ScimApi, attribute: 'externalId' | 'userName', value: string): Promise<User[]> {
	return await api.list('listUsers', { query: { filter: equals(attribute, value) } });
}

/** All users, read once per run and pass. */
async function allUsers(api: ScimApi, pass: 1 | 2): Promise<Listing<User>> {
	return await api.cache.read(`all users, pass ${pass}`, async () => await api.listing('listUsers'));
}

/** @throws Failure if the directory changed while it was read, because a user who was missed must not count as absent */
function requireSettled({ unsettled }: Listing<User>, email: string): void {
	if (!unsettled) return;
	throw new Failure({
		kind: 'answer',
		message: `The directory changed each time it was read, so it is not certain whether a user has the email "${email}"`,
		advice: 'Run it again after the synchronization has finished, or enter the user name or ID',
	});
}

/**
 * The users with this email, from all users in the directory. A user who moves to another page while the pages are read can be missed,
 * so a directory with several pages is read twice before the result is empty.
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
		message: `${users.length} users in the directory have the ${LABELS[key]} "${value}": ${users.map(({ id }) => id).join(', ')}`,
		advice: 'Use one of these IDs',
	});
}

/** The users that match a filter. There is no filter for emails, so they are searched as user names, which they are in most directories. */
async function filteredUsers(api: ScimApi, key: UserKey, value: string): Promise<User[]> {
	return (await listFiltered(api, key === 'externalId' ? 'externalId' : 'userName', value)).filter(
		(user) => valueOf(user, key) === matchKey(key, value),
	);
}

/**
 * The user with this value, or undefined. If no user has the email as user name, all users are read.
 *
 * @throws Failure if several users have the value, or if the directory kept changing
 */
export async function findUser(api: ScimApi, key: UserKey, value: string): Promise<User | undefined> {
	const filtered = await filteredUsers(api, key, value);
	return onlyUser(filtered.length > 0 || key !== 'email' ? filtered : await usersByEmail(api, value), key, value);
}

function cacheKey(key: UserKey, value: string): string {
	return `user ${key} ${matchKey(key, value)}`;
}

/** @throws Failure if no user or several users have the value */
export async function userBy(api: ScimApi, key: UserKey, value: string): Promise<User> {
	const [user] = api.cache.get<User | undefined>(cacheKey(key, value));
	const found = user ?? (await findUser(api, key, value));
	if (found) return found;
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no user with the ${LABELS[key]} "${value}" in the directory${key === 'email' ? '. All users were searched' : ''}`,
		advice:
			key === 'userName'
				? 'Check the spelling, or search by email instead'
				: 'Check the spelling and the Directory ID of the credential',
	});
}

/** The pages of the directory that were read for the items of a run. */
interface ItemPages {
	known: KnownPages<User>;
	reader: DirectoryReader;
}

/** How the directory is searched for many users. */
function searchIn(api: ScimApi, reader: DirectoryReader) {
	return {
		size: PAGE_SIZE,
		readPage: async (page: number) => await api.reads.run(async () => await reader.page(page)),
		pages: () => reader.pages,
		sideBySide: api.sideBySide,
	};
}

/**
 * Looks up many users together and caches them for `userBy` in the same run. A long run calls it several times, and each page of the
 * directory is only read once.
 */
export async function cacheUsers(api: ScimApi, key: UserKey, values: string[]): Promise<void> {
	const { known, reader } = await api.cache.read<ItemPages>('list pages', async () => ({
		known: new KnownPages(PAGE_SIZE),
		reader: new DirectoryReader(api),
	}));
	const unknown = values.filter((value) => api.cache.get(cacheKey(key, value)).length === 0);
	const { rows } = await findInParts(known, searchFor(api, reader, key, unknown));
	// The item of a value that several users have reports it.
	for (const [value, users] of rows) if (users.length === 1) api.cache.set(cacheKey(key, value), users[0]);
}

function searchFor(api: ScimApi, reader: DirectoryReader, key: UserKey, values: string[]): Search<User> {
	return {
		...searchIn(api, reader),
		keys: values.map((value) => matchKey(key, value)),
		keyOf: (user) => valueOf(user, key),
		lookUp: async (value) => await findMissed(api, reader, key, value),
		confirmsMissing: true,
		absenceNeedsList: key === 'email',
	};
}

/** The users who have these values, by value as `matchKey` returns it. */
export async function findUsers(api: ScimApi, key: UserKey, values: string[]): Promise<Map<string, User>> {
	const { rows } = await findMany(searchFor(api, new DirectoryReader(api), key, values));
	return new Map(
		[...rows].flatMap(([value, users]) => {
			const user = onlyUser(users, key, value);
			return user ? [[value, user] as const] : [];
		}),
	);
}

/** Searches for a value that the pages read so far do not contain. */
async function findMissed(api: ScimApi, reader: DirectoryReader, key: UserKey, value: string): Promise<User[]> {
	if (reader.isSinglePage) return [];
	const filtered = await filteredUsers(api, key, value);
	if (filtered.length > 0 || key !== 'email') return filtered;
	if (!reader.isComplete) return await usersByEmail(api, value);
	// The pages read so far count as the first pass.
	const listing = await allUsers(api, 2);
	const found = listing.rows.filter((user) => isSameEmail(emailOf(user), value));
	if (found.length === 0) requireSettled(listing, value);
	return found;
}

/** The users with these IDs, in the same order. IDs of deleted users are left out. */
export async function usersById(api: ScimApi, ids: string[]): Promise<User[]> {
	const reader = new DirectoryReader(api);
	const { rows } = await findMany<User>({
		...searchIn(api, reader),
		keys: ids,
		keyOf: ({ id }) => id,
		lookUp: async (userId) => {
			const user = await api.reads.run(async () => await unlessMissing(api.call('getUser', { userId })));
			return user ? [user] : [];
		},
		confirmsMissing: true,
		absenceNeedsList: false,
	});
	return ids.flatMap((id) => rows.get(id)?.[0] ?? []);
}

/** Reads the directory page by page and tracks whether all users were read. */
class DirectoryReader {
	readonly #seen = new Set<string>();
	readonly #totals = new Set<number>();
	#requests = 0;
	/** The number of pages, if the service has named the number of users. */
	pages: number | undefined;

	constructor(private readonly api: ScimApi) {}

	async page(page: number): Promise<User[]> {
		const { rows, total } = await this.api.page('listUsers', {
			startIndex: (page - 1) * PAGE_SIZE + 1,
			count: PAGE_SIZE,
		});
		this.#requests++;
		for (const { id } of rows) this.#seen.add(id);
		this.#totals.add(total);
		if (total !== Infinity) this.pages = Math.ceil(total / PAGE_SIZE);
		return rows;
	}

	/** True if the pages contain all users and the total did not change. */
	get isComplete(): boolean {
		return this.#totals.size === 1 && this.#totals.has(this.#seen.size);
	}

	/** True if a single request returned all users. No user can be missed then. */
	get isSinglePage(): boolean {
		return this.#requests === 1 && this.isComplete;
	}
}

/** Changes single attributes. Returns the user after the change. */
export async function patchUser(api: ScimApi, userId: string, operations: PatchOperation[]): Promise<User> {
	const updated = await api.call('updateUser', { userId }, { body: patchBody(operations) });
	return updated ?? (await api.call('getUser', { userId }));
}
