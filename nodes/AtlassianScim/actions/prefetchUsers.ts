import { userKind } from '../../services/scim/kinds';
import { cacheUsers, type UserKey } from '../../services/scim/users';
import { Cancelled, asError } from '../../shared/http/failures';
import type { ScimInput, ScimOperation } from './scimOperation';
import { keyOfUser } from './itemUser';

/** Looks the users of all items up at once where that is cheaper. What goes wrong here shows again on the item that it belongs to. */
export async function prefetchUsers({ fields }: ScimOperation, inputs: ScimInput[]): Promise<void> {
	if (!fields.some(({ name }) => name === userKind.parameter)) return;
	const byKey = new Map<UserKey, Set<string>>();
	try {
		for (const { key, value } of inputs.flatMap((input) => named(input) ?? []))
			byKey.set(key, (byKey.get(key) ?? new Set()).add(value));
		for (const [key, values] of byKey) if (values.size > 1) await cacheUsers(inputs[0].api, key, [...values]);
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
	}
}

function named(input: ScimInput): ReturnType<typeof keyOfUser> {
	try {
		return keyOfUser(input);
	} catch {
		return undefined;
	}
}
