import { Failure } from '../../shared/transport/failures';
import { isSame } from '../../shared/api/matching';

/** A row of the desired list, as it came. A field that is not managed is undefined; one that is managed but empty is empty. */
export interface DesiredRow {
	/** The number of the item. */
	item: number;
	email: string;
	externalLogin?: string;
	/** Names or IDs. */
	groups?: string[];
	/** Names or IDs. */
	components?: string[];
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

/** Something with a name that rows can refer to. */
export interface Named {
	id: string;
	name: string;
}

export interface DesiredOptions {
	groups: Named[];
	components: Named[];
	/** An empty field is an empty list; otherwise it is an error, because it looks the same as one that was forgotten. */
	emptyMeansNone: boolean;
	/** Unknown names of groups are to be created; otherwise they are an error. */
	createsGroups: boolean;
}

function bad(message: string, advice: string): Failure {
	return new Failure({ kind: 'forbidden', message, advice: `${advice}. Nothing was planned` });
}

function itemsOf(rows: Array<{ item: number }>): string {
	return rows.map(({ item }) => item).join(' and ');
}

function requireFilled(row: DesiredRow, field: 'externalLogin' | 'groups' | 'components', label: string, emptyMeansNone: boolean): void {
	const value = row[field];
	if (value === undefined || value.length > 0 || emptyMeansNone) return;
	throw bad(`'${label}' of item ${row.item} (${row.email}) is empty`, "Fill it in, or switch on 'Empty Means None' when an empty field is meant");
}

/** The object that a text names, by ID or by name; none when nothing does. */
function named(text: string, objects: Named[], what: string, item: number): Named | undefined {
	const byId = objects.find(({ id }) => id === text);
	if (byId) return byId;
	const byName = objects.filter(({ name }) => isSame(name, text));
	if (byName.length > 1) {
		throw bad(`There are ${byName.length} ${what}s with the name "${text}" of item ${item}: ${byName.map(({ id }) => id).join(', ')}`, 'Use one of these IDs');
	}
	return byName[0];
}

function unknown(text: string, what: string, item: number): Failure {
	const more = what === 'viewer group' ? ", or switch on 'Create Missing Groups'" : '';
	return bad(`There is no ${what} with the name or ID "${text}", which item ${item} asks for`, `Check the spelling and the page${more}`);
}

/** Case and surrounding space are ignored; a part behind a plus sign makes another address. */
function addressKey(email: string): string {
	return email.trim().toLowerCase();
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
	const [{ email }] = rows;
	const newGroups = new Map<string, string>();
	const groupIds = new Set<string>();
	const componentIds = new Set<string>();
	for (const { item, groups = [], components = [] } of rows) {
		for (const text of groups) {
			const group = named(text, options.groups, 'viewer group', item);
			if (group) groupIds.add(group.id);
			else if (options.createsGroups) newGroups.set(text.toLowerCase(), text);
			else throw unknown(text, 'viewer group', item);
		}
		for (const text of components) {
			const component = named(text, options.components, 'component', item);
			if (!component) throw unknown(text, 'component', item);
			componentIds.add(component.id);
		}
	}
	return {
		email: email.trim(),
		externalLogin: oneLogin(rows),
		groupIds: rows.some(({ groups }) => groups !== undefined) ? [...groupIds] : undefined,
		newGroups: [...newGroups.values()],
		componentIds: rows.some(({ components }) => components !== undefined) ? [...componentIds] : undefined,
		items: rows.map(({ item }) => item),
	};
}

/**
 * The people that rows ask for. Several rows for one person, e.g. one row a group, become one.
 *
 * @throws Failure for rows that contradict each other, empty fields and unknown names
 */
export function desiredPeople(rows: DesiredRow[], options: DesiredOptions): Person[] {
	const byAddress = new Map<string, DesiredRow[]>();
	for (const row of rows) {
		if (!/^[^\s@,;]+@[^\s@,;]+$/.test(row.email.trim())) {
			throw bad(`Item ${row.item} has no e-mail address: "${row.email}"`, "Choose the field that holds it in 'Email'");
		}
		requireFilled(row, 'externalLogin', 'External Login', options.emptyMeansNone);
		requireFilled(row, 'groups', 'Viewer Groups', options.emptyMeansNone);
		requireFilled(row, 'components', 'Components', options.emptyMeansNone);
		const key = addressKey(row.email);
		byAddress.set(key, [...(byAddress.get(key) ?? []), row]);
	}
	const people = [...byAddress.values()].map((ofPerson) => personFrom(ofPerson, options));
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
