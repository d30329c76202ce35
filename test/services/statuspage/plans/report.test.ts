import type { IDataObject } from 'n8n-workflow';
import { markdownOf, sentenceOf, type SummaryFacts } from '../../../../nodes/services/statuspage/plans/summary';
import { toChange, type Planned } from '../../../../nodes/services/statuspage/plans/change';
import { startSimulator, type Simulator } from '../../../support/simulator';
import { results, run, worldOf, type World } from '../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 40, limit: 100_000 });
	world = await worldOf(simulator);
});

describe('the report', () => {
	test('says who sees what by which way, and what to look at', async () => {
		const [group, empty] = world.groups;
		const [viewer] = world.viewers.filter(({ groupIds }) => groupIds.includes(group.id));
		const [api, web] = world.components;
		await simulator.send('POST', `/pages/${world.pageId}/page_access_groups/${group.id}/components`, { body: { component_ids: [api.id] } });
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${empty.id}`, { body: { page_access_group: { page_access_user_ids: [] } } });
		await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${viewer.id}/components`, { body: { component_ids: [web.id] } });
		const rows = await results(world, 'access getReport');
		const ways = rows.filter(({ personId }) => personId === viewer.id).map(({ component, way, via }) => [component, way, via]);
		expect(ways).toEqual([[api.name, 'group', group.name], [web.name, 'direct', '']]);
		const seeing = new Set(rows.filter(({ person }) => person === 'viewer').map(({ personId }) => personId));
		const blind = rows.filter(({ finding }) => finding === 'viewerSeesNothing').map(({ subjectId }) => subjectId);
		expect(blind).toEqual(world.viewers.map(({ id }) => id).filter((id) => !seeing.has(id)));
		expect(rows.filter(({ finding }) => finding === 'groupWithNobody').map(({ subjectId }) => subjectId)).toContain(empty.id);
		expect(rows.filter(({ personId, way }) => personId === world.memberId && way === 'role').map(({ pageId }) => pageId)).toContain(world.plainPageId);
		const { members } = await simulator.state();
		const idle = Object.values(members).filter(({ permissions }) => Object.keys(permissions).length === 0);
		expect(rows.filter(({ finding }) => finding === 'teamMemberWithoutPages')).toHaveLength(idle.length);
	});

	test('calls nobody blind when nobody looked', async () => {
		const { items, hints } = await run(world, 'access getReport', { options: { directComponents: false, teamMembers: false } });
		expect(items.some(({ finding }) => finding === 'viewerSeesNothing')).toBe(false);
		expect(hints.join()).toContain('Own components of viewers were not looked at');
		expect((await simulator.log()).some(({ path }) => path.endsWith('/components') && path.includes('page_access_users'))).toBe(false);
	});

	test('of some people names only them, with a few requests; whoever holds nothing has no row', async () => {
		const { memberEmail, viewers, groups, components } = world;
		await simulator.send('POST', `/pages/${world.pageId}/page_access_groups/${groups[0].id}/components`, { body: { component_ids: [components[0].id] } });
		const viewer = viewers.find(({ groupIds }) => groupIds.includes(groups[0].id));
		await simulator.clearLog();
		const emails = `${viewer?.email.toUpperCase()}, ${memberEmail}, nobody@example.com`;
		const { items, hints } = await run(world, 'access getReport', { options: { emails, pageIds: [world.pageId] } });
		expect(new Set(items.map(({ email }) => email))).toEqual(new Set([viewer?.email, memberEmail]));
		expect(items.every(({ kind }) => kind === 'access')).toBe(true);
		expect(hints.join()).toContain('Only these people were looked at');
		const permissions = (await simulator.calls()).filter((call) => call.includes('/permissions/'));
		expect(permissions).toEqual([`GET /organizations/${world.organizationId}/permissions/${world.memberId}`]);
		expect((await run(world, 'access getReport', { options: { emails: ['nobody@example.com'] } })).items).toEqual([]);
	});
});

describe('the summary', () => {
	const facts: SummaryFacts = {
		title: 'Access to Page',
		peopleInScope: 5000,
		capPercent: 10,
		audience: ['Page is probably audience-specific'],
		cost: { planRequests: 54, applyRequests: 226, applyMinutes: 3, naiveRequests: 6450, naiveMinutes: 107, requestsPerMinute: 60 },
	};
	const change = (planned: Partial<Planned>) =>
		toChange({ action: 'createViewer', page: 'p', email: 'a@example.com', objectId: null, before: null, after: { email: 'a@example.com', groupIds: ['g'] }, ...planned }, { peopleInScope: 5000, viewersOnPage: 5000 });
	const removal = change({ action: 'removeFromGroup', objectId: 'v', email: 'b@example.com', before: { groupName: 'Acme', isMember: true }, after: { groupName: 'Acme', isMember: false } });

	test('fits into a message, shows what is taken away first, and says what it cuts off', () => {
		const many = Array.from({ length: 500 }, (_, index) => change({ email: `person.${index}@example.com` }));
		const text = markdownOf([...many, removal], facts);
		expect(text.length).toBeLessThan(3000);
		expect(text).toContain('- 500 viewers created\n- 1 group membership removed');
		expect(text).toContain('1 of 5000 people in scope end with less; at most 500 may (10 %).');
		expect(text).toContain('226 requests, about 3 min at 60 a minute; one by one it would be 6450, about 107 min.');
		expect(text.indexOf('remove b@example.com from Acme')).toBeLessThan(text.indexOf('create person.0@example.com'));
		const shown = text.match(/- create person/g)?.length ?? 0;
		expect(text).toContain(`… and ${500 - shown} more, not shown here`);
	});

	test('says that there is nothing to do', () => expect(markdownOf([], facts)).toContain('Nothing to change.'));

	test('lets no name format or mention anybody', () => {
		expect(sentenceOf(change({ email: '<!channel>*x*@example.com' }))).toBe('create !channel  x @example.com in 1 group');
	});

	test('is one item that holds the changes', async () => {
		const [item] = await results(world, 'access planSync', { managedFields: { viewerGroups: 'g' }, output: 'summary' }, { items: [{ email: 'new@example.com', g: [world.groups[0].id] }] });
		expect(item).toMatchObject({ hasChanges: true, counts: { createViewer: 1 }, peopleLosing: [] });
		const applied = await results(world, 'access applyPlan', {}, { items: [item as IDataObject] });
		expect(applied).toMatchObject([{ action: 'createViewer', result: 'done' }]);
		const [nothing] = await results(world, 'access planSync', { managedFields: { viewerGroups: 'g' }, output: 'summary' }, { items: [{ email: 'new@example.com', g: [world.groups[0].id] }] });
		expect(nothing).toMatchObject({ hasChanges: false, changes: [] });
	});
});
