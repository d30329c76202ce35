import { toEntryList } from '../../../nodes/shared/operations/entryList';
import { resolveEntries, resolveEntry, type NameScope } from '../../../nodes/shared/operations/resolveNames';

const groups = [
	{ id: 'aaa111', name: 'Sales' },
	{ id: 'bbb222', name: 'Sales, EMEA' },
	{ id: 'ccc333', name: 'EMEA' },
	{ id: 'ddd444', name: 'Support' },
	{ id: 'eee555', name: 'support' },
	{ id: 'fff666', name: 'Group\u00a01' },
	{ id: 'ggg777', name: 'Zu\u0308rich' },
	// A group whose name is the ID of another group.
	{ id: 'hhh888', name: 'aaa111' },
	{ id: 'iii999', name: 'Ops; Night' },
];
const scope: NameScope = {
	label: "'Viewer Group Names or IDs'",
	noun: 'viewer group',
	place: 'on this page',
	candidates: groups,
	isId: (text) => /^[a-z]{3}\d{3}$/.test(text),
};
const resolve = (value: unknown, more: Partial<NameScope> = {}) =>
	resolveEntries({ ...scope, ...more }, toEntryList(value));

test.each<[unknown, string[]]>([
	['Sales', ['aaa111']],
	[' sales ', ['aaa111']],
	['aaa111', ['aaa111']],
	['Group 1', ['fff666']],
	['group\u2003\u20031', ['fff666']],
	['Gro\u200bup 1', ['fff666']],
	['Z\u00fcrich', ['ggg777']],
	[['Sales', 'aaa111', 'SALES'], ['aaa111']],
	[['Sales, EMEA'], ['bbb222']],
	['Sales, ccc333', ['aaa111', 'ccc333']],
	['Ops; Night', ['iii999']],
	[[{ id: 'ddd444', name: 'Sales' }], ['ddd444']],
	['["EMEA","Sales"]', ['ccc333', 'aaa111']],
	['eee555', ['eee555']],
])('%j is resolved to %j', (value, ids) => expect(resolve(value)).toEqual(ids));

test('a text that is a single name and also a list of names is an error with both readings', () => {
	expect(() => resolve('Sales, EMEA')).toThrow(
		`'Viewer Group Names or IDs' can be read as one viewer group, "Sales, EMEA", or as several: "Sales" and "EMEA"`,
	);
});

test.each<[unknown, RegExp]>([
	['Nobody', /^'Viewer Group Names or IDs' contains "Nobody", but no viewer group on this page has this name or ID/],
	['Sales, Nobody', /contains "Nobody"/],
	['zzz000', /contains "zzz000", but no viewer group/],
	[[{ id: 'Sales' }], /contains "Sales", but no viewer group on this page has this ID/],
	['SUPPORT', /contains "SUPPORT", which is the name of 2 viewer groups: ddd444, eee555/],
])('%j is an error', (value, message) => expect(() => resolve(value)).toThrow(message));

test('with allowUnknownIds, an unknown ID is accepted, but not an unknown name', () => {
	expect(resolve('zzz000, Sales', { allowUnknownIds: true })).toEqual(['zzz000', 'aaa111']);
	expect(resolve([{ id: 'gone' }], { allowUnknownIds: true })).toEqual(['gone']);
	expect(() => resolve('Nobody', { allowUnknownIds: true })).toThrow(/no viewer group/);
});

test('unknown names can be collected instead', () => {
	const unknown: string[] = [];
	expect(resolveEntries(scope, toEntryList('Sales, New'), (name) => unknown.push(name))).toEqual(['aaa111']);
	expect(unknown).toEqual(['New']);
});

test('without candidates, the error says so', () => {
	expect(() => resolveEntry({ ...scope, candidates: [] }, { text: 'x' })).toThrow(
		expect.objectContaining({
			facts: expect.objectContaining({ advice: expect.stringContaining('There is no viewer group on this page') }),
		}),
	);
});

test('a long list of suggested names is shortened', () => {
	const candidates = Array.from({ length: 30 }, (_, index) => ({ id: `id${index}`, name: `Name ${index}` }));
	const advice = (() => {
		try {
			resolveEntry({ ...scope, candidates }, { text: 'x' });
		} catch (error) {
			return String((error as { facts: { advice: string } }).facts.advice);
		}
		return '';
	})();
	expect(advice).toContain('"Name 9" and 20 more');
	expect(advice).not.toContain('Name 10');
});
