import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	ACTIONS,
	removesAccess,
	toChange,
	type Change,
	type PlannedChange,
} from '../../../../../nodes/services/statuspage/plans/change';
import { FORMATS } from '../../../../../nodes/services/statuspage/plans/message/messageFormat';
import {
	MAX_MESSAGE_LENGTH,
	planMessage,
	type PlanFacts,
} from '../../../../../nodes/services/statuspage/plans/message/planMessage';
import { startSimulator, type Simulator } from '../../../../support/simulator';
import { results, worldOf, type World } from '../../../../support/world';

const page = { page: 'p', pageName: 'Acme' };
const change = (planned: Partial<PlannedChange>): Change =>
	toChange(
		{ ...page, action: 'createViewer', email: 'a@example.com', objectId: null, before: null, after: null, ...planned },
		{ peopleInScope: 250, viewersOnPage: 250 },
	);
const removal = (email: string, planned: Partial<PlannedChange> = {}) =>
	change({
		action: 'removeFromGroup',
		email,
		objectId: email,
		before: { groupName: 'Ops', isMember: true },
		after: { groupName: 'Ops', isMember: false },
		...planned,
	});
const joiner = (email: string) => change({ email, after: { groupIds: ['g'] }, names: { g: 'Support' } });

const facts = (changes: Change[], more: Partial<PlanFacts> = {}): PlanFacts => ({
	title: 'Access to Acme',
	changes,
	peopleInScope: 250,
	scopes: [
		{
			pageName: 'Acme',
			people: 250,
			peopleLosing: new Set(changes.filter(removesAccess).map(({ email }) => email)).size,
		},
	],
	capPercent: 10,
	audience: [],
	cost: { planRequests: 3, applyRequests: 226, applyMinutes: 3, requestsPerMinute: 60 },
	lookedAt: ['All 250 viewers of page Acme'],
	notLookedAt: [],
	...more,
});
const plain = (...args: Parameters<typeof facts>) => planMessage(facts(...args), 'plain');

describe('a message', () => {
	test('describes the plan in the future tense, removals first, with the people who will lose access', () => {
		const { text, isComplete } = plain([joiner('new@example.com'), removal('b@example.com'), removal('c@example.com')]);
		expect(text).toBe(`Access to Acme

This plan will remove 2 people from viewer groups and create 1 viewer. 2 of 250 people in scope will lose access. The limit is 25 (10%).

Removals
- Remove b@example.com from viewer group Ops on page Acme
- Remove c@example.com from viewer group Ops on page Acme

Other changes
- Create viewer new@example.com on page Acme with viewer group Support

Applying the plan will send 226 requests and take about 3 min at 60 requests per minute.

Checked: All 250 viewers of page Acme.`);
		expect(isComplete).toBe(true);
	});

	test('of a plan that only adds says that nobody loses access', () => {
		const { text } = plain([joiner('new@example.com')], {
			peopleInScope: 0,
			scopes: [{ pageName: 'Acme', people: 0, peopleLosing: 0 }],
		});
		expect(text).toContain('This plan will create 1 viewer. Nobody will lose access.');
		expect(text).not.toContain('0 of 0');
	});

	test('counts each page and the team for itself', () => {
		const { text } = plain([removal('b@example.com')], {
			scopes: [
				{ pageName: 'Acme', people: 250, peopleLosing: 1 },
				{ pageName: 'Beta', people: 4, peopleLosing: 1 },
				{ pageName: 'Gamma', people: 9, peopleLosing: 0 },
				{ pageName: null, people: 30, peopleLosing: 2 },
			],
		});
		expect(text).toContain(`
- 2 of 30 team members will lose access. The limit is 3 (10%).
- 1 of 250 people in scope will lose access on page Acme. The limit is 25 (10%).
- 1 of 4 people in scope will lose access on page Beta. The limit is 1 (10%, but at least 1).
`);
		expect(text).not.toContain('Gamma');
	});

	test('summarizes the remaining pages if there are many', () => {
		const scopes = Array.from({ length: 25 }, (_, index) => ({
			pageName: `Page ${index}`,
			people: 250,
			peopleLosing: 1,
		}));
		expect(plain([removal('b@example.com')], { scopes }).text).toContain(
			'- People will also lose access on 21 more pages, within the limit of each page.',
		);
	});

	test('shows two numbers if a person has several changes of one kind', () => {
		expect(plain([removal('b@example.com'), removal('b@example.com')]).text).toContain(
			'This plan will remove 1 person from viewer groups (2 memberships).',
		);
	});

	test('without changes shows what was checked and what was not', () => {
		const nothing = change({
			action: 'unchanged',
			page: null,
			email: 'bob@example.com',
			evidence: 'No access found for bob@example.com on 2 pages',
		});
		const { text, isComplete } = plain([nothing], {
			title: 'Offboarding of bob@example.com',
			notLookedAt: ['Team members, because the credential has no organization ID', 'Subscriptions'],
		});
		expect(text).toBe(`Offboarding of bob@example.com

Nothing will change. 250 people are in scope.

- No access found for bob@example.com on 2 pages

Not checked:
- Team members, because the credential has no organization ID
- Subscriptions

Checked: All 250 viewers of page Acme.`);
		expect(isComplete).toBe(true);
	});

	test('shows each note once, with its number at the changes', () => {
		const note = 'Single sign-on may reset the members of this viewer group at the next login';
		const { text } = plain([
			removal('b@example.com', { note }),
			removal('c@example.com'),
			removal('d@example.com', { note }),
		]);
		expect(text.match(/Note 1: Single sign-on/g)).toHaveLength(1);
		expect(text.match(/ \(note 1\)\n/g)).toHaveLength(2);
		expect(plain([removal('b@example.com', { note })]).text).toContain(`\n\nNote: ${note}.\n`);
	});

	test('that cannot name every removal starts with a notice', () => {
		const removals = Array.from({ length: 62 }, (_, index) => removal(`person.${index}@example.com`));
		const { text, isComplete } = plain([joiner('new@example.com'), ...removals]);
		const named = text.match(/- Remove person/g)?.length ?? 0;
		expect(named).toBeGreaterThan(30);
		expect(text.split('\n')[0]).toBe(
			`This message names ${named} of 62 removals. The full list is in the field 'changes' of this item.`,
		);
		expect(text).toContain(`- ${62 - named} more removals are not named.`);
		expect(text).toContain('Removals on page Acme');
		expect(text).toContain('- Create viewer new@example.com with viewer group Support');
		expect(isComplete).toBe(false);
	});

	test('that names every removal is complete, even if other changes do not fit', () => {
		const joiners = Array.from({ length: 500 }, (_, index) => joiner(`person.${index}@example.com`));
		const { text, isComplete } = plain([...joiners, removal('b@example.com')]);
		expect([isComplete, text.split('\n')[0]]).toEqual([true, 'Access to Acme']);
		expect(text.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
		expect(text).toMatch(/- \d+ more changes are not named\. The full list is in the field 'changes' of this item\./);
	});

	test('shortens a removal that is longer than the message, and does not count it as named', () => {
		const names = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`c${index}`, `Component ${index}`]));
		const { text, isComplete } = plain([
			change({ action: 'deleteViewer', before: { groupIds: [], componentIds: Object.keys(names) }, names }),
		]);
		expect(text).toContain('This message names 0 of 1 removal in full.');
		expect(text).toContain('- Delete viewer a@example.com, who has own components Component 0, Component 1');
		expect(isComplete).toBe(false);
	});

	test.each(FORMATS)('for 25 pages with the audience check fits: %s', (format) => {
		const verdict = (index: number, is: string) => ({
			pageName: `Acme_${index}`,
			summary: `Acme_${index} ${is}. The status feed of the page does not answer without a login. The page has viewers`,
		});
		const audience = Array.from({ length: 25 }, (_, index) =>
			verdict(index, index === 7 ? 'is probably not audience-specific' : 'is probably audience-specific'),
		);
		const { text } = planMessage(facts([removal('b@example.com')], { audience }), format);
		expect(text.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
		expect(text).toMatch(/and 20 more pages|and 21 more pages/);
		expect(text.indexOf('probably not audience')).toBeLessThan(text.indexOf('is probably audience'));
		expect(text).toContain('Remove');
	});
});

describe('with any names', () => {
	const text = fc.oneof(
		{ weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
		{ weight: 1, arbitrary: fc.string({ minLength: 100, maxLength: 900 }) },
		fc.constantFrom('****', '<<<<<&&&&&'.repeat(60), '`'.repeat(300), 'a\nb'),
	);
	const planned = fc.record({
		action: fc.constantFrom(...ACTIONS),
		name: text,
		email: text,
		note: fc.option(text, { nil: undefined }),
		evidence: fc.option(text, { nil: undefined }),
	});
	const plan = fc.record({
		title: text.map((name) => `Access to ${name}`),
		changes: fc.array(planned, { maxLength: 80 }),
		scopes: fc.array(fc.record({ pageName: fc.option(text), people: fc.nat(9999), peopleLosing: fc.nat(99) }), {
			maxLength: 25,
		}),
		audience: fc.array(fc.record({ pageName: text, summary: text }), { maxLength: 25 }),
		lookedAt: fc.array(text, { maxLength: 25 }),
		notLookedAt: fc.array(text, { maxLength: 25 }),
	});

	test('a message has at most 2,800 characters and shows if a removal is not named', () => {
		fc.assert(
			fc.property(plan, fc.constantFrom(...FORMATS), ({ changes, ...rest }, format) => {
				const all = changes.map(({ name, ...each }) =>
					change({
						...each,
						pageName: name,
						before: { groupName: name, groupIds: ['g'], isMember: true },
						after: { name, groupName: name, groupIds: ['g'] },
						names: { g: name },
					}),
				);
				const message = planMessage(facts(all, rest), format);
				expect(message.text.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
				expect(message.text.startsWith('This message names ')).toBe(!message.isComplete);
				// Only line breaks of our own.
				expect(message.text).not.toMatch(/[^\P{Cc}\n]|\n\n\n/u);
				if (all.length === 1 && removesAccess(all[0]) && message.isComplete && format === 'plain')
					expect(message.text).toContain(all[0].text.trim().replace(/\s+/g, ' '));
			}),
			{ numRuns: 200, endOnFailure: true },
		);
	});
});

describe('in a workflow', () => {
	let simulator: Simulator;
	let world: World;
	beforeAll(async () => (simulator = await startSimulator()));
	afterAll(async () => await simulator.stop());
	beforeEach(async () => {
		await simulator.reset({ viewers: 40, limit: 100_000 });
		world = await worldOf(simulator);
	});

	const summary = async (parameters: IDataObject = {}) =>
		(
			await results(
				world,
				'access planSync',
				{ managedFields: { viewerGroups: 'g' }, output: 'summary', ...parameters },
				{ items: [{ email: 'new_person@example.com', g: [world.groups[0].id] }] },
			)
		)[0] as IDataObject;

	test('the summary is one item that contains the changes', async () => {
		const item = await summary();
		expect(item).toMatchObject({
			hasChanges: true,
			isComplete: true,
			counts: { createViewer: 1 },
			peopleLosing: [],
			format: 'markdown',
		});
		expect(item.message).toBe(item.markdown);
		expect(item.message).toContain(`Create viewer \`new_person@example.com\` on page \``);
		expect(Object.keys(item.cost as IDataObject)).toEqual([
			'planRequests',
			'applyRequests',
			'applyMinutes',
			'requestsPerMinute',
		]);
		const applied = await results(world, 'access applyPlan', {}, { items: [item] });
		expect(applied).toMatchObject([{ action: 'createViewer', result: 'done' }]);
		const nothing = await summary();
		expect(nothing).toMatchObject({ hasChanges: false, isComplete: true, changes: [] });
		expect(nothing.message).toMatch(/Nothing will change\.[^]*Checked: /);
	});

	test.each([
		['slack', 'Create viewer `new_person@example.com` on page `'],
		['jira', 'Create viewer new\\_person\\@example.com on page '],
		['plain', 'Create viewer new_person@example.com on page '],
	])('the message has the format %s, and the Markdown version is unchanged', async (format, text) => {
		const item = await summary({ format });
		expect(item.format).toBe(format);
		expect(item.message).toContain(text);
		expect(item.markdown).toMatch(/^\*\*Access to /);
	});
});
