import type { Attributes, Extensions } from './directory.mts';
import { badRequest } from './errors.mts';
import type { Change } from './patch.mts';
import { isObject } from './schemas.mts';

function changeExtension(extensions: Extensions, { op, path, value }: Change): void {
	if (op !== 'remove' && !isObject(value)) throw badRequest('invalidValue', `Extension '${path}' must be an object`);
	if (op === 'remove') delete extensions[path];
	else extensions[path] = { ...(op === 'add' ? extensions[path] : {}), ...(value as Attributes) };
}

function changeAttribute(attributes: Attributes, name: string, { op, value }: Change): void {
	const before = attributes[name];
	if (op === 'remove') delete attributes[name];
	else attributes[name] = op === 'add' && Array.isArray(before) ? before.concat(value) : value;
}

/**
 * Returns custom extensions with changes applied, because scimmy has no schema for them. A path is the URN of an extension, optionally
 * followed by a colon and an attribute. If the user doesn't have the extension yet, an object as value means a whole extension.
 */
export function applyChanges(before: Extensions, changes: Change[]): Extensions {
	const extensions = structuredClone(before);
	for (const change of changes) {
		const { path, value } = change;
		const colon = path.lastIndexOf(':');
		const [urn, name] = [path.slice(0, colon), path.slice(colon + 1)];
		if (path in extensions || (isObject(value) && !(urn in extensions))) changeExtension(extensions, change);
		else changeAttribute((extensions[urn] ??= {}), name, change);
		if (Object.keys(extensions[urn] ?? { name }).length === 0) delete extensions[urn];
	}
	return extensions;
}
