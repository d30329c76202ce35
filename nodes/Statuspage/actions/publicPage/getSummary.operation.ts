import { summaryRow } from '../../../services/statuspage/publicApi/publicRows';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { NO_KEY, pageAddressFields } from './publicPageFields';
import type { PublicPageOperation } from './publicPageOperation';

export const getSummary: PublicPageOperation = {
	value: 'getSummary',
	name: 'Get Summary',
	action: 'Get summary of public page',
	description:
		'Retrieve the current state of any public status page: indicator, components, incidents and maintenances',
	effects: `Indicator, components and open incidents are separate statements and can differ, so check all three. An indicator that is not known is returned as unknown. 'pageUpdatedAt' shows whether the page is still maintained. ${NO_KEY}`,
	isReadOnly: true,
	uses: [],
	fields: [...pageAddressFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const summary = await input.feed('summary');
		return input.values.flag('simplify', true) ? summaryRow(summary) : summary;
	},
};
