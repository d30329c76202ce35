import fc from 'fast-check';
import { applyChanges } from '../../../../nodes/services/statuspage/plans/apply/applyChanges';
import { requireCap, scopeKey } from '../../../../nodes/services/statuspage/plans/cap';
import {
	digestOf,
	editedFields,
	isChange,
	peopleLosingAccess,
	removesAccess,
	toChange,
	type Change,
	type PlannedChange,
} from '../../../../nodes/services/statuspage/plans/change';
import { directApi } from '../../../support/direct';

const FACTS = { peopleInScope: 250, viewersOnPage: 250 };
const planned: PlannedChange = {
	action: 'updateViewer',
	page: 'page',
	pageName: 'Page',
	email: 'anna@example.com',
	objectId: 'anna',
	before: { email: 'old@example.com', external_login: null },
	after: { email: 'anna@example.com', external_login: 'u1' },
};
const change = (more: Partial<PlannedChange> = {}, facts = FACTS) => toChange({ ...planned, ...more }, facts);

/** As steps between do it: no null, other order of keys, more fields. */
function passedOn(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(passedOn);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.filter(([, entry]) => entry !== null && entry !== undefined)
			.map(([name, entry]) => [name, passedOn(entry)]),
	);
}

test('a change with dropped nulls, reordered keys and additional fields counts as unedited', () => {
	for (const one of [change(), change({ page: null, objectId: null, before: null }), change({ after: null })]) {
		expect(editedFields({ ...(passedOn(one) as Change), approvedBy: 'somebody' } as Change)).toEqual([]);
	}
});

test.each<[string, Partial<Change>]>([
	['email', { email: 'ben@example.com' }],
	['objectId', { objectId: 'ben' }],
	['after', { after: { email: 'anna@example.com', external_login: 'u2' } }],
	['before', { before: { email: 'other@example.com' } }],
	['text', { text: 'Nothing to see here' }],
	['page', { page: 'other' }],
	['peopleInScope', { peopleInScope: 100_000 }],
	['organizationId', { organizationId: 'other' }],
	['note', { note: 'approved' }],
	['notConfirmed', { notConfirmed: true }],
])('an edited %s is named', (name, edit) => expect(editedFields({ ...change(), ...edit })).toContain(name));

test('detects any edit of a field that apply uses', () => {
	const names = [
		'action',
		'page',
		'organizationId',
		'email',
		'objectId',
		'before',
		'after',
		'text',
		'note',
		'peopleInScope',
		'viewersOnPage',
	] as const;
	fc.assert(
		fc.property(fc.constantFrom(...names), fc.anything(), (name, value) => {
			const original = change();
			const edited = { ...original, [name]: value } as unknown as Change;
			fc.pre(digestOf(edited) !== digestOf(original));
			expect(editedFields(edited)).not.toEqual([]);
		}),
	);
});

test('distinguishes other JSON from an edited change', () => {
	expect(isChange({ email: 'a@example.com' })).toBe(false);
	expect(isChange({ ...change(), email: 17 })).toBe(true);
	expect(isChange(null)).toBe(false);
	expect(isChange({ ...change(), digest: undefined })).toBe(false);
});

test('an edited item of any type returns a failed row and never throws', async () => {
	const edits: object[] = [
		{ email: 17 },
		{ before: [] },
		{ after: 'x' },
		{ objectId: {} },
		{ page: 5 },
		{ peopleInScope: null },
		{ text: null },
	];
	const changes = edits.map((edit) => ({ ...change(), ...edit }) as unknown as Change);
	const outcomes = await applyChanges(directApi('http://127.0.0.1:9'), changes, {
		organizationId: '',
		capPercent: 100,
		concurrency: 5,
	});
	edits.forEach((edit, index) => {
		const [name] = Object.keys(edit);
		expect(outcomes[index]).toMatchObject({
			result: 'failed',
			reason: expect.stringMatching(new RegExp(`\\(.*${name}.*\\).*create a new plan`)),
		});
	});
});

describe('people who lose access', () => {
	test.each<[string, Partial<PlannedChange>, boolean]>([
		[
			'own components added',
			{ action: 'setComponents', before: { componentIds: ['a'] }, after: { componentIds: ['a', 'b'] } },
			false,
		],
		[
			'own components exchanged',
			{ action: 'setComponents', before: { componentIds: ['a'] }, after: { componentIds: ['b'] } },
			true,
		],
		[
			'own metrics removed',
			{
				action: 'setComponents',
				before: { componentIds: [], metricIds: ['m'] },
				after: { componentIds: [], metricIds: [] },
			},
			true,
		],
		[
			'a role removed',
			{
				action: 'setPermissions',
				before: { roles: { incident_manager: true } },
				after: { roles: { incident_manager: false } },
			},
			true,
		],
		[
			'a role added',
			{
				action: 'setPermissions',
				before: { roles: { incident_manager: false } },
				after: { roles: { incident_manager: true } },
			},
			false,
		],
		['a page removed', { action: 'setPermissions', before: { roles: {} }, after: { roles: null } }, true],
		['a group left', { action: 'removeFromGroup' }, true],
		['a group joined', { action: 'addToGroup' }, false],
		['nothing', { action: 'unchanged' }, false],
	])('%s: %s', (_, more, isLoss) => {
		expect(removesAccess({ ...planned, ...more })).toBe(isLoss);
		expect(peopleLosingAccess([{ ...planned, ...more }]).size).toBe(isLoss ? 1 : 0);
	});
});

describe('the limit', () => {
	const removals = (page: string | null, count: number, action: PlannedChange['action'] = 'removeFromGroup') =>
		Array.from({ length: count }, (_, index) =>
			change({ action, page, email: `${index}@example.com`, objectId: String(index) }),
		);

	test('counts each page and the team separately', () => {
		const all = [
			...removals('small', 2),
			...removals('large', 10),
			...removals(null, 2, 'deleteTeamMember'),
			...removals('large', 1, 'setPermissions'),
		];
		expect(new Set(all.map(scopeKey))).toEqual(new Set(['small', 'large', 'team']));
		const scopes = new Map([
			['small', 12],
			['large', 1000],
			['team', 100],
		]);
		expect(() => requireCap(all, scopes, 10)).toThrow(
			'This plan removes access from 2 of 12 people in scope on page Page (0@example.com, 1@example.com). The limit is 1 (10%)',
		);
		expect(() => requireCap(all, new Map([...scopes, ['small', 20]]), 10)).not.toThrow();
		expect(() => requireCap(all, new Map([...scopes, ['small', 20], ['team', 10]]), 10)).toThrow(
			'from 2 of 10 people in scope in the team',
		);
	});

	test('in apply, a change on a large page does not raise the limit of other pages', async () => {
		const small = removals('small', 12).map((one) => toChange(one, { peopleInScope: 12, viewersOnPage: 12 }));
		const large = toChange({ ...planned, page: 'large' }, { peopleInScope: 5000, viewersOnPage: 5000 });
		await expect(
			applyChanges(directApi('http://127.0.0.1:9'), [...small, large], {
				organizationId: '',
				capPercent: 10,
				concurrency: 5,
			}),
		).rejects.toThrow('This plan removes access from 12 of 12 people in scope on page Page');
	});
});
