import { emailKey, nameKey } from '../../../../shared/client/matching';
import type { Breather } from '../../../../shared/http/breather';
import { Failure } from '../../../../shared/http/failures';
import type { EntryList } from '../../../../shared/operations/entryList';
import { resolveEntries, type NameScope } from '../../../../shared/operations/resolveNames';

/** Names or IDs of a row. */
export interface DesiredList extends EntryList {
	/** A text that was typed into the field, the same for all rows: it may be a misspelt field name, so that it creates no group. */
	isTyped?: boolean;
}

/** A row of the desired list. A field that is not managed is undefined; one that is managed but empty is empty. */
export interface DesiredRow {
	/** The number of the item. */
	item: number;
	/** An address that was understood. */
	email: string;
	/** The address as it was given, where it had to be cleaned. */
	emailGiven?: string;
	externalLogin?: string;
	groups?: DesiredList;
	components?: DesiredList;
}

/** One person who should have access, from one row or several. */
export interface Person {
	email: string;
	externalLogin?: string;
	groupIds?: string[];
	/** Names of groups that are to be created. */
	newGroups: string[];
	componentIds?: string[];
	items: number[];
}

/** How names of a kind are resolved. */
export type Names = Pick<NameScope, 'noun' | 'place' | 'candidates' | 'isId'>;

export interface DesiredOptions {
	groups: Names;
	components: Names;
	/** An empty field is an empty list; otherwise it is an error, because it looks the same as one that was forgotten. */
	emptyMeansNone: boolean;
	/** Unknown names of groups are to be created; otherwise they are an error. */
	createsGroups: boolean;
}

function bad(message: string, advice: string, item?: number): Failure {
	return new Failure({
		kind: 'invalid',
		message,
		advice: `${advice}. Nothing was planned`,
		...(item === undefined ? {} : { item }),
	});
}

function itemsOf(rows: Array<{ item: number }>): string {
	return rows.map(({ item }) => item).join(' and ');
}

function requireFilled({ item, email }: DesiredRow, isEmpty: boolean, label: string, emptyMeansNone: boolean): void {
	if (!isEmpty || emptyMeansNone) return;
	throw bad(
		`'${label}' of item ${item} (${email}) is empty`,
		"Fill it in, or switch on 'Empty Means None' when an empty field is meant",
		item,
	);
}

/** @throws Failure for a field that is managed and empty, unless an empty one means none */
export function requireFilledRows(rows: DesiredRow[], emptyMeansNone: boolean): void {
	for (const row of rows) {
		requireFilled(row, row.externalLogin === '', 'External Login', emptyMeansNone);
		requireFilled(row, row.groups?.entries.length === 0, 'Viewer Groups', emptyMeansNone);
		requireFilled(row, row.components?.entries.length === 0, 'Components', emptyMeansNone);
	}
}

function oneLogin(rows: DesiredRow[]): string | undefined {
	const [first, ...rest] = rows.filter(({ externalLogin }) => externalLogin !== undefined);
	const other = rest.find(({ externalLogin }) => externalLogin !== first.externalLogin);
	if (other) {
		throw bad(
			`Items ${itemsOf([first, other])} contradict each other: ${first.email} has the external logins "${first.externalLogin}" and "${other.externalLogin}"`,
			'Keep one of them',
		);
	}
	return first?.externalLogin;
}

function personFrom(rows: DesiredRow[], options: DesiredOptions): Person {
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
		externalLogin: oneLogin(rows),
		groupIds: rows.some(({ groups }) => groups !== undefined) ? [...groupIds] : undefined,
		newGroups: [...newGroups.values()],
		componentIds: rows.some(({ components }) => components !== undefined) ? [...componentIds] : undefined,
		items: rows.map(({ item }) => item),
	};
}

/**
 * The people that rows ask for. Several rows for one person, e.g. one row per group, become one. A part behind a plus sign makes
 * another address.
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
		people.push(personFrom(ofPerson, options));
		await breather?.breathe();
	}
	const byLogin = new Map<string, Person>();
	for (const person of people) {
		if (!person.externalLogin) continue;
		const other = byLogin.get(person.externalLogin);
		if (other) {
			throw bad(
				`Items ${other.items[0]} and ${person.items[0]} contradict each other: ${other.email} and ${person.email} have the same external login "${person.externalLogin}"`,
				'Keep one of them',
			);
		}
		byLogin.set(person.externalLogin, person);
	}
	return people;
}
