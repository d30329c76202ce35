import type { INodeProperties } from 'n8n-workflow';
import { sortedByLabel, toProperty, type Field } from '../fields/field';
import { Failure } from '../http/failures';
import type { OperationTexts, Resource } from './operation';

type AnyResource = Resource<OperationTexts>;

const dropdown = { type: 'options', noDataExpression: true } as const;

function resourceProperty(resources: readonly AnyResource[], first: string): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		...dropdown,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: first,
	};
}

function operationProperty({ value: resource, operations }: AnyResource): INodeProperties {
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
}

/** The fields of an operation, after its warning. */
function fieldsOf({ warning, fields }: OperationTexts): Field[] {
	if (!warning) return fields;
	return [{ displayName: warning, name: 'warningNotice', type: 'notice', default: '' }, ...fields];
}

/** A field, with all operations that show it. */
interface SharedField {
	property: INodeProperties;
	operations: string[];
	/** The fields of a collection, by their JSON. Operations share a collection even if its fields differ. */
	inner: Map<string, SharedField>;
}

function innerFieldsOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	return type === 'collection' ? (options as INodeProperties[]) : [];
}

/** By property. Equal properties have the same key. */
const keys = new WeakMap<INodeProperties, string>();

function keyOf(property: INodeProperties): string {
	const isCollection = innerFieldsOf(property).length > 0;
	const key = keys.get(property) ?? JSON.stringify(isCollection ? { ...property, options: [] } : property);
	keys.set(property, key);
	return key;
}

/** Adds an operation to an equal field, or adds the field if there is none. Returns the key of the field. */
function share(fields: Map<string, SharedField>, property: INodeProperties, operation: string): string {
	const inner = innerFieldsOf(property);
	const key = keyOf(property);
	const shared: SharedField = fields.get(key) ?? { property, operations: [], inner: new Map() };
	shared.operations.push(operation);
	for (const field of inner) share(shared.inner, field, operation);
	fields.set(key, shared);
	return key;
}

/**
 * The fields of a resource, each once, with all operations that show it. Their order is that of the operations: the next field is the
 * first one that no remaining field precedes in any operation.
 */
function sharedFields({ operations }: AnyResource): SharedField[] {
	const fields = new Map<string, SharedField>();
	const orders = operations.map((operation) =>
		fieldsOf(operation).map((field) => share(fields, toProperty(field), operation.value)),
	);
	const inOrder: SharedField[] = [];
	while (fields.size > 0) {
		const isNext = (key: string) => orders.every((order) => !order.includes(key) || order[0] === key);
		const next = [...fields.keys()].find(isNext) ?? [...fields.keys()][0];
		inOrder.push(fields.get(next) as SharedField);
		fields.delete(next);
		for (const order of orders) if (order.includes(next)) order.splice(order.indexOf(next), 1);
	}
	return inOrder;
}

function shownFor(
	property: INodeProperties,
	show: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties {
	return {
		...property,
		displayOptions: { ...property.displayOptions, show: { ...show, ...property.displayOptions?.show } },
	};
}

/** The fields of a collection, sorted by name. Those that only some of its operations have depend on the operation. */
function innerFields({ operations, inner }: SharedField): INodeProperties[] {
	return sortedByLabel(
		[...inner.values()].map(({ property, operations: some }) =>
			some.length < operations.length ? shownFor(property, { '/operation': some }) : property,
		),
	);
}

function resourceFields(resource: AnyResource): INodeProperties[] {
	return sharedFields(resource).map((field) => {
		const { property, operations, inner } = field;
		const whole = inner.size > 0 ? { ...property, options: innerFields(field) } : property;
		return shownFor(whole, { resource: [resource.value], operation: operations });
	});
}

/**
 * The texts for AI agents, one per operation. Only the tool variant of the node shows them. Without them, agents would only get the
 * action.
 */
function toolDescriptions(service: string, { value: resource, operations }: AnyResource): INodeProperties[] {
	return operations.map(({ value, description, effects }) => ({
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 3 },
		default: `${service}: ${[description.replace(/\.$/, ''), effects?.replace(/\.$/, '')].filter(Boolean).join('. ')}.`,
		description: 'What the AI agent is told about this tool',
		displayOptions: { show: { '@tool': [true], resource: [resource], operation: [value] } },
	}));
}

/**
 * The node's properties, derived from its resources.
 *
 * @param service its name for AI agents
 * @param resources sorted by name
 * @param first the resource of a new node
 */
export function propertiesOf(service: string, resources: readonly AnyResource[], first: string): INodeProperties[] {
	return [
		resourceProperty(resources, first),
		...resources.map(operationProperty),
		...resources.flatMap((resource) => toolDescriptions(service, resource)),
		...resources.flatMap(resourceFields),
	];
}

/** @throws Failure if there is no such operation, e.g. in a workflow from a newer version */
export function operationOf<O extends OperationTexts>(
	resources: ReadonlyArray<Resource<O>>,
	resource: string,
	operation: string,
): O {
	const found = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new Failure({
		kind: 'invalid',
		message: `This version of the node has no operation "${operation}" for "${resource}"`,
		advice: 'Choose another operation, or update the package n8n-nodes-statuspage',
	});
}
