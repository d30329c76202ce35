/** Attributes by their names, as JSON holds them. */
export type Attributes = Record<string, unknown>;
/** Attributes of each extension by its URN. */
export type Extensions = Record<string, Attributes>;

export interface Email {
	value: string;
	type?: string;
	primary?: boolean;
}

/** What a client may write, without the extensions that are no standard. */
export interface UserAttributes extends Attributes {
	userName: string;
	emails: Email[];
	active: boolean;
	externalId?: string;
	displayName?: string;
}

export interface DirectoryUser {
	id: string;
	accountId: string;
	attributes: UserAttributes;
	/** Custom attributes, which come under URNs that no standard names. */
	extensions: Extensions;
	groupIds: Set<string>;
	created: string;
	lastModified: string;
}

export interface DirectoryGroup {
	id: string;
	displayName: string;
	externalId?: string;
	/** Atlassian's own groups, which nobody can provision. */
	isDefault: boolean;
	memberIds: Set<string>;
	created: string;
	lastModified: string;
}

/** An Atlassian account, which stays when its user leaves the directory. */
export interface Account {
	id: string;
	active: boolean;
	/** The user of the directory that it is linked to. */
	userId: string | null;
}

export interface Directory {
	id: string;
	users: Map<string, DirectoryUser>;
	/** User IDs by user name in lower case. */
	userNames: Map<string, string>;
	groups: Map<string, DirectoryGroup>;
	/** By e-mail in lower case. */
	accounts: Map<string, Account>;
	/** A new UUID, never the same twice. */
	newId: () => string;
}

export function primaryEmail(emails: Email[]): string {
	return emails.find(({ primary }) => primary === true)?.value ?? '';
}

export function newAccount({ newId }: Directory, active: boolean): Account {
	return { id: `712020:${newId()}`, active, userId: null };
}

/** Adds or replaces a user; the account under its e-mail becomes its own. */
export function putUser(directory: Directory, user: DirectoryUser, account: Account): void {
	const before = directory.users.get(user.id)?.attributes;
	if (before) {
		directory.userNames.delete(before.userName.toLowerCase());
		directory.accounts.delete(primaryEmail(before.emails).toLowerCase());
	}
	const { userName, emails, active } = user.attributes;
	directory.users.set(user.id, user);
	directory.userNames.set(userName.toLowerCase(), user.id);
	directory.accounts.set(primaryEmail(emails).toLowerCase(), Object.assign(account, { active, userId: user.id }));
}

export function setMembers(directory: Directory, group: DirectoryGroup, userIds: Iterable<string>): void {
	for (const id of group.memberIds) directory.users.get(id)?.groupIds.delete(group.id);
	group.memberIds = new Set(userIds);
	for (const id of group.memberIds) directory.users.get(id)?.groupIds.add(group.id);
}
