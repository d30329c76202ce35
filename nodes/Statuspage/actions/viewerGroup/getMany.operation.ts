import { page } from '../../../services/statuspage/objects/page';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { matchesNameFilter, nameFilter } from '../../../shared/fields/nameFilter';
import { optionsField } from '../../../shared/fields/options';
import { optionalSimplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { simplifyViewerGroups } from './simplifyViewerGroups';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewer groups',
	description: 'Retrieve a list of viewer groups of a page, at 100 per request',
	effects:
		"With 'Simplify', each group has the number of its viewers and metrics and the names of its components. The components of the page are read once per run for that.",
	isReadOnly: true,
	uses: ['listViewerGroups', 'listComponents'],
	fields: [
		page.locator,
		...listFields,
		optionalSimplifyField,
		filtersField([nameFilter('viewer groups', 'Acme')]),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const keep = matchesNameFilter(input.values.collection('filters'));
		const groups = await input.api.list('listViewerGroups', { pageId }, { limit: input.limit, keep });
		return await simplifyViewerGroups(input, pageId, groups);
	},
};
