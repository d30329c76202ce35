/** JSON values by attribute name. */
export type Attributes = Record<string, unknown>;
/** Attributes of extensions by URN. */
export type Extensions = Record<string, Attributes>;

export interface Email {
	value: string;
	type?: string;
	primary?: boolean;
}

/** Attributes that a client can write, without custom extensions. */
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
	/** Custom extensions, whose URNs are not part of the standard. */
	extensions: Extensions;
	groupIds: Set<string>;
	created: string;
	lastModified: string;
}

export interface DirectoryGroup {
	id: string;
	displayName: string;
	externalId?: string;
	/** Whether this is a group of Atlassian, which can't be provisioned. */
	isDefault: boolean;
	memberIds: Set<string>;
	created: string;
	lastModified: string;
}

/** An Atlassian account. It is kept when its user is deleted from the directory. */
export interface Account {
	id: string;
	active: boolean;
	/** The linked directory user. */
	userId: string | null;
}

export interface Directory {
	id: string;
	users: Map<string, DirectoryUser>;
	/** User IDs by lowercase user name. */
	userNames: Map<string, string>;
	groups: Map<string, DirectoryGroup>;
	/** Accounts by lowercase email. */
	accounts: Map<string, Account>;
	/** Returns a new, unique UUID. */
	newId: () => string;
}

export function primaryEmail(emails: Email[]): string {
	return emails.find(({ primary }) => primary === true)?.value ?? '';
}

export function newAccount({ newId }: Directory, active: boolean): Account {
	return { id: `712020:${newId()}`, active, userId: null };
}

/** Adds or replaces a user and links the account to it. */
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
