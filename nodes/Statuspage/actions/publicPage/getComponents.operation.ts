import { componentRows, pageFields } from '../../../services/statuspage/publicApi/publicRows';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { NO_KEY, pageAddressFields } from './publicPageFields';
import type { PublicPageOperation } from './publicPageOperation';

export const getComponents: PublicPageOperation = {
	value: 'getComponents',
	name: 'Get Components',
	action: 'Get components of public page',
	description: 'Retrieve the components of any public status page with their current statuses',
	effects: `Component groups are among them, with 'group: true'. Components that the page hides while they are operational are included. ${NO_KEY}`,
	isReadOnly: true,
	uses: [],
	fields: [...pageAddressFields, ...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { page, components } = await input.feed('components');
		if (!input.values.flag('simplify', true)) return input.limited(components);
		return input.limited(componentRows(components)).map((row) => ({ ...row, ...pageFields(page) }));
	},
};
