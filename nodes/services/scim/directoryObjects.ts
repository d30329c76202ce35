import type { IDataObject } from 'n8n-workflow';
import { filledText, isObject, object, optional, text, type Check } from '../../shared/client/answer';
import { NotUnderstood } from '../../shared/http/outcome';

/** A list of values; null is the same as left out (RFC 7643, 2.5). */
function valuesOf<T>(check: Check<T>): Check<T[] | null | undefined> {
	return optional((value, what) => {
		if (!Array.isArray(value)) throw new NotUnderstood(`${what} has an unknown shape`);
		return value.map((entry) => check(entry, what));
	});
}

/** Some directories write booleans as texts. */
const active: Check<boolean> = (value, what) => {
	if (typeof value === 'boolean') return value;
	const asText = typeof value === 'string' ? value.toLowerCase() : '';
	if (asText !== 'true' && asText !== 'false') throw new NotUnderstood(`${what} has an unknown shape`);
	return asText === 'true';
};

const attributes = {
	id: filledText,
	externalId: optional(text),
	displayName: optional(text),
	active: optional(active),
	emails: valuesOf(object({ value: optional(text) })),
	meta: optional(object({ created: optional(text) })),
};

/** A user as the service answers with it. */
export const user = object({ ...attributes, userName: filledText });
/** The same where only some attributes were asked for. */
export const partOfUser = object({ ...attributes, userName: optional(text) });
export const group = object({
	id: filledText,
	displayName: filledText,
	members: valuesOf(object({ value: filledText })),
	meta: attributes.meta,
});

export type User = ReturnType<typeof partOfUser>;
export type Group = ReturnType<typeof group>;

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Its version differs from directory to directory. */
export const ACCOUNT_EXTENSION = /^urn:scim:schemas:extension:atlassian-external:/i;

/** The user's account at Atlassian, which is what other products know; the directory's own ID is another one. */
export function accountIdOf(row: IDataObject): string | undefined {
	const extensions = Object.keys(row)
		.filter((name) => ACCOUNT_EXTENSION.test(name))
		.sort();
	const ids = extensions.map((name) => {
		const extension = row[name];
		return isObject(extension) ? extension.atlassianAccountId : undefined;
	});
	return ids.filter((id) => typeof id === 'string').at(-1);
}

/** The address of the account. */
export function emailOf({ emails }: User): string | undefined {
	const list = emails ?? [];
	return (list.find(({ primary }) => primary === true) ?? list[0])?.value ?? undefined;
}

/** A user for the output: the account ID where it can be found. */
export function asItem(row: User): IDataObject {
	const { id, ...rest } = row;
	return { id, atlassianAccountId: accountIdOf(row) ?? null, ...rest };
}
