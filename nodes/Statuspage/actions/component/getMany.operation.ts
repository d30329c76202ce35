import type { Component } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { COMPONENT_FIELDS, componentFilters, componentGroupId } from './componentFields';

const includeGroups: Field = {
	displayName: 'Include Component Groups',
	name: 'includeComponentGroups',
	type: 'boolean',
	default: false,
	description: 'Whether to also return component groups, which Statuspage lists together with components',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many components',
	description: 'Retrieve a list of components of a page, at 100 per request, without component groups',
	isReadOnly: true,
	uses: ['listComponents'],
	fields: [page.locator, ...listFields, simplifyField, filtersField(componentFilters), optionsField(includeGroups)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const groupId = await componentGroupId(input, pageId, 'filters');
		const status = input.values.collection('filters').optionalText('status');
		const { keep: isComponent = () => true } = component.row;
		const includesGroups = input.options.flag('includeComponentGroups');
		const keep = (row: Component) =>
			(includesGroups || isComponent(row)) &&
			(groupId === undefined || row.group_id === groupId) &&
			(status === undefined || row.status === status);
		const rows = await input.api.list('listComponents', { pageId }, { limit: input.limit, keep });
		return rows.map((row) => simplified(input.values, row, COMPONENT_FIELDS));
	},
};
