import SCIMMY from 'scimmy';
import { Problem } from '../service.mts';
import type { Attributes } from './directory.mts';

type Attribute = SCIMMY.Types.Attribute;
type SchemaDefinition = SCIMMY.Types.SchemaDefinition;
const { Attribute, SchemaDefinition } = SCIMMY.Types;

export const user = SCIMMY.Schemas.User.definition;
export const group = SCIMMY.Schemas.Group.definition;

// scimmy's schemas belong to the process: they become Atlassian's here, once. What its reference does not list is no attribute.
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

/** Of the extension that names the Atlassian account; its version follows. scimmy takes no URN outside of urn:ietf. */
export const ACCOUNT_URN = 'urn:scim:schemas:extension:atlassian-external:';

const STANDARD_URNS = [user.id, SCIMMY.Schemas.EnterpriseUser.id];

/** True for the URN of a custom extension, or of an attribute in one. */
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
 * scimmy leaves out what it does not know, so that a misspelt name would seem to be taken.
 *
 * @throws a problem that names the first attribute which `holder` does not have
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

/** The attribute or extension that a path names, if there is one. */
export function attributeAt(definition: SchemaDefinition, path: string): SchemaDefinition | Attribute | undefined {
	try {
		return definition.attribute<SchemaDefinition | Attribute>(path);
	} catch {
		return undefined;
	}
}

/** True for what the service gives back, and what has no effect when it is sent. */
export function isReadOnly(definition: SchemaDefinition, name: string): boolean {
	const attribute = attributeAt(definition, name);
	return name.startsWith(ACCOUNT_URN) || (attribute instanceof Attribute && attribute.config.mutable === false);
}
