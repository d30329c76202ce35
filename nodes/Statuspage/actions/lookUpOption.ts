import type { LookUp } from '../../services/statuspage/viewers';
import type { Field } from '../../shared/fields/field';
import type { StatuspageInput } from './statuspageInput';

/**
 * Whether a search by email is enough to decide that a viewer does not exist.
 *
 * @param consequence when the option is used and what 'Quick' changes, without a full stop at the end
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
					'Only search by email (1 or 2 requests per email and page). May miss a viewer whose email is stored in a different case.',
			},
			{
				name: 'Thorough',
				value: 'thorough',
				description:
					'If the search finds no viewer, read all viewers of the page once per run (1 request per 100 viewers)',
			},
		],
		default: 'thorough',
		description: `How to confirm that an email has no viewer. ${consequence}.`,
	};
}

export function lookUpIn({ options }: StatuspageInput): LookUp {
	return options.choice<LookUp>('lookUp', 'thorough');
}
