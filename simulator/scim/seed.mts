import { generator } from '../generator.mts';
import type { Options } from '../options.mts';
import { newAccount, putUser, setMembers, type Directory, type DirectoryGroup } from './directory.mts';

const FIRST_NAMES = [
	'amir',
	'beatriz',
	'carl',
	'dana',
	'emil',
	'fatima',
	'george',
	'hana',
	'ivan',
	'julia',
	'kofi',
	'lena',
];
const LAST_NAMES = [
	'almeida',
	'becker',
	'chen',
	'diaz',
	'eriksen',
	'fofana',
	'green',
	'hoffmann',
	'ivanova',
	'jones',
	'kaya',
	'lang',
];
const DEPARTMENTS = ['Support', 'Engineering', 'Sales', 'Finance', 'Operations', 'Human Resources'];
const TITLES = ['Analyst', 'Engineer', 'Manager', 'Specialist', 'Director'];
const GROUP_NAMES = ['Acme', 'Blue Harbour', 'Contoso', 'Delta Freight', 'Fabrikam', 'Globex', 'Juniper', 'Lighthouse'];
const SEEDED_AT = '2026-01-05T09:00:00.000Z';

function uuids(random: () => number): () => string {
	const hex = () =>
		Math.floor(random() * 2 ** 32)
			.toString(16)
			.padStart(8, '0');
	return () => {
		const [a, b, c, d] = [hex(), hex(), hex(), hex()];
		return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
	};
}

const capitalised = (word = '') => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/**
 * Creates a directory with a default group, and with some accounts that aren't linked to a user.
 *
 * @param addresses emails of the first users; the other emails are generated
 */
export function seededDirectory({ seed, directoryUsers, directoryGroups }: Options, addresses: string[]): Directory {
	// Uses its own random sequence, so the size of the directory doesn't affect the page.
	const random = generator(seed + 0x5c1a);
	const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
	const newId = uuids(random);
	const directory: Directory = {
		id: newId(),
		users: new Map(),
		userNames: new Map(),
		groups: new Map(),
		accounts: new Map(),
		newId,
	};

	for (let index = 0; index < directoryUsers; index++) {
		const address = addresses[index] ?? `${pick(FIRST_NAMES)}.${pick(LAST_NAMES)}.staff${index}@example.com`;
		const [givenName, familyName] = address.split('.').map(capitalised);
		const displayName = `${givenName} ${familyName}`;
		const active = index % 50 !== 49;
		const account = newAccount(directory, active);
		const attributes = {
			userName: address,
			externalId: `hr-${String(index + 1).padStart(4, '0')}`,
			name: { formatted: displayName, familyName, givenName },
			displayName,
			title: pick(TITLES),
			department: pick(DEPARTMENTS),
			active,
			emails: [{ value: address, type: 'work', primary: true }],
		};
		const user = {
			id: newId(),
			accountId: account.id,
			attributes,
			extensions: {},
			groupIds: new Set<string>(),
			created: SEEDED_AT,
			lastModified: SEEDED_AT,
		};
		putUser(directory, user, account);
	}
	for (let index = 0; index < 5; index++)
		directory.accounts.set(`guest.${index}@example.com`, newAccount(directory, true));

	const userIds = [...directory.users.keys()];
	const addGroup = (displayName: string, isDefault: boolean, memberIds: Iterable<string>) => {
		const group: DirectoryGroup = {
			id: newId(),
			displayName,
			isDefault,
			memberIds: new Set(),
			created: SEEDED_AT,
			lastModified: SEEDED_AT,
		};
		directory.groups.set(group.id, group);
		setMembers(directory, group, memberIds);
	};
	addGroup('org-admins', true, userIds.slice(0, 2));
	for (let index = 0; index < directoryGroups; index++) {
		const size = Math.min(userIds.length, 5 + Math.floor(random() * 116));
		const memberIds = new Set<string>();
		while (memberIds.size < size) memberIds.add(pick(userIds));
		addGroup(`Statuspage ${GROUP_NAMES[index] ?? `Customer ${index + 1}`}`, false, memberIds);
	}
	return directory;
}
