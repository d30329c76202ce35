import type { INodeProperties } from 'n8n-workflow';
import { toProperty, type Field } from '../../shared/fields/field';
import { access } from './access.mode';
import type { PollingMode } from './pollingMode';
import { publicPages } from './publicPages.mode';

/** Sorted by name. */
export const modes: readonly PollingMode[] = [access, publicPages];

function shownIn({ value }: PollingMode, field: Field): INodeProperties {
	const property = toProperty(field);
	return {
		...property,
		displayOptions: { ...property.displayOptions, show: { mode: [value], ...property.displayOptions?.show } },
	};
}

const modeProperty: INodeProperties = {
	// n8n's own 'Poll Times' have a field with the label 'Mode'.
	displayName: 'Watch',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options: modes.map(({ name, value, description }) => ({ name, value, description })),
	default: 'access',
	description: 'What starts the workflow',
};

/** The node's properties, derived from its modes. */
export const properties: INodeProperties[] = [
	modeProperty,
	...modes.flatMap((mode) => mode.fields.map((field) => shownIn(mode, field))),
];
