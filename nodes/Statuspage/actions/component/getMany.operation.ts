import type { INodeProperties } from 'n8n-workflow';
import { isComponent } from '../../api/lookUps';
import type { Component } from '../../api/rows';
import { filtersField, listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { simplified, simplifyField } from '../../../shared/actions/fields/simplify';
import type { Operation } from '../operation';
import { COMPONENT_FIELDS, componentFilters } from './fields';

const includeGroups: INodeProperties = {
	displayName: 'Include Component Groups',
	name: 'includeComponentGroups',
	type: 'boolean',
	default: false,
	description: 'Whether to return the rows that stand for component groups as well. Statuspage lists them among the components.',
};

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many components',
	description: 'List the components of a page, 100 a request, without the rows that stand for component groups',
	uses: ['listComponents'],
	fields: [
		pageField,
		...listFields,
		simplifyField,
		filtersField(componentFilters),
		optionsField(includeGroups),
	],
	async execute(input) {
		const { componentGroupId, status } = input.collection('filters');
		const takesGroups = input.collection('options').includeComponentGroups === true;
		const keep = (row: Component) =>
			(takesGroups || isComponent(row)) &&
			(componentGroupId === undefined || (row.group_id ?? '') === componentGroupId) &&
			(status === undefined || row.status === status);
		const rows = await input.api.list<Component>('listComponents', { pageId: await pageId(input) }, { limit: input.limit(), keep });
		return rows.map((row) => simplified(input, row, COMPONENT_FIELDS));
	},
};
