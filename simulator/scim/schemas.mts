import SCIMMY from 'scimmy';
import { Problem } from '../service.mts';
import type { Attributes } from './directory.mts';

type Attribute = SCIMMY.Types.Attribute;
type SchemaDefinition = SCIMMY.Types.SchemaDefinition;
const { Attribute, SchemaDefinition } = SCIMMY.Types;

export const user = SCIMMY.Schemas.User.definition;
export const group = SCIMMY.Schemas.Group.definition;

// scimmy's schemas are global, so they are changed here once. They only keep the attributes in Atlassian's API reference.
user.truncate(
	'profileUrl',
	'userType',
	'locale',
	'password',
	'ims',
	'photos',
	'addresses',
	'entitlements',
	'roles',
	'x509Certificates',
);
user.extend([
	new Attribute('string', 'department', { description: 'The department of the user.' }),
	new Attribute('string', 'organization', { description: 'The organization of the user.' }),
]);
user.extend(SCIMMY.Schemas.EnterpriseUser.definition, false);

/** URN of the extension with the Atlassian account ID, without its version. scimmy only supports URNs that start with urn:ietf. */
export const ACCOUNT_URN = 'urn:scim:schemas:extension:atlassian-external:';

const STANDARD_URNS = [user.id, SCIMMY.Schemas.EnterpriseUser.id];

/** True for the URN of a custom extension or of one of its attributes. */
export function isCustom(name: string): boolean {
	return (
		name.startsWith('urn:') &&
		!name.startsWith(ACCOUNT_URN) &&
		!STANDARD_URNS.some((urn) => name === urn || name.startsWith(`${urn}:`))
	);
}

export function isObject(value: unknown): value is Attributes {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childrenOf(holder: SchemaDefinition | Attribute): Array<SchemaDefinition | Attribute> {
	return (holder instanceof SchemaDefinition ? holder.attributes : holder.subAttributes) ?? [];
}

/**
 * Checks attribute names, because scimmy ignores unknown ones and a misspelled name would seem to be accepted.
 *
 * @throws Problem with the first unknown attribute
 */
export function requireKnown(holder: SchemaDefinition | Attribute, value: unknown, path = ''): void {
	if (Array.isArray(value)) for (const entry of value) requireKnown(holder, entry, path);
	const children = childrenOf(holder);
	if (!isObject(value) || children.length === 0) return;
	for (const [name, entry] of Object.entries(value)) {
		const child = children.find(
			(candidate) =>
				(candidate instanceof SchemaDefinition ? candidate.id : candidate.name).toLowerCase() === name.toLowerCase(),
		);
		if (!child) throw new Problem(`there is no attribute ${path}${name}`);
		requireKnown(child, entry, `${path}${name}.`);
	}
}

/** Returns the attribute or extension at a path, if it exists. */
export function attributeAt(definition: SchemaDefinition, path: string): SchemaDefinition | Attribute | undefined {
	try {
		return definition.attribute<SchemaDefinition | Attribute>(path);
	} catch {
		return undefined;
	}
}

/** True for attributes that responses contain but that are ignored in requests. */
export function isReadOnly(definition: SchemaDefinition, name: string): boolean {
	const attribute = attributeAt(definition, name);
	return name.startsWith(ACCOUNT_URN) || (attribute instanceof Attribute && attribute.config.mutable === false);
}
