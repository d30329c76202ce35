import { desiredPeople, type DesiredOptions, type DesiredRow } from '../../../nodes/Statuspage/access/desired';

const options: DesiredOptions = {
	groups: [{ id: 'g1', name: 'Acme Corp' }, { id: 'g2', name: 'Contoso' }, { id: 'g3', name: 'Twice' }, { id: 'g4', name: 'twice' }],
	components: [{ id: 'c1', name: 'API' }],
	emptyMeansNone: false,
	createsGroups: false,
};
const people = (rows: Array<Partial<DesiredRow> & { email: string }>, more: Partial<DesiredOptions> = {}) =>
	desiredPeople(rows.map((row, item) => ({ item, ...row })), { ...options, ...more });

test('several rows for one person become one, whatever the case and the spaces of the address', () => {
	const rows = [{ email: 'Anna@Example.com ', groups: ['acme corp'] }, { email: 'anna@example.com', groups: ['g2'] }, { email: 'anna@example.com', groups: ['Acme Corp'] }];
	expect(people(rows)).toEqual([{ email: 'Anna@Example.com', externalLogin: undefined, groupIds: ['g1', 'g2'], newGroups: [], componentIds: undefined, items: [0, 1, 2] }]);
});

test('a part behind a plus sign makes another person', () => {
	expect(people([{ email: 'anna@example.com' }, { email: 'anna+status@example.com' }])).toHaveLength(2);
});

test('a field that no row has is not managed', () => {
	expect(people([{ email: 'a@example.com' }])).toMatchObject([{ groupIds: undefined, componentIds: undefined, externalLogin: undefined }]);
});

test('an unknown group is created where that is asked for, once', () => {
	const rows = [{ email: 'a@example.com', groups: ['New', 'new'] }];
	expect(people(rows, { createsGroups: true })).toMatchObject([{ groupIds: [], newGroups: ['new'] }]);
});

test('an empty field is an empty list where that is asked for', () => {
	expect(people([{ email: 'a@example.com', groups: [], externalLogin: '' }], { emptyMeansNone: true })).toMatchObject([{ groupIds: [], externalLogin: '' }]);
});

test.each([
	['no address', [{ email: 'anna' }], /^Item 0 has no e-mail address: "anna"$/],
	['an empty address', [{ email: '' }], /^Item 0 has no e-mail address/],
	['an unknown group', [{ email: 'a@example.com', groups: ['Acme'] }], /no viewer group with the name or ID "Acme", which item 0 asks for/],
	['an unknown component', [{ email: 'a@example.com', components: ['Web'] }], /no component with the name or ID "Web"/],
	['a name that two groups have', [{ email: 'a@example.com', groups: ['TWICE'] }], /2 viewer groups with the name "TWICE" of item 0: g3, g4/],
	['an empty field', [{ email: 'a@example.com', groups: [] }], /'Viewer Groups' of item 0 \(a@example.com\) is empty/],
	['two logins for one address', [{ email: 'a@example.com', externalLogin: 'x' }, { email: 'A@example.com', externalLogin: 'y' }], /Items 0 and 1 contradict each other: .*"x" and "y"/],
	['one login for two addresses', [{ email: 'a@example.com', externalLogin: 'x' }, { email: 'b@example.com', externalLogin: 'x' }], /Items 0 and 1 contradict each other: a@example.com and b@example.com/],
])('%s is an error that names the item', (_, rows, message) => expect(() => people(rows)).toThrow(message));
