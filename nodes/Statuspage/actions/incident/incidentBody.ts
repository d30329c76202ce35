import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/client/answer';
import { describeValue } from '../../../shared/operations/invalidValue';
import type { Values } from '../../../shared/operations/values';
import { component } from '../../../services/statuspage/objects/component';
import type { StatuspageInput } from '../statuspageInput';
import { MOST_MESSAGE_CHARACTERS, MOST_NAME_CHARACTERS } from './incidentFields';

/** The text of a field; undefined if it has none. Throws Failure if it has more characters than `most`. */
export function limitedText(input: StatuspageInput, values: Values, name: string, most: number): string | undefined {
	const text = values.has(name) ? values.text(name) : undefined;
	// Characters as people count them, not UTF-16 units.
	const length = text === undefined ? 0 : [...text].length;
	if (length > most)
		throw input.invalid(
			name,
			`has ${length.toLocaleString('en-US')} characters, but Statuspage accepts at most ${most.toLocaleString('en-US')}`,
			'Shorten the text',
		);
	return text;
}

/** Name and message, if there are any, named as in the API. Throws Failure if one is too long. */
export function textsOf(input: StatuspageInput, names: Values, bodies: Values): IDataObject {
	const name = limitedText(input, names, 'name', MOST_NAME_CHARACTERS);
	const body = limitedText(input, bodies, 'body', MOST_MESSAGE_CHARACTERS);
	return { ...(name === undefined ? {} : { name }), ...(body === undefined ? {} : { body }) };
}

const MOST_HOURS = 24;
const isHour = (hour: number) => Number.isInteger(hour) && hour >= 1 && hour <= MOST_HOURS;

/**
 * The reminders as Statuspage accepts them: null, a list or a number, the latter two as text. Undefined if they are not understood.
 *
 * @param text hours, an interval, off or default
 */
export function toReminderIntervals(text: string): string | null | undefined {
	const given = text.trim().toLowerCase();
	if (given === 'default') return null;
	if (given === 'off' || /^\[\s*\]$/.test(given)) return '[]';
	const interval = /^(?:every\s+)?(\d+)(?:\s*h(?:ours?)?)?$/.exec(given)?.[1];
	if (interval !== undefined) return isHour(Number(interval)) ? String(Number(interval)) : undefined;
	const list = given.replace(/^\[(.*)\]$/, '$1');
	if (!/^\d+(\s*,\s*\d+)*$/.test(list)) return undefined;
	const hours = list.split(',').map(Number);
	const isIncreasing = hours.every((hour, index) => index === 0 || hour > hours[index - 1]);
	return hours.every(isHour) && isIncreasing ? JSON.stringify(hours) : undefined;
}

function reminders(input: StatuspageInput, values: Values): IDataObject {
	if (!values.has('reminderIntervals')) return {};
	const intervals = toReminderIntervals(values.text('reminderIntervals'));
	if (intervals === undefined)
		throw input.invalid(
			'reminderIntervals',
			`must be increasing hours from 1 to ${MOST_HOURS} such as "1, 5, 10", one interval such as "every 4", "off" or "default", not ${describeValue(values.text('reminderIntervals'))}`,
		);
	return { reminder_intervals: intervals };
}

function checkedMetadata(input: StatuspageInput, values: Values): IDataObject {
	const metadata = values.object('metadata');
	if (!metadata) return {};
	for (const [name, value] of Object.entries(metadata)) {
		if (isObject(value)) continue;
		throw input.invalid(
			'metadata',
			`must contain objects only, but "${name}" is ${describeValue(value)}`,
			'Put the values into an object, e.g. {"data": {"alert": "a1"}}',
		);
	}
	return { metadata: metadata as IDataObject };
}

/** Impact, metadata and reminders of a collection, if they were added, named as in the API. Throws Failure for an invalid one. */
export function rareIncidentBody(input: StatuspageInput, values: Values): IDataObject {
	return {
		...(values.has('impactOverride') ? { impact_override: values.text('impactOverride') } : {}),
		...checkedMetadata(input, values),
		...reminders(input, values),
	};
}

/** @throws Failure if the end is not after the start. They are compared as instants. */
export function requireOrder(
	input: StatuspageInput,
	start: unknown,
	end: unknown,
	name: 'scheduledFor' | 'scheduledUntil' = 'scheduledUntil',
): void {
	const [from, until] = [Date.parse(String(start)), Date.parse(String(end))];
	if (Number.isNaN(from) || Number.isNaN(until) || until > from) return;
	const [first, last] = [new Date(from).toISOString(), new Date(until).toISOString()];
	throw input.invalid(
		name,
		name === 'scheduledUntil'
			? `is ${last}, but must be after 'Scheduled For' (${first})`
			: `is ${first}, but must be before 'Scheduled Until' (${last})`,
		"Correct 'Scheduled For' or 'Scheduled Until'",
	);
}

/** The new statuses by component ID, from the rows of 'Components'. Throws Failure if a component has two. */
export async function newComponentStatuses(input: StatuspageInput, pageId: string): Promise<Map<string, string>> {
	const statuses = new Map<string, string>();
	for (const row of input.values.rows('components')) {
		const status = row.text('status');
		for (const id of await input.idsOf(component, { pageId }, 'componentIds', { values: row })) {
			const other = statuses.get(id);
			if (other !== undefined && other !== status)
				throw input.invalid(
					'components',
					`gives component ${id} two statuses: ${other} and ${status}`,
					'Keep one of them',
				);
			statuses.set(id, status);
		}
	}
	return statuses;
}
