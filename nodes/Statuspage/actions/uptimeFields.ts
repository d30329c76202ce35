import type { Query } from '../../shared/client/apiClient';
import type { Field } from '../../shared/fields/field';
import { filtersField } from '../../shared/fields/lists';
import type { StatuspageInput } from './statuspageInput';

/** @param defaultStart what the first day defaults to */
export function uptimeFilters(defaultStart: string): Field {
	return filtersField([
		{
			displayName: 'End',
			name: 'end',
			type: 'string',
			accepts: 'partialDate',
			default: '',
			placeholder: 'e.g. 2026-06-30',
			description: "Last day, as YYYY-MM-DD, YYYY-MM or YYYY. Defaults to today. At most six months after 'Start'.",
		},
		{
			displayName: 'Start',
			name: 'start',
			type: 'string',
			accepts: 'partialDate',
			default: '',
			placeholder: 'e.g. 2026-01-01',
			description: `First day, as YYYY-MM-DD, YYYY-MM or YYYY. Defaults to ${defaultStart}.`,
		},
	]);
}

export const skipRelatedEvents: Field = {
	displayName: 'Skip Related Events',
	name: 'skipRelatedEvents',
	type: 'boolean',
	default: false,
	description: 'Whether to exclude the incidents behind the figures from the output',
};

/** The first day of a year, a month or a day. */
const firstDay = (date: string) => `${date}-01-01`.slice(0, 10);
/** A text that is not before any day of a year, a month or a day. */
const lastDay = (date: string) => `${date}-99-99`.slice(0, 10);

/**
 * The query for the uptime of a component or of a component group.
 *
 * @throws Failure if the start is after the end
 */
export function uptimeQuery(input: StatuspageInput): Query {
	const filters = input.values.collection('filters');
	const [start, end] = [filters.optionalText('start'), filters.optionalText('end')];
	if (start && end && firstDay(start) > lastDay(end))
		throw input.invalid('start', `is ${start}, which is after 'End' (${end})`, 'Correct one of the two dates');
	return {
		...(start ? { start } : {}),
		...(end ? { end } : {}),
		...(input.options.flag('skipRelatedEvents') ? { skip_related_events: true } : {}),
	};
}
