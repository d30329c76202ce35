import { emailKey } from '../../../../shared/client/matching';
import { addToList } from '../addToList';
import { plainName } from '../changeText';
import { joinNames } from '../joinNames';

/** One item of the input. At least one of email and external login is set. The other may be empty. */
export interface LeaverRow {
	item: number;
	email: string;
	externalLogin: string;
	/** The email as it was in the input, if it had to be cleaned. */
	emailGiven?: string;
}

/** A person whose access will be removed. */
export interface Leaver {
	/** Indexes of the person's items, sorted. */
	items: number[];
	/** Empty if only an external login is known. */
	email: string;
	externalLogins: string[];
	emailGiven?: string;
}

function addTo(leaver: Leaver, { item, externalLogin, emailGiven }: LeaverRow): void {
	leaver.items.push(item);
	if (externalLogin !== '' && !leaver.externalLogins.includes(externalLogin)) leaver.externalLogins.push(externalLogin);
	if (emailGiven !== undefined) leaver.emailGiven ??= emailGiven;
}

/**
 * Combines rows into leavers, sorted by their first item. Rows with the same email become one leaver with all their external logins. A
 * row without an email belongs to the leavers with its external login.
 */
export function leaversOf(rows: LeaverRow[]): Leaver[] {
	const byEmail = new Map<string, Leaver>();
	const byLogin = new Map<string, Leaver[]>();
	for (const row of rows) {
		if (row.email === '') continue;
		const key = emailKey(row.email);
		const leaver = byEmail.get(key) ?? { items: [], email: row.email, externalLogins: [] };
		byEmail.set(key, leaver);
		addTo(leaver, row);
	}
	const leavers = [...byEmail.values()];
	for (const leaver of leavers) for (const login of leaver.externalLogins) addToList(byLogin, login, leaver);
	for (const row of rows) {
		if (row.email !== '') continue;
		const known = byLogin.get(row.externalLogin);
		const owners: Leaver[] = known ?? [{ items: [], email: '', externalLogins: [] }];
		if (!known) {
			byLogin.set(row.externalLogin, owners);
			leavers.push(...owners);
		}
		for (const leaver of owners) addTo(leaver, row);
	}
	for (const { items } of leavers) items.sort((a, b) => a - b);
	return leavers.sort((a, b) => a.items[0] - b.items[0]);
}

/** The display name of a leaver: "anna@example.com (external login u1)" or "external login u1". */
export function leaverName({ email, externalLogins }: Leaver): string {
	const logins =
		externalLogins.length === 0
			? ''
			: `external login${externalLogins.length === 1 ? '' : 's'} ${joinNames(externalLogins.map(plainName))}`;
	if (email === '') return logins;
	return logins === '' ? plainName(email) : `${plainName(email)} (${logins})`;
}

/** Finds the leavers of a record by email and external login. */
export class LeaverIndex {
	readonly #byEmail = new Map<string, Leaver>();
	readonly #byLogin = new Map<string, Leaver[]>();

	constructor(readonly leavers: readonly Leaver[]) {
		for (const leaver of leavers) {
			if (leaver.email !== '') this.#byEmail.set(emailKey(leaver.email), leaver);
			for (const login of leaver.externalLogins) addToList(this.#byLogin, login, leaver);
		}
	}

	withEmail(email: string | null | undefined): Leaver | undefined {
		return email ? this.#byEmail.get(emailKey(email)) : undefined;
	}

	/** The leavers with the email (case is ignored) or the external login, in the order of the input. */
	of({ email, external_login }: { email: string | null; external_login?: string | null }): Leaver[] {
		const leavers = new Set([
			...[this.withEmail(email) ?? []].flat(),
			...((external_login && this.#byLogin.get(external_login)) || []),
		]);
		return sortedByItem(leavers);
	}
}

/** Unique leavers in the order of their items. */
export function sortedByItem(leavers: Iterable<Leaver>): Leaver[] {
	return [...new Set(leavers)].sort((a, b) => a.items[0] - b.items[0]);
}
