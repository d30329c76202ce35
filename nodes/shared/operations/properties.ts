import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { toProperty } from '../fields/field';
import { Failure } from '../http/failures';
import type { Input } from './input';
import type { Operation, Resource } from './operation';

const dropdown = { type: 'options', noDataExpression: true } as const;

/**
 * The node's properties, from its resources: nothing that stands in a dropdown is written twice.
 *
 * @param resources sorted by name
 * @param first the resource that a new node begins with
 */
export function propertiesOf<I extends Input, Name extends string>(
	resources: ReadonlyArray<Resource<I, Name>>,
	first: string,
): INodeProperties[] {
	const resourceProperty: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		...dropdown,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: first,
	};
	const operationProperty = ({ value: resource, operations }: Resource<I, Name>): INodeProperties => {
		// A new node changes nothing by accident.
		const harmless =
			operations.find(({ value }) => value === 'getMany') ??
			operations.find(({ isReadOnly }) => isReadOnly) ??
			operations[0];
		return {
			displayName: 'Operation',
			name: 'operation',
			...dropdown,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
			default: harmless.value,
		};
	};
	return [
		resourceProperty,
		...resources.map(operationProperty),
		...resources.flatMap(({ value: resource, operations }) =>
			operations.flatMap(({ value: operation, fields }) =>
				updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields.map(toProperty)),
			),
		),
	];
}

/** @throws Failure for a pair that no dropdown offers, e.g. from a workflow of a newer version */
export function operationOf<I extends Input, Name extends string>(
	resources: ReadonlyArray<Resource<I, Name>>,
	resource: string,
	operation: string,
): Operation<I, Name> {
	const found = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new Failure({
		kind: 'invalid',
		message: `This version of the node has no operation "${operation}" for "${resource}"`,
		advice: 'Choose another operation, or update the package n8n-nodes-statuspage',
	});
}
