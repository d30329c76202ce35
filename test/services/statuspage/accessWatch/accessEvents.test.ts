import { accessEvents } from '../../../../nodes/services/statuspage/accessWatch/accessEvents';
import { eventsIn, type AccessKind, type Source } from '../../../../nodes/services/statuspage/accessWatch/accessKinds';
import {
	changedHashes,
	decodeRows,
	encodeRows,
	shortHash,
} from '../../../../nodes/services/statuspage/accessWatch/accessRows';
import { knownRows, placeHash, readState } from '../../../../nodes/services/statuspage/accessWatch/accessState';
import {
	changedPages,
	seenPermissions,
	seenTeamMember,
	seenViewer,
	seenViewerGroup,
	type Seen,
} from '../../../../nodes/services/statuspage/accessWatch/seen';
import type { Permissions } from '../../../../nodes/services/statuspage/permissionAnswer';

const ALL: AccessKind[] = [
	'viewerAdded',
	'viewerChanged',
	'viewerRemoved',
	'viewerGroupAdded',
	'viewerGroupChanged',
	'viewerGroupRemoved',
	'teamMemberAdded',
	'teamMemberRemoved',
	'permissionChanged',
];

const viewer = (id: string, email: string | null, groups: string[] = [], login?: string) =>
	seenViewer({ id, email, external_login: login, page_access_group_ids: groups } as never, false);
const group = (
	id: string,
	name: string,
	lists: { viewers?: string[]; components?: string[]; metrics?: string[] } = {},
) =>
	seenViewerGroup({
		id,
		name,
		external_identifier: null,
		page_access_user_ids: lists.viewers ?? [],
		component_ids: lists.components ?? [],
		metric_ids: lists.metrics ?? [],
	} as never);
const member = (id: string, email: string) => seenTeamMember({ id, email } as never);
const permissions = (id: string, pages: Record<string, Record<string, boolean>>) =>
	seenPermissions(id, 'a@example.com', new Map(Object.entries(pages)) as Permissions);

const byId = (objects: Seen[]) => new Map(objects.map((seen) => [seen.id, seen]));
const rowsOf = (objects: Seen[]) => new Map(objects.map(({ id, row }) => [id, row]));

/** The events as "kind id field+field", after a round trip through the state. */
function told(source: Source, before: Seen[], after: Seen[], kinds = ALL): string[] {
	const known = decodeRows(encodeRows(rowsOf(before)));
	const { events, next } = accessEvents(source, known, byId(after), eventsIn(source, kinds));
	expect(next).toEqual(rowsOf(after));
	return events.map(({ kind, id, changed }) => [kind, id, changed.join('+')].join(' ').trim());
}

const ROLES = { page_configuration: true, incident_manager: false, maintenance_manager: false };

test.each<[string, Source, Seen[], Seen[], string[]]>([
	['nothing changed', 'viewers', [viewer('a', 'a@x')], [viewer('a', 'a@x')], []],
	['a viewer was added', 'viewers', [], [viewer('a', 'a@x')], ['viewerAdded a']],
	['a viewer was removed', 'viewers', [viewer('a', 'a@x')], [], ['viewerRemoved a']],
	['an email changed', 'viewers', [viewer('a', 'a@x')], [viewer('a', 'b@x')], ['viewerChanged a email']],
	['an email got capitals', 'viewers', [viewer('a', 'a@x')], [viewer('a', 'A@x')], ['viewerChanged a email']],
	[
		'a login was set',
		'viewers',
		[viewer('a', 'a@x')],
		[viewer('a', 'a@x', [], 'l')],
		['viewerChanged a externalLogin'],
	],
	['a group was added', 'viewers', [viewer('a', 'a@x')], [viewer('a', 'a@x', ['g'])], ['viewerChanged a viewerGroups']],
	['groups in another order', 'viewers', [viewer('a', 'a@x', ['g', 'h'])], [viewer('a', 'a@x', ['h', 'g'])], []],
	['a group twice', 'viewers', [viewer('a', 'a@x', ['g'])], [viewer('a', 'a@x', ['g', 'g'])], []],
	[
		'all fields changed',
		'viewers',
		[viewer('a', 'a@x', ['g'], 'l')],
		[viewer('a', 'b@x', ['h'], 'm')],
		['viewerChanged a email+externalLogin+viewerGroups'],
	],
	[
		'additions and changes in the order of the list, then removals',
		'viewers',
		[viewer('gone', 'g@x'), viewer('b', 'b@x')],
		[viewer('new', 'n@x'), viewer('b', 'c@x')],
		['viewerAdded new', 'viewerChanged b email', 'viewerRemoved gone'],
	],
	['a viewer without an email', 'viewers', [viewer('a', null, [], 'l')], [viewer('a', null, [], 'l')], []],
	['a name changed', 'viewerGroups', [group('g', 'A')], [group('g', 'B')], ['viewerGroupChanged g name']],
	[
		'members of a group',
		'viewerGroups',
		[group('g', 'A', { viewers: ['a'] })],
		[group('g', 'A', { viewers: ['a', 'b'] })],
		['viewerGroupChanged g viewers'],
	],
	[
		'components and metrics of a group',
		'viewerGroups',
		[group('g', 'A', { components: ['c'] })],
		[group('g', 'A', { metrics: ['m'] })],
		['viewerGroupChanged g components+metrics'],
	],
	[
		'lists of a group in another order',
		'viewerGroups',
		[group('g', 'A', { viewers: ['a', 'b'], components: ['c', 'd'] })],
		[group('g', 'A', { viewers: ['b', 'a'], components: ['d', 'c'] })],
		[],
	],
	[
		'groups come and go',
		'viewerGroups',
		[group('g', 'A')],
		[group('h', 'A')],
		['viewerGroupAdded h', 'viewerGroupRemoved g'],
	],
	['a team member has no changes', 'teamMembers', [member('m', 'a@x')], [member('m', 'b@x')], []],
	[
		'team members come and go',
		'teamMembers',
		[member('m', 'a@x')],
		[member('n', 'n@x')],
		['teamMemberAdded n', 'teamMemberRemoved m'],
	],
	[
		'a role was given',
		'permissions',
		[permissions('m', { p: { ...ROLES, page_configuration: false } })],
		[permissions('m', { p: ROLES })],
		['permissionChanged m permissions'],
	],
	[
		'pages in another order',
		'permissions',
		[permissions('m', { p: ROLES, q: {} })],
		[permissions('m', { q: {}, p: ROLES })],
		[],
	],
	[
		'a page without roles is not a page with no role',
		'permissions',
		[permissions('m', { p: {} })],
		[permissions('m', { p: { ...ROLES, page_configuration: false } })],
		['permissionChanged m permissions'],
	],
	[
		'a new team member with permissions',
		'permissions',
		[],
		[permissions('m', { p: {} })],
		['permissionChanged m permissions'],
	],
	['a new team member without permissions', 'permissions', [], [permissions('m', {})], []],
	['a team member who is gone', 'permissions', [permissions('m', { p: {} })], [], []],
])('%s', (_, source, before, after, events) => {
	expect(told(source, before, after)).toEqual(events);
});

test('only chosen events are told, and everything else is taken over', () => {
	const before = [viewer('gone', 'g@x'), viewer('b', 'b@x')];
	const after = [viewer('new', 'n@x'), viewer('b', 'c@x')];
	expect(told('viewers', before, after, ['viewerRemoved'])).toEqual(['viewerRemoved gone']);
	expect(told('viewers', before, after, ['viewerAdded'])).toEqual(['viewerAdded new']);
	expect(told('viewers', before, after, ['keyExpires'])).toEqual([]);
});

test('the first comparison has no events', () => {
	const { events, next } = accessEvents('viewers', undefined, byId([viewer('a', 'a@x')]), ['viewerAdded']);
	expect([events, [...next.keys()]]).toEqual([[], ['a']]);
});

test('the pages of a permission change are told with the roles before and now', () => {
	const before = permissions('m', { p: ROLES, gone: {}, same: ROLES }).row.text;
	const after = permissions('m', { p: { ...ROLES, incident_manager: true }, 'new:;%': {}, same: ROLES }).row.text;
	expect(changedPages(before, after)).toEqual([
		{ pageId: 'gone', hadAccess: true, rolesBefore: null, hasAccess: false, rolesNow: null },
		{ pageId: 'new:;%', hadAccess: false, rolesBefore: null, hasAccess: true, rolesNow: null },
		{
			pageId: 'p',
			hadAccess: true,
			rolesBefore: ['Page Configuration'],
			hasAccess: true,
			rolesNow: ['Page Configuration', 'Incident Manager'],
		},
	]);
});

test('rows with any text survive the state', () => {
	const rows = new Map([
		['a b,c%20', { hashes: '123456', text: 'Größe, 100 % "x"\n' }],
		['plain', { hashes: '', text: '' }],
		['💡', { hashes: 'abcdef', text: '% ,' }],
	]);
	expect(decodeRows(encodeRows(rows))).toEqual(rows);
	expect(decodeRows(encodeRows(new Map()))).toEqual(new Map());
	expect(encodeRows(new Map([...rows].reverse()))).toBe(encodeRows(rows));
});

test('hashes have six characters, and show their positions', () => {
	expect(shortHash('a', 'x')).toMatch(/^[A-Za-z0-9+/]{6}$/);
	expect(shortHash('a', 'x')).not.toBe(shortHash('b', 'x'));
	const values = Array.from({ length: 20_000 }, (_, index) => shortHash('a', index));
	expect(new Set(values).size).toBe(values.length);
	expect(changedHashes('aaaaaabbbbbbcccccc', 'aaaaaaXbbbbbccccXc')).toEqual([1, 2]);
	// A field that a later version adds counts as changed, rather than being ignored.
	expect(changedHashes('aaaaaa', 'aaaaaabbbbbb')).toEqual([1]);
});

const EMAIL_OF_40 = (index: number) => `${String(index).padStart(6, '0')}.some.person@subsidiary.example`;

test.each([
	[false, 330_000],
	[true, 740_000],
])('10,000 viewers take less than a megabyte (emails kept: %s)', (keepEmail, most) => {
	const rows = Array.from({ length: 10_000 }, (_, index) => {
		const id = `v${String(index).padStart(11, '0')}`;
		const email = EMAIL_OF_40(index).padEnd(40, 'x');
		return seenViewer({ id, email, page_access_group_ids: ['g'] } as never, keepEmail);
	});
	const state = {
		version: 1,
		sources: { viewers: { about: placeHash('a', 'b'), kinds: [], rows: encodeRows(rowsOf(rows)) } },
	};
	const { length } = JSON.stringify(state);
	expect(length).toBeLessThan(most);
	expect(length).toBeGreaterThan(most * 0.95);
});

test.each([
	[undefined],
	[null],
	['text'],
	[{}],
	[{ version: 'x', sources: {} }],
	[{ version: 1 }],
	[{ version: 1, sources: { viewers: { about: 'a', rows: 5, kinds: [] } } }],
])('static data that is no state counts as none: %j', (value) => {
	expect(readState(value).sources).toEqual({});
});

test('rows of another place, and rows that somebody edited, are no baseline', () => {
	const state = { about: 'here', kinds: [], rows: 'a%zz 123456' };
	expect(knownRows(state, 'here')).toBeUndefined();
	expect(knownRows({ ...state, rows: 'a 123456' }, 'elsewhere')).toBeUndefined();
	expect(knownRows({ ...state, rows: 'a 123456' }, 'here')?.size).toBe(1);
});
