import { MOST_IN_FEED } from '../../../services/statuspage/publicApi/feeds';
import type { Field } from '../../../shared/fields/field';

/** The fields that tell which page is read. The hidden one is for tests. */
export const pageAddressFields: Field[] = [
	{
		displayName: 'Page Address',
		name: 'pageAddress',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. status.example.com',
		description:
			'Address of a public page that is hosted on Atlassian Statuspage. Also accepts its subdomain or page ID.',
	},
	{
		displayName: 'Allow Loopback',
		name: 'allowLoopback',
		type: 'hidden',
		default: false,
		description: 'Whether to also read addresses of this machine, with http',
	},
];

/** The end of the effects of an operation with a feed of incidents or maintenances. */
export const NEWEST_ONLY = `Statuspage returns the newest ${MOST_IN_FEED} at most, and there is no way to read older ones.`;

/** The texts that all operations need besides their own. */
export const NO_KEY = 'Needs no credential, and never sends an API key to the page.';
