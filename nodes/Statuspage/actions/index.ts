import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { Failure } from '../../shared/transport/failures';
import { endpoints } from '../api/endpoints';
import type { Operation, Resource } from './operation';
import { access } from './access';
import { component } from './component';
import { page } from './page';
import { permission } from './permission';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly Resource[] = [access, component, page, permission, teamMember, viewer, viewerGroup];

const dropdown = { type: 'options', noDataExpression: true } as const;

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	...dropdown,
	options: resources.map(({ name, value, description }) => ({ name, value, description })),
	default: 'viewer',
};

function operationProperty({ value: resource, operations }: Resource): INodeProperties {
	const harmless = operations.find(({ value }) => value === 'getMany') ?? operations.find(({ uses }) => uses.every((name) => endpoints[name].method === 'GET')) ?? operations[0];
	return {
		displayName: 'Operation',
		name: 'operation',
		...dropdown,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
		default: harmless.value,
	};
}

export const properties: INodeProperties[] = [
	resourceProperty,
	...resources.map(operationProperty),
	...resources.flatMap(({ value: resource, operations }) =>
		operations.flatMap(({ value: operation, fields }) =>
			updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields),
		),
	),
];

/** @throws Failure for a pair that no dropdown offers, e.g. from a workflow of a newer version */
export function operationOf(resource: string, operation: string): Operation {
	const found = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new Failure({
		kind: 'forbidden',
		message: `This version of the node has no operation "${operation}" for "${resource}"`,
		advice: 'Choose another operation, or update the package n8n-nodes-statuspage',
	});
}
