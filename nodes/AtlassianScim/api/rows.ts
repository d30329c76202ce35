import type { IDataObject } from 'n8n-workflow';

/** Objects as the service answers with them: the attributes that this package relies on; all others pass through. */
export interface Row extends IDataObject {
	id: string;
	meta?: { created?: string };
}

export interface Email extends IDataObject {
	value: string;
	primary?: boolean;
}

export interface User extends Row {
	userName: string;
	externalId?: string;
	displayName?: string;
	active?: boolean;
	emails?: Email[];
}

export interface Member extends IDataObject {
	/** The ID of a user. */
	value: string;
	display?: string;
}

export interface Group extends Row {
	displayName: string;
	members?: Member[];
}

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Its version differs from directory to directory. */
export const ACCOUNT_EXTENSION = /^urn:scim:schemas:extension:atlassian-external:/i;

/** The user's account at Atlassian, which is what other products know; the directory's own ID is another one. */
export function accountIdOf(user: IDataObject): string | undefined {
	const extensions = Object.keys(user).filter((name) => ACCOUNT_EXTENSION.test(name)).sort();
	const ids = extensions.map((name) => (user[name] as IDataObject | null)?.atlassianAccountId);
	return ids.filter((id) => typeof id === 'string').at(-1);
}

/** The address of the account. */
export function emailOf({ emails = [] }: User): string | undefined {
	return (emails.find(({ primary }) => primary === true) ?? emails[0])?.value;
}

/** A user for the output: the account ID where it can be found. */
export function asItem(user: User): IDataObject {
	const { id, ...rest } = user;
	return { id, atlassianAccountId: accountIdOf(user) ?? null, ...rest };
}
