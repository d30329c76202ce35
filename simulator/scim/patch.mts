import SCIMMY from 'scimmy';
import { Problem } from '../service.mts';
import type { Attributes } from './directory.mts';
import { refused } from './errors.mts';
import { attributeAt, isObject, requireKnown } from './schemas.mts';

const { PatchOp } = SCIMMY.Messages;
const { SchemaDefinition } = SCIMMY.Types;
type Operation = SCIMMY.Messages.PatchOp.PatchOpOperation;
type PatchMessage = { schemas: [typeof PatchOp.id]; Operations: Operation[] };

/** One change of one attribute. */
export interface Change {
	op: 'add' | 'remove' | 'replace';
	path: string;
	/** Of add and replace. */
	value?: unknown;
}

function requireNames(holder: object, names: string[]): void {
	const unknown = Object.keys(holder).find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Problem(`there is no ${unknown} in a PATCH`);
}

/** A value without a path is one change of each attribute: scimmy would add to a list that is to be replaced. */
function changesOf({ op, path, value, ...others }: Operation): Change[] {
	requireNames(others, []);
	const name = op.toLowerCase() as Change['op'];
	if (name !== 'remove' && value === undefined)
		throw refused('invalidValue', `Missing required attribute 'value' for '${op}' op`);
	if (name !== 'remove' && path === undefined) {
		if (!isObject(value)) throw refused('invalidValue', "'value' must be an object when 'path' is empty");
		return Object.entries(value).flatMap(([key, entry]) => changesOf({ op, path: key, value: entry }));
	}
	// RFC 7644, 3.5.2.2: a path without a filter removes all values. scimmy would remove only those in `value`.
	if (name === 'remove' || value === null) return [{ op: 'remove', path: path ?? '' }];
	return [{ op: name, path: path ?? '', value }];
}

/** The changes that a body of PATCH asks for. Its key is `Operations`; the service takes the `operations` of some clients as well. */
export function changesIn(body: Attributes): Change[] {
	requireNames(body, ['schemas', 'Operations', 'operations']);
	const { schemas, Operations, operations = Operations } = body;
	if (!Array.isArray(schemas)) throw refused('invalidSyntax', `PATCH must name the schema ${PatchOp.id}`);
	if (!Array.isArray(operations) || !operations.every(isObject))
		throw refused('invalidValue', "'Operations' must be a list of objects");
	return new PatchOp({ schemas, Operations: operations } as PatchMessage).Operations.flatMap(changesOf);
}

/** scimmy cannot remove an extension as a whole, and adds to one that is to be replaced. */
function withoutWhole(change: Change, extension: SCIMMY.Types.SchemaDefinition): Change[] {
	const removals = extension.attributes.map(({ name }): Change => ({ op: 'remove', path: `${extension.id}:${name}` }));
	return [...(change.op === 'add' ? [] : removals), ...(change.op === 'remove' ? [] : [change])];
}

/**
 * For scimmy, which takes any name inside of a value. It replaces a complex attribute as a whole: whether the service keeps what the
 * value leaves out is not documented.
 */
export function messageOf(definition: SCIMMY.Types.SchemaDefinition, changes: Change[]): PatchMessage {
	const Operations = changes.flatMap((change) => {
		// scimmy finds an attribute under the URN of its own schema, and then cannot write it.
		const path = change.path.startsWith(`${definition.id}:`)
			? change.path.slice(definition.id.length + 1)
			: change.path;
		const attribute = attributeAt(definition, path);
		if (attribute) requireKnown(attribute, change.value, `${path}.`);
		return attribute instanceof SchemaDefinition ? withoutWhole({ ...change, path }, attribute) : [{ ...change, path }];
	});
	return { schemas: [PatchOp.id], Operations };
}
