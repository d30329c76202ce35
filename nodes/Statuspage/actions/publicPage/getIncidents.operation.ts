import { MOST_IN_FEED } from '../../../services/statuspage/publicApi/feeds';
import { incidentRow, pageFields } from '../../../services/statuspage/publicApi/publicRows';
import type { Field } from '../../../shared/fields/field';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { NEWEST_ONLY, NO_KEY, pageAddressFields } from './publicPageFields';
import type { PublicPageOperation } from './publicPageOperation';

/** The feeds by the value of the field. */
const FEEDS = { recent: 'incidents', unresolved: 'unresolvedIncidents' } as const;

const listField: Field = {
	displayName: 'List',
	name: 'incidentList',
	type: 'options',
	options: [
		{ name: 'Recent', value: 'recent', description: 'The newest incidents, open and resolved' },
		{ name: 'Unresolved', value: 'unresolved', description: 'Open incidents' },
	],
	default: 'recent',
	description: `Which incidents to return. Statuspage returns the newest ${MOST_IN_FEED} at most.`,
};

export const getIncidents: PublicPageOperation = {
	value: 'getIncidents',
	name: 'Get Incidents',
	action: 'Get incidents of public page',
	description: 'Retrieve incidents of any public status page, newest first, without maintenances',
	effects: `${NEWEST_ONLY} With 'Simplify', only the newest update of each incident is returned, and its message is shortened. ${NO_KEY}`,
	isReadOnly: true,
	uses: [],
	fields: [...pageAddressFields, listField, ...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { values } = input;
		const list = values.choice<keyof typeof FEEDS>('incidentList', 'recent');
		const { page, incidents } = await input.feed(FEEDS[list]);
		const rows = input.limited(incidents);
		if (!values.flag('simplify', true)) return rows;
		return rows.map((incident) => ({ ...incidentRow(incident, page), ...pageFields(page) }));
	},
};
