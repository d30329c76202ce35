import { MOST_IN_FEED } from '../../../services/statuspage/publicApi/feeds';
import { maintenanceRow, pageFields } from '../../../services/statuspage/publicApi/publicRows';
import type { Field } from '../../../shared/fields/field';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { NEWEST_ONLY, NO_KEY, pageAddressFields } from './publicPageFields';
import type { PublicPageOperation } from './publicPageOperation';

/** The feeds by the value of the field. */
const FEEDS = { active: 'activeMaintenances', recent: 'maintenances', upcoming: 'upcomingMaintenances' } as const;

const listField: Field = {
	displayName: 'List',
	name: 'maintenanceList',
	type: 'options',
	options: [
		{ name: 'Active', value: 'active', description: 'Maintenances that are in progress now' },
		{ name: 'Recent', value: 'recent', description: 'The newest maintenances in all states' },
		{ name: 'Upcoming', value: 'upcoming', description: 'Maintenances that have not started' },
	],
	default: 'recent',
	description: `Which maintenances to return. Statuspage returns the newest ${MOST_IN_FEED} at most.`,
};

export const getMaintenances: PublicPageOperation = {
	value: 'getMaintenances',
	name: 'Get Maintenances',
	action: 'Get maintenances of public page',
	description: 'Retrieve scheduled maintenances of any public status page',
	effects: `The status shows whether a maintenance has started, not its times. ${NEWEST_ONLY} With 'Simplify', only the newest update of each maintenance is returned, and its message is shortened. ${NO_KEY}`,
	isReadOnly: true,
	uses: [],
	fields: [...pageAddressFields, listField, ...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { values } = input;
		const list = values.choice<keyof typeof FEEDS>('maintenanceList', 'recent');
		const { page, scheduled_maintenances: maintenances } = await input.feed(FEEDS[list]);
		const rows = input.limited(maintenances);
		if (!values.flag('simplify', true)) return rows;
		return rows.map((maintenance) => ({ ...maintenanceRow(maintenance, page), ...pageFields(page) }));
	},
};
