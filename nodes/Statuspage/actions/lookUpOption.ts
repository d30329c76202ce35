import type { LookUp } from '../../services/statuspage/viewers';
import type { Field } from '../../shared/fields/field';
import type { StatuspageInput } from './statuspageInput';

/**
 * Whether the search by email is enough.
 *
 * @param consequence what the quick way cannot say, as one sentence without a full stop
 */
export function lookUpOption(consequence: string): Field {
	return {
		displayName: 'Look Up',
		name: 'lookUp',
		type: 'options',
		options: [
			{
				name: 'Quick',
				value: 'quick',
				description:
					'Search by email only: 1 or 2 requests per email and page. It may miss a viewer whose address is stored with other capitals.',
			},
			{
				name: 'Thorough',
				value: 'thorough',
				description:
					'If the search finds nobody, read all viewers of the page once per run: 1 request per 100 viewers, so 200 requests for 20,000',
			},
		],
		default: 'thorough',
		description: `How to make sure that nobody has an email. ${consequence}.`,
	};
}

export function lookUpIn({ options }: StatuspageInput): LookUp {
	return options.choice<LookUp>('lookUp', 'thorough');
}
