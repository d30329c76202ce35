import { userKind } from '../../services/scim/kinds';
import { cacheUsers, type UserKey } from '../../services/scim/users';
import { Breather } from '../../shared/http/breather';
import { Cancelled, asError } from '../../shared/http/failures';
import type { ScimInput, ScimOperation } from './scimOperation';
import { userLookup } from './itemUser';

/** Looks up the users of all items together, which takes fewer requests. Failures are ignored here: each item repeats its own look-up. */
export async function prefetchUsers({ fields }: ScimOperation, inputs: ScimInput[]): Promise<void> {
	if (!fields.some(({ name }) => name === userKind.parameter)) return;
	const byKey = new Map<UserKey, Set<string>>();
	const breather = new Breather(inputs[0].api.connection.clock);
	for (const input of inputs) {
		await breather.breathe();
		const lookup = lookupIn(input);
		if (lookup) byKey.set(lookup.key, (byKey.get(lookup.key) ?? new Set()).add(lookup.value));
	}
	try {
		for (const [key, values] of byKey) if (values.size > 1) await cacheUsers(inputs[0].api, key, [...values]);
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
	}
}

/** The look-up of one item; undefined for invalid input, which the item itself reports. */
function lookupIn(input: ScimInput): ReturnType<typeof userLookup> {
	try {
		return userLookup(input);
	} catch {
		return undefined;
	}
}
