import { emailKey, nameKey } from '../../../../shared/client/matching';
import type { Breather } from '../../../../shared/http/breather';
import { Failure } from '../../../../shared/http/failures';
import type { EntryList } from '../../../../shared/operations/entryList';
import { resolveEntries, type NameScope } from '../../../../shared/operations/resolveNames';

/** Names or IDs of a row. */
export interface DesiredList extends EntryList {
	/** True for text that was typed into the field. It may be a misspelled field name, so it never creates a group. */
	isTyped?: boolean;
}

/** A row of the list of people who should have access. Fields that are not managed are undefined. */
export interface DesiredRow {
	/** The index of the item. */
	item: number;
	/** A valid, cleaned email. */
	email: string;
	/** The email as it was in the input, if it had to be cleaned. */
	emailGiven?: string;
	externalLogin?: string;
	groups?: DesiredList;
	components?: DesiredList;
}

/** A person who should have access, from one or more rows. */
export interface Person {
	email: string;
	externalLogin?: string;
	groupIds?: string[];
	/** Names of groups that the plan will create. */
	newGroups: string[];
	componentIds?: string[];
	items: number[];
}

/** How to resolve the names of one kind of object. */
export type Names = Pick<NameScope, 'noun' | 'place' | 'candidates' | 'isId'>;

export interface DesiredOptions {
	groups: Names;
	components: Names;
	/** Accepts an empty field as an empty list. Otherwise it is rejected, because it may have been forgotten. */
	emptyMeansNone: boolean;
	/** Creates groups with unknown names. Otherwise an unknown name is rejected. */
	createsGroups: boolean;
}

function invalidList(message: string, advice: string, item?: number): Failure {
	return new Failure({
		kind: 'invalid',
		message,
		advice: `${advice}. No plan was created`,
		...(item === undefined ? {} : { item }),
	});
}

function joinItems(rows: Array<{ item: number }>): string {
	return rows.map(({ item }) => item).join(' and ');
}

function requireFilled({ item, email }: DesiredRow, isEmpty: boolean, label: string, emptyMeansNone: boolean): void {
	if (!isEmpty || emptyMeansNone) return;
	throw invalidList(
		`'${label}' of item ${item} (${email}) is empty`,
		"Enter a value, or turn on 'Empty Means None' if empty is intended",
		item,
	);
}

/** @throws Failure for an empty managed field, unless `emptyMeansNone` is set */
export function requireFilledRows(rows: DesiredRow[], emptyMeansNone: boolean): void {
	for (const row of rows) {
		requireFilled(row, row.externalLogin === '', 'External Login', emptyMeansNone);
		requireFilled(row, row.groups?.entries.length === 0, 'Viewer Groups', emptyMeansNone);
		requireFilled(row, row.components?.entries.length === 0, 'Components', emptyMeansNone);
	}
}

function singleLogin(rows: DesiredRow[]): string | undefined {
	const [first, ...rest] = rows.filter(({ externalLogin }) => externalLogin !== undefined);
	const other = rest.find(({ externalLogin }) => externalLogin !== first.externalLogin);
	if (other) {
		throw invalidList(
			`Items ${joinItems([first, other])} contradict each other. ${first.email} has the external logins "${first.externalLogin}" and "${other.externalLogin}"`,
			'Keep one of them',
		);
	}
	return first?.externalLogin;
}

function toPerson(rows: DesiredRow[], options: DesiredOptions): Person {
	const newGroups = new Map<string, string>();
	const groupIds = new Set<string>();
	const componentIds = new Set<string>();
	for (const { item, groups, components } of rows) {
		if (groups) {
			const creates = options.createsGroups && !groups.isTyped;
			const onUnknown = creates ? (name: string) => newGroups.set(nameKey(name), name) : undefined;
			for (const id of resolveEntries({ label: "'Viewer Groups'", item, ...options.groups }, groups, onUnknown))
				groupIds.add(id);
		}
		if (components)
			for (const id of resolveEntries({ label: "'Components'", item, ...options.components }, components))
				componentIds.add(id);
	}
	return {
		email: rows[0].email,
		externalLogin: singleLogin(rows),
		groupIds: rows.some(({ groups }) => groups !== undefined) ? [...groupIds] : undefined,
		newGroups: [...newGroups.values()],
		componentIds: rows.some(({ components }) => components !== undefined) ? [...componentIds] : undefined,
		items: rows.map(({ item }) => item),
	};
}

/**
 * Combines rows into people. Several rows with the same email, e.g. one row per group, become one person. Emails with a plus suffix are
 * different emails.
 *
 * @throws Failure for rows that contradict each other, empty fields and unknown names
 */
export async function desiredPeople(
	rows: DesiredRow[],
	options: DesiredOptions,
	breather?: Breather,
): Promise<Person[]> {
	const byAddress = new Map<string, DesiredRow[]>();
	requireFilledRows(rows, options.emptyMeansNone);
	for (const row of rows) {
		const key = emailKey(row.email);
		const known = byAddress.get(key);
		if (known) known.push(row);
		else byAddress.set(key, [row]);
	}
	const people: Person[] = [];
	for (const ofPerson of byAddress.values()) {
		people.push(toPerson(ofPerson, options));
		await breather?.breathe();
	}
	const byLogin = new Map<string, Person>();
	for (const person of people) {
		if (!person.externalLogin) continue;
		const other = byLogin.get(person.externalLogin);
		if (other) {
			throw invalidList(
				`Items ${other.items[0]} and ${person.items[0]} contradict each other. ${other.email} and ${person.email} have the same external login "${person.externalLogin}"`,
				'Keep one of them',
			);
		}
		byLogin.set(person.externalLogin, person);
	}
	return people;
}
