import type SCIMMY from 'scimmy';
import { Problem } from '../service.mts';
import type { Attributes, Extensions } from './directory.mts';
import { badRequest } from './errors.mts';
import { isCustom, isObject, isReadOnly, requireKnown, user } from './schemas.mts';

/**
 * Returns the writable attributes in a POST or PUT body. Custom extensions, which only users have, are returned separately because scimmy
 * has no schema for them.
 */
export function written(
	definition: SCIMMY.Types.SchemaDefinition,
	body: Attributes,
): { standard: Attributes; extensions: Extensions } {
	const { schemas } = body;
	if (!Array.isArray(schemas)) throw badRequest('invalidValue', "Required attribute 'schemas' is missing");
	const standard: Attributes = {};
	const extensions: Extensions = {};
	for (const [name, value] of Object.entries(body)) {
		// RFC 7643, 2.5: null is the same as no value.
		if (value === null || isReadOnly(definition, name)) continue;
		// RFC 7643, 3 requires 'schemas' to list each extension. It isn't documented whether the service does too.
		if (name.startsWith('urn:') && !schemas.includes(name)) throw new Problem(`'schemas' does not name ${name}`);
		if (definition !== user || !isCustom(name)) standard[name] = value;
		else if (isObject(value)) extensions[name] = value;
		else throw badRequest('invalidValue', `Extension '${name}' must be an object`);
	}
	requireKnown(definition, standard);
	return { standard, extensions };
}
