import { page } from '../../../services/statuspage/objects/page';
import { containsName } from '../../../shared/client/matching';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { optionalSimplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { simplifyViewerGroups } from './simplifyViewerGroups';

const nameFilter: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	placeholder: 'e.g. Acme',
	default: '',
	description: 'Only return viewer groups whose name contains this text. The whole list is read for that.',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewer groups',
	description: 'Retrieve a list of viewer groups of a page, at 100 per request',
	effects:
		"With 'Simplify', each group has the number of its viewers and metrics and the names of its components. The components of the page are read once per run for that.",
	isReadOnly: true,
	uses: ['listViewerGroups', 'listComponents'],
	fields: [page.locator, ...listFields, optionalSimplifyField, filtersField([nameFilter]), optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const name = input.values.collection('filters').optionalText('name');
		const keep = name === undefined ? undefined : (group: { name: string }) => containsName(group.name, name);
		const groups = await input.api.list('listViewerGroups', { pageId }, { limit: input.limit, keep });
		return await simplifyViewerGroups(input, pageId, groups);
	},
};
