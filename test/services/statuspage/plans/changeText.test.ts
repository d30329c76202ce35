import fc from 'fast-check';
import { ACTIONS, toChange, type PlannedChange } from '../../../../nodes/services/statuspage/plans/change';
import { changeParts, changeText, plainName } from '../../../../nodes/services/statuspage/plans/changeText';
import { joinNames } from '../../../../nodes/services/statuspage/plans/joinNames';
import { roleNames } from '../../../../nodes/services/statuspage/plans/roleNames';

const person = 'anna.lee@example.com';
const base = { page: 'p', pageName: 'Acme', email: person, objectId: 'v', before: null, after: null };
const names = { g1: 'Ops', g2: 'Support', c1: 'API', c2: 'Web', m1: 'Latency', p: 'Acme', q: 'Beta' };

describe('each action has one sentence with names', () => {
	test.each<[string, Partial<PlannedChange>]>([
		['Create viewer group Berlin on page Acme', { action: 'createGroup', email: '', after: { name: 'Berlin' } }],
		[
			`Create viewer ${person} on page Acme with viewer groups Ops and Berlin and own component API`,
			{ action: 'createViewer', after: { groupIds: ['g1'], newGroups: ['Berlin'], componentIds: ['c1'] } },
		],
		[`Create viewer ${person} on page Acme without viewer groups`, { action: 'createViewer', after: { groupIds: [] } }],
		[
			'Change viewer old@example.com on page Acme (email from old@example.com to anna.lee@example.com and external login from none to anna)',
			{
				action: 'updateViewer',
				before: { email: 'old@example.com', external_login: null },
				after: { email: person, external_login: 'anna' },
			},
		],
		[
			`Add ${person} to viewer group Ops on page Acme`,
			{ action: 'addToGroup', before: { groupName: 'Ops' }, after: { groupName: 'Ops' } },
		],
		[
			`Give ${person} own components API and Web on page Acme`,
			{ action: 'setComponents', before: { componentIds: [] }, after: { componentIds: ['c1', 'c2'] } },
		],
		[
			`Remove own component API and own metric Latency from ${person} on page Acme`,
			{ action: 'setComponents', before: { componentIds: ['c1'], metricIds: ['m1'] }, after: { componentIds: [] } },
		],
		[
			`Remove own component API from ${person} on page Acme and give them own component Web`,
			{ action: 'setComponents', before: { componentIds: ['c1'] }, after: { componentIds: ['c2'] } },
		],
		[
			`Remove ${person} from viewer group Ops on page Acme`,
			{ action: 'removeFromGroup', before: { groupName: 'Ops' }, after: { groupName: 'Ops' } },
		],
		[
			`Delete viewer ${person} on page Acme, who has viewer groups Ops and Support, own component API and own metric Latency`,
			{ action: 'deleteViewer', before: { groupIds: ['g1', 'g2'], componentIds: ['c1'], metricIds: ['m1'] } },
		],
		[
			`Delete viewer ${person} on page Acme, who has no viewer groups, own components or own metrics`,
			{ action: 'deleteViewer', before: { groupIds: [] } },
		],
		[`Delete the SMS subscription of ${person} on page Acme`, { action: 'deleteSubscriber', before: { mode: 'sms' } }],
		[`Delete the subscription of ${person} on page Acme`, { action: 'deleteSubscriber', before: {} }],
		[
			`Remove team member ${person} from page Acme (Incident Manager)`,
			{
				action: 'setPermissions',
				before: { pageId: 'p', roles: { incident_manager: true } },
				after: { pageId: 'p', roles: null },
			},
		],
		[
			`Change the roles of team member ${person} on page Acme from Incident Manager and Maintenance Manager to none`,
			{
				action: 'setPermissions',
				before: { roles: { incident_manager: true, maintenance_manager: true } },
				after: { roles: {} },
			},
		],
		[
			`Delete team member ${person} from the organization and from pages Acme (Page Configuration) and Beta`,
			{
				action: 'deleteTeamMember',
				page: null,
				pageName: undefined,
				before: { permissions: { p: { page_configuration: true }, q: {} } },
			},
		],
		[
			`Delete team member ${person} from the organization`,
			{ action: 'deleteTeamMember', page: null, pageName: undefined, before: { email: person } },
		],
		[`No change for ${person} on page Acme`, { action: 'unchanged' }],
	])('%s', (text, planned) => expect(changeText({ ...base, names, action: 'unchanged', ...planned })).toBe(text));

	test('an unknown name is shown as its ID', () =>
		expect(changeText({ ...base, pageName: undefined, action: 'createViewer', after: { groupIds: ['g9'] } })).toBe(
			`Create viewer ${person} on page p with viewer group g9`,
		));

	test('an empty name is shown as "(no name)"', () =>
		expect(changeText({ ...base, action: 'createGroup', after: { name: ' ' } })).toBe(
			'Create viewer group (no name) on page Acme',
		));

	test('evidence replaces the sentence', () =>
		expect(
			toChange({ ...base, action: 'unchanged', evidence: 'No access found' }, { peopleInScope: 1, viewersOnPage: 1 })
				.text,
		).toBe('No access found'));
});

test('the parts form the sentence, and all user data is marked as a name', () => {
	const parts = changeParts({ ...base, names, action: 'removeFromGroup', before: { groupName: 'Ops' }, after: null });
	expect(parts.filter(({ isName }) => isName).map(({ text }) => text)).toEqual([person, 'Ops', 'Acme']);
	expect(parts.map(({ text }) => text).join('')).toBe(`Remove ${person} from viewer group Ops on page Acme`);
});

test('any JSON of a change results in a sentence of one line', () => {
	const facts = fc.option(
		fc.dictionary(
			fc.constantFrom(
				'groupIds',
				'componentIds',
				'metricIds',
				'newGroups',
				'roles',
				'permissions',
				'mode',
				'name',
				'groupName',
				'email',
			),
			fc.jsonValue(),
		),
		{ nil: null },
	);
	fc.assert(
		fc.property(fc.constantFrom(...ACTIONS), facts, facts, fc.string(), (action, before, after, name) => {
			const text = changeText({ ...base, pageName: name, names: { g: name }, action, before, after });
			expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
		}),
	);
});

describe('a name', () => {
	test.each([
		['is one line', 'two\r\nlines\tand a tab', 'two lines and a tab'],
		['cannot reverse the sentence', 'a\u202Etxt.exe\u2066b', 'a[U+202E]txt.exe[U+2066]b'],
		['shows characters without width', 'Ad\u200Bmins\uFEFF!\u00AD', 'Ad[U+200B]mins[U+FEFF]![U+00AD]'],
		['shows half a character', 'a\uD800b', 'a[U+D800]b'],
		['keeps joined emoji', '👩\u200D💻 team', '👩\u200D💻 team'],
		['keeps joined letters', 'علی\u200Cرضا', 'علی\u200Cرضا'],
		['shows a joiner between other letters', 'ad\u200Dmin', 'ad[U+200D]min'],
		['shows a value of another type', { toString: '' } as unknown as string, '{"toString":""}'],
		['keeps everything else', 'prod_eu *x* `y` <!channel> Größe', 'prod_eu *x* `y` <!channel> Größe'],
	])('%s', (_, name, plain) => expect(plainName(name)).toBe(plain));
});

test('lists read as English', () => {
	expect([joinNames([]), joinNames(['A']), joinNames(['A', 'B']), joinNames(['A', 'B', 'C'])]).toEqual([
		'',
		'A',
		'A and B',
		'A, B and C',
	]);
	expect([roleNames(null), roleNames({ maintenance_manager: true, page_configuration: true })]).toEqual([
		[],
		['Page Configuration', 'Maintenance Manager'],
	]);
});
