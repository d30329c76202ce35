import type SCIMMY from 'scimmy';
import { knownUser, type Call } from './call.mts';
import {
	newAccount,
	primaryEmail,
	putUser,
	type Account,
	type Attributes,
	type Directory,
	type DirectoryUser,
	type Extensions,
	type UserAttributes,
} from './directory.mts';
import { badRequest, conflict } from './errors.mts';

/** Returns the attributes from which scimmy creates the response. */
export function userData(
	{ directory, url }: Call,
	{ id, attributes, groupIds, created, lastModified }: DirectoryUser,
): Attributes {
	const groups = [...groupIds].map((value) => ({
		value,
		display: directory.groups.get(value)?.displayName,
		type: 'direct',
	}));
	return { ...attributes, id, groups, meta: { created, lastModified, location: `${url}/Users/${id}` } };
}

/** Returns the attributes to store for a user that scimmy parsed. Empty values are dropped. */
export function attributesOf(instance: SCIMMY.Schemas.User): UserAttributes {
	const { schemas: _, meta: __, ...attributes } = JSON.parse(JSON.stringify(instance)) as UserAttributes;
	const filled = Object.entries(attributes).filter(
		([, value]) => typeof value !== 'object' || value === null || Object.keys(value).length > 0,
	);
	return { active: true, ...Object.fromEntries(filled) } as UserAttributes;
}

/** Requires exactly one primary email. RFC 7644 lets a PATCH move the primary flag, but it isn't documented whether the service does. */
function requireValid({ userName, emails }: UserAttributes): void {
	if (userName.trim() === '') throw badRequest('invalidValue', "Required attribute 'userName' is empty");
	if (emails === undefined) throw badRequest('invalidValue', "Required attribute 'emails' is missing");
	if (emails.filter(({ primary }) => primary === true).length !== 1 || !primaryEmail(emails)) {
		throw badRequest('invalidValue', "Attribute 'emails' must have exactly one primary value");
	}
}

/**
 * Returns the account for a user. A new user is linked to an existing account with the same email. When the email of a user changes, the
 * account stays linked. The real service may unlink it, but it isn't documented when.
 */
function accountFor(
	directory: Directory,
	before: DirectoryUser | undefined,
	{ userName, emails, active }: UserAttributes,
): Account {
	const email = primaryEmail(emails);
	const found = directory.accounts.get(email.toLowerCase());
	const own = before && directory.accounts.get(primaryEmail(before.attributes.emails).toLowerCase());
	if (found && (before ? found !== own : found.userId !== null)) throw conflict('USER', 'email', email);
	const existingId = directory.userNames.get(userName.toLowerCase());
	if (existingId !== undefined && existingId !== before?.id) throw conflict('USER', 'userName', userName);
	return found ?? own ?? newAccount(directory, active);
}

/** @param id ID of the user to replace, or `undefined` for a new one */
export function saveUser(
	call: Call,
	id: string | undefined,
	attributes: UserAttributes,
	extensions: Extensions,
): DirectoryUser {
	const { directory } = call;
	const before = id === undefined ? undefined : knownUser(call, id);
	requireValid(attributes);
	const account = accountFor(directory, before, attributes);
	const now = new Date().toISOString();
	const user: DirectoryUser = {
		id: before?.id ?? directory.newId(),
		accountId: account.id,
		attributes,
		extensions,
		groupIds: before?.groupIds ?? new Set(),
		created: before?.created ?? now,
		lastModified: now,
	};
	putUser(directory, user, account);
	return user;
}

/** Deletes a user. The account is kept, but unlinked and deactivated. */
export function removeUser({ directory }: Call, { id, attributes, groupIds }: DirectoryUser): void {
	const account = directory.accounts.get(primaryEmail(attributes.emails).toLowerCase());
	if (account) Object.assign(account, { active: false, userId: null });
	for (const groupId of groupIds) directory.groups.get(groupId)?.memberIds.delete(id);
	directory.userNames.delete(attributes.userName.toLowerCase());
	directory.users.delete(id);
}
