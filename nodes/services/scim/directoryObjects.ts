import type { IDataObject } from 'n8n-workflow';
import { filledText, isObject, object, optional, text, type Check } from '../../shared/client/answer';
import { NotUnderstood } from '../../shared/http/outcome';

/** A list of values. null counts as left out (RFC 7643, 2.5). */
function valuesOf<T>(check: Check<T>): Check<T[] | null | undefined> {
	return optional((value, subject) => {
		if (!Array.isArray(value)) throw new NotUnderstood(`${subject} has an unknown shape`);
		return value.map((entry) => check(entry, subject));
	});
}

/** Some directories return booleans as text. */
const active: Check<boolean> = (value, subject) => {
	if (typeof value === 'boolean') return value;
	const asText = typeof value === 'string' ? value.toLowerCase() : '';
	if (asText !== 'true' && asText !== 'false') throw new NotUnderstood(`${subject} has an unknown shape`);
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

/** A complete user, as in the service's answers. */
export const user = object({ ...attributes, userName: filledText });
/** A user with only some attributes, for requests with `attributes` or `excludedAttributes`. */
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

/** The schema of Atlassian's own attributes. Its version depends on the directory. */
export const ACCOUNT_EXTENSION = /^urn:scim:schemas:extension:atlassian-external:/i;

/** The user's Atlassian account ID, which other products use. It differs from the ID in the directory. */
export function accountIdOf(user: IDataObject): string | undefined {
	const extensions = Object.keys(user)
		.filter((name) => ACCOUNT_EXTENSION.test(name))
		.sort();
	const ids = extensions.map((name) => {
		const extension = user[name];
		return isObject(extension) ? extension.atlassianAccountId : undefined;
	});
	return ids.filter((id) => typeof id === 'string').at(-1);
}

/** The email of the account: the primary one, otherwise the first. */
export function emailOf({ emails }: User): string | undefined {
	const list = emails ?? [];
	return (list.find(({ primary }) => primary === true) ?? list[0])?.value ?? undefined;
}

/** A user for the output, with the Atlassian account ID on the top level. */
export function asItem(user: User): IDataObject {
	const { id, ...rest } = user;
	return { id, atlassianAccountId: accountIdOf(user) ?? null, ...rest };
}
