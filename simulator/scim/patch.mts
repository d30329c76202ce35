import SCIMMY from 'scimmy';
import { Problem } from '../service.mts';
import type { Attributes } from './directory.mts';
import { badRequest } from './errors.mts';
import { attributeAt, isObject, requireKnown } from './schemas.mts';

const { PatchOp } = SCIMMY.Messages;
const { SchemaDefinition } = SCIMMY.Types;
type Operation = SCIMMY.Messages.PatchOp.PatchOpOperation;
type PatchMessage = { schemas: [typeof PatchOp.id]; Operations: Operation[] };

/** A change of one attribute. */
export interface Change {
	op: 'add' | 'remove' | 'replace';
	path: string;
	/** Set for `add` and `replace`. */
	value?: unknown;
}

function requireKnownNames(holder: object, names: string[]): void {
	const unknown = Object.keys(holder).find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Problem(`there is no ${unknown} in a PATCH`);
}

/** Splits an operation without a path into one change per attribute. scimmy would add to lists that should be replaced. */
function splitOperation({ op, path, value, ...others }: Operation): Change[] {
	requireKnownNames(others, []);
	const name = op.toLowerCase() as Change['op'];
	if (name !== 'remove' && value === undefined)
		throw badRequest('invalidValue', `Missing required attribute 'value' for '${op}' op`);
	if (name !== 'remove' && path === undefined) {
		if (!isObject(value)) throw badRequest('invalidValue', "'value' must be an object when 'path' is empty");
		return Object.entries(value).flatMap(([key, entry]) => splitOperation({ op, path: key, value: entry }));
	}
	// RFC 7644, 3.5.2.2: a path without a filter removes all values. scimmy would only remove those in `value`.
	if (name === 'remove' || value === null) return [{ op: 'remove', path: path ?? '' }];
	return [{ op: name, path: path ?? '', value }];
}

/** Returns the changes in a PATCH body. The service accepts both `Operations` and `operations`, which some clients send. */
export function parseChanges(body: Attributes): Change[] {
	requireKnownNames(body, ['schemas', 'Operations', 'operations']);
	const { schemas, Operations, operations = Operations } = body;
	if (!Array.isArray(schemas)) throw badRequest('invalidSyntax', `PATCH must name the schema ${PatchOp.id}`);
	if (!Array.isArray(operations) || !operations.every(isObject))
		throw badRequest('invalidValue', "'Operations' must be a list of objects");
	return new PatchOp({ schemas, Operations: operations } as PatchMessage).Operations.flatMap(splitOperation);
}

/** Adds a removal per attribute, because scimmy can't remove a whole extension and merges instead of replacing one. */
function withRemovals(change: Change, extension: SCIMMY.Types.SchemaDefinition): Change[] {
	const removals = extension.attributes.map(({ name }): Change => ({ op: 'remove', path: `${extension.id}:${name}` }));
	return [...(change.op === 'add' ? [] : removals), ...(change.op === 'remove' ? [] : [change])];
}

/**
 * Creates the message for scimmy and rejects unknown names in values, which scimmy would ignore. scimmy replaces a complex attribute as a
 * whole. It isn't documented whether the service keeps the omitted parts.
 */
export function toPatchMessage(definition: SCIMMY.Types.SchemaDefinition, changes: Change[]): PatchMessage {
	const Operations = changes.flatMap((change) => {
		// scimmy can't write an attribute whose path includes the URN of the main schema.
		const path = change.path.startsWith(`${definition.id}:`)
			? change.path.slice(definition.id.length + 1)
			: change.path;
		const attribute = attributeAt(definition, path);
		if (attribute) requireKnown(attribute, change.value, `${path}.`);
		return attribute instanceof SchemaDefinition ? withRemovals({ ...change, path }, attribute) : [{ ...change, path }];
	});
	return { schemas: [PatchOp.id], Operations };
}
