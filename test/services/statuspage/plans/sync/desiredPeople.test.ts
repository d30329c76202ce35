import {
	desiredPeople,
	type DesiredOptions,
	type DesiredRow,
	type Names,
} from '../../../../../nodes/services/statuspage/plans/sync/desiredPeople';
import { toEntryList } from '../../../../../nodes/shared/operations/entryList';

const names = (noun: string, ...candidates: Array<[string, string]>): Names => ({
	noun,
	candidates: candidates.map(([id, name]) => ({ id, name })),
	isId: (text) => text.length === 2,
});
const options: DesiredOptions = {
	groups: names(
		'viewer group',
		['g1', 'Acme Corp'],
		['g2', 'Contoso'],
		['g3', 'Twice'],
		['g4', 'twice'],
		['g5', 'Sales, EMEA'],
	),
	components: names('component', ['c1', 'API']),
	emptyMeansNone: false,
	createsGroups: false,
};
/** A row with its lists as the item has them. */
interface GivenRow {
	email: string;
	externalLogin?: string;
	groups?: unknown;
	components?: unknown;
}
const listOf = (value: unknown) => (Array.isArray(value) && value.length === 0 ? { entries: [] } : toEntryList(value));
const people = async (rows: GivenRow[], more: Partial<DesiredOptions> = {}) =>
	await desiredPeople(
		rows.map(
			({ groups, components, ...row }, item): DesiredRow => ({
				item,
				...row,
				...(groups ? { groups: listOf(groups) } : {}),
				...(components ? { components: listOf(components) } : {}),
			}),
		),
		{ ...options, ...more },
	);

test('several rows for one person become one, regardless of case and Unicode form of the email', async () => {
	const rows = [
		{ email: 'Anna@Example.com', groups: ['acme corp'] },
		{ email: 'anna@example.com', groups: ['g2'] },
		{ email: 'anna@example.com', groups: ['Acme Corp'] },
	];
	expect(await people(rows)).toEqual([
		{
			email: 'Anna@Example.com',
			externalLogin: undefined,
			groupIds: ['g1', 'g2'],
			newGroups: [],
			componentIds: undefined,
			items: [0, 1, 2],
		},
	]);
});

test('emails with a plus suffix are different people', async () => {
	expect(await people([{ email: 'anna@example.com' }, { email: 'anna+status@example.com' }])).toHaveLength(2);
});

test('a field that no row contains is not managed', async () => {
	expect(await people([{ email: 'a@example.com' }])).toMatchObject([
		{ groupIds: undefined, componentIds: undefined, externalLogin: undefined },
	]);
});

test('an unknown group is created once if the option is on', async () => {
	const rows = [{ email: 'a@example.com', groups: ['New', 'new'] }];
	expect(await people(rows, { createsGroups: true })).toMatchObject([{ groupIds: [], newGroups: ['new'] }]);
});

test('an empty field is an empty list if the option is on', async () => {
	expect(
		await people([{ email: 'a@example.com', groups: [], externalLogin: '' }], { emptyMeansNone: true }),
	).toMatchObject([{ groupIds: [], externalLogin: '' }]);
});

test.each([
	[
		'an unknown group',
		[{ email: 'a@example.com', groups: ['Acme'] }],
		/'Viewer Groups' contains "Acme", but no viewer group has this name or ID/,
	],
	[
		'an unknown component',
		[{ email: 'a@example.com', components: ['Web'] }],
		/'Components' contains "Web", but no component has this name or ID/,
	],
	[
		'a name that two groups have',
		[{ email: 'a@example.com', groups: ['TWICE'] }],
		/contains "TWICE", which is the name of 2 viewer groups: g3, g4/,
	],
	['an empty field', [{ email: 'a@example.com', groups: [] }], /'Viewer Groups' of item 0 \(a@example.com\) is empty/],
	[
		'two logins for one address',
		[
			{ email: 'a@example.com', externalLogin: 'x' },
			{ email: 'A@example.com', externalLogin: 'y' },
		],
		/Items 0 and 1 contradict each other. .*"x" and "y"/,
	],
	[
		'one login for two addresses',
		[
			{ email: 'a@example.com', externalLogin: 'x' },
			{ email: 'b@example.com', externalLogin: 'x' },
		],
		/Items 0 and 1 contradict each other. a@example.com and b@example.com/,
	],
])(
	'%s is an error that names the item',
	async (_, rows, message) => await expect(people(rows)).rejects.toThrow(message),
);

test('a text that is a group name is not split into a list', async () => {
	expect(await people([{ email: 'a@example.com', groups: 'Sales, EMEA' }])).toMatchObject([{ groupIds: ['g5'] }]);
	expect(await people([{ email: 'a@example.com', groups: 'Acme Corp, Contoso' }])).toMatchObject([
		{ groupIds: ['g1', 'g2'] },
	]);
});

test('typed text creates no group, because it may be a misspelled field name', async () => {
	const row: DesiredRow = { item: 0, email: 'a@example.com', groups: { entries: [{ text: 'groups' }], isTyped: true } };
	await expect(desiredPeople([row], { ...options, createsGroups: true })).rejects.toThrow(
		'contains "groups", but no viewer group has this name or ID',
	);
});
