import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import type { RunResult } from '../support/engine';
import { errorOf, locator, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000, viewers: 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ atlassianAccounts: 0 });
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const EMAIL = 'new.member@example.com';
const PASSWORD = 'hunter"two 🔑/1';
const POST = { method: 'POST' };
const GONE = 'gone00000001';
const create = async (parameters: IDataObject = {}) =>
	await run(world, 'teamMember create', { email: EMAIL, password: PASSWORD, ...parameters });
const remove = async (teamMemberId: IDataObject, options: IDataObject = {}) =>
	await run(world, 'teamMember delete', { teamMemberId, options });
const sent = async (method: string) => (await simulator.log()).filter((entry) => entry.method === method);
const membersWith = async (email: string) =>
	Object.values((await simulator.state()).members).filter(({ row }) => row.email === email);
/** All that a run shows. n8n itself saves the parameters of a failed node. */
const shown = ({ items, errorItems, error, hints }: RunResult) => JSON.stringify({ items, errorItems, error, hints });
function expectNoPassword(outcome: RunResult): void {
	const [start, end] = PASSWORD.split('"');
	for (const form of [start, end, encodeURIComponent(end)])
		expect([form, shown(outcome).includes(form)]).toEqual([form, false]);
}

describe('a create with a lost answer', () => {
	test.each<[string, Fault]>([
		['reset', { kind: 'resetAfter', match: POST }],
		['cut body', { kind: 'cut', match: POST }],
		['HTML 502', { kind: 'html', match: POST, after: true }],
		['hang', { kind: 'hang', match: POST, after: true }],
		['500', { kind: 'body', match: POST, status: 500, body: { error: 'Oops' } }],
	])('%s after the write: the team member exists once, and the output has a note', async (_, fault) => {
		await simulator.fault(fault);
		const outcome = await create({ options: { timeout: 1 } });
		expect(outcome.items).toEqual([
			expect.objectContaining({ email: EMAIL, note: expect.stringContaining('created once') as string }),
		]);
		expect(await membersWith(EMAIL)).toHaveLength(1);
		expect(await sent('POST')).toHaveLength(1);
		expectNoPassword(outcome);
	});

	test('before the write: it is not sent again, and the error says that it was not found', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await create();
		expect(error?.description).toContain('It may have been created. It was not found yet');
		expect(await sent('POST')).toHaveLength(1);
	});

	test('an older team member with the email is not the new one', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await create({ email: world.memberEmail.toUpperCase() });
		expect(error).toMatchObject({ httpCode: '422', message: expect.stringContaining('already had') as string });
	});

	test('a team member without a date may be older, and the output says so', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'fields', match: { method: 'GET' }, drop: ['created_at'], times: 10 });
		expect((await create()).items).toEqual([
			expect.objectContaining({ note: expect.stringContaining('may have existed before') as string }),
		]);
	});

	test('a look-up that fails leaves it open whether the team member exists', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'status', status: 403, match: { method: 'GET' }, times: 10 });
		expect((await create()).error?.description).toContain('It may have been created. It could not be looked up');
	});
});

describe('the password', () => {
	test('is sent as it was entered, also as a number', async () => {
		await create({ password: `  ${PASSWORD} ` });
		await create({ email: 'second@example.com', password: '={{ 12345678 }}' });
		await create({ email: 'third@example.com', password: '' });
		const bodies = (await sent('POST')).map(({ body }) => (body as { user: IDataObject }).user.password);
		expect(bodies).toEqual([`  ${PASSWORD} `, '12345678', undefined]);
	});

	test.each<[string, Fault]>([
		['in a success', { kind: 'fields', set: { password: PASSWORD, user: { password: PASSWORD } } }],
		['in a message', { kind: 'status', status: 422, body: { error: [`${PASSWORD} is too short`] } }],
		['in a map', { kind: 'status', status: 422, body: { errors: { [PASSWORD]: { password: PASSWORD } } } }],
		['as JSON text', { kind: 'status', status: 400, body: { message: JSON.stringify({ password: PASSWORD }) } }],
		['encoded', { kind: 'status', status: 403, body: { message: `user=${encodeURIComponent(PASSWORD)}` } }],
		['at the end of a long message', { kind: 'status', status: 422, body: { error: `${'x'.repeat(494)}${PASSWORD}` } }],
		['in a failure of the service', { kind: 'body', status: 500, body: { error: PASSWORD } }],
		['in a success that is not understood', { kind: 'body', status: 200, body: { error: PASSWORD } }],
		['in rejections', { kind: 'status', status: 429, body: { error: PASSWORD }, times: 1000 }],
		['in an outage', { kind: 'status', status: 503, body: { error: PASSWORD }, times: 1000 }],
	])('does not come back %s', async (_, fault) => {
		const options = { waitBudget: 2 };
		for (const onError of [undefined, 'continueErrorOutput'] as const) {
			await simulator.reset();
			await simulator.fault({ ...fault, match: POST });
			const outcome = await run(world, 'teamMember create', { email: EMAIL, password: PASSWORD, options }, { onError });
			expect(outcome.items.length + outcome.errorItems.length > 0 || outcome.error !== undefined).toBe(true);
			expectNoPassword(outcome);
		}
	});

	test.each([
		['an object', { secret: 'hidden value' }],
		['a list', ['hidden value']],
		['a large number', 123456789012345680000],
		['true', true],
	])('of a wrong type is an error without the value: %s', async (_, value) => {
		const items = [{ password: value }];
		const outcome = await run(
			world,
			'teamMember create',
			{ email: EMAIL, password: '={{ $json.password }}' },
			{ items },
		);
		expect(outcome.error?.message).toBe("'Password' must be text");
		expect(shown(outcome)).not.toMatch(/hidden value|12345678901234568/);
		expect(await simulator.log()).toEqual([]);
	});

	test('with half of a character is an error', async () => {
		expect((await create({ password: '\ud800abc' })).error?.message).toBe("'Password' must be text");
	});
});

test.each<[string, IDataObject, string]>([
	['no address', { email: 'nobody' }, "'Email'"],
	['two addresses', { email: 'a@example.com, b@example.com' }, "'Email'"],
	['an empty result', { email: '={{ "" }}' }, 'Email'],
	['an empty password', { password: '={{ "" }}' }, "'Password'"],
	['a missing password', { password: '={{ undefined }}' }, "'Password'"],
	['a wrong name', { additionalFields: { firstName: '={{ ({ a: 1 }) }}' } }, "'First Name'"],
])('an invalid field is an error before anything is sent: %s', async (_, parameters, label) => {
	expect(await errorOf(world, 'teamMember create', { email: EMAIL, password: PASSWORD, ...parameters })).toContain(
		label,
	);
	expect(await simulator.log()).toEqual([]);
});

test('without an organization, nothing is sent', async () => {
	const credential = { ...world.credential, organizationId: '' };
	for (const [name, parameters] of [
		['create', { email: EMAIL }],
		['delete', { teamMemberId: locator('id', world.memberId) }],
	] as const)
		expect((await run(world, `teamMember ${name}`, parameters, { credential })).error?.message).toBe(
			"'Organization ID' is empty",
		);
	expect(await simulator.log()).toEqual([]);
});

test('a cleaned email is in the output', async () => {
	expect((await create({ email: `mailto:<${EMAIL}>` })).items).toEqual([
		expect.objectContaining({ email: EMAIL, emailGiven: `mailto:<${EMAIL}>` }),
	]);
});

test('a taken email is an error in the words of Statuspage, also for two items with the same email', async () => {
	const { items, errorItems } = await run(
		world,
		'teamMember create',
		{ email: '={{ $json.email }}' },
		{ items: [{ email: EMAIL }, { email: EMAIL.toUpperCase() }], onError: 'continueErrorOutput' },
	);
	expect(items).toEqual([expect.objectContaining({ email: EMAIL })]);
	expect(errorItems).toEqual([expect.objectContaining({ error: expect.stringContaining('taken') as string })]);
});

test('a new team member has no permissions until they are given', async () => {
	const { items } = await create();
	const teamMemberId = locator('id', String(items[0].id));
	expect(Object.values((await membersWith(EMAIL))[0].permissions)).toEqual([]);
	const { error } = await run(world, 'permission update', {
		teamMemberId,
		pages: { page: [{ pageId: world.pageId, roles: ['incidentManager'] }] },
	});
	expect(error).toBeUndefined();
	expect(Object.keys((await membersWith(EMAIL))[0].permissions)).toEqual([world.pageId]);
});

describe.each([403, 404, 422])('an organization with Atlassian accounts, answer %i', (status) => {
	beforeEach(async () => await simulator.options({ atlassianAccounts: status }));

	test('create and delete say so, and name the alternatives', async () => {
		for (const outcome of [await create(), await remove(locator('id', world.memberId))]) {
			expect(outcome.error?.httpCode).toBe(String(status));
			expect(outcome.error?.description).toMatch(/Atlassian accounts.*admin\.atlassian\.com.*Atlassian SCIM node/);
		}
	});

	test('a team member is not reported as missing', async () => {
		for (const given of [locator('id', world.memberId), locator('email', world.memberEmail)]) {
			const { error, items } = await remove(given, { ignoreIfMissing: true });
			expect([error?.httpCode, items]).toEqual([String(status), []]);
		}
	});
});

describe('a delete', () => {
	test('by email reads the list, and by ID does not', async () => {
		await remove(locator('email', world.memberEmail.toUpperCase()));
		expect((await simulator.log()).at(-1)).toMatchObject({
			method: 'DELETE',
			path: `/organizations/${world.organizationId}/users/${world.memberId}`,
		});
		expect(await sent('GET')).not.toEqual([]);
		await simulator.clearLog();
		await simulator.reset();
		await remove(locator('id', world.memberId));
		expect((await simulator.log()).map(({ method }) => method)).toEqual(['DELETE']);
	});

	test('returns the deleted team member without a password, also in a dry run', async () => {
		await simulator.fault({ kind: 'fields', set: { password: PASSWORD, secret: PASSWORD }, times: 100 });
		for (const options of [{ dryRun: true }, {}]) {
			const outcome = await remove(locator('id', world.memberId), options);
			expect(outcome.items).toMatchObject([{ before: { id: world.memberId, email: world.memberEmail } }]);
			expectNoPassword(outcome);
			expect(outcome.items[0].before).not.toHaveProperty('secret');
		}
	});

	test('with a lost answer succeeded if its retry finds nothing', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'DELETE' } });
		expect((await remove(locator('id', world.memberId))).items).toEqual([{ deleted: true, id: world.memberId }]);
	});

	test('of a missing team member is an error, or nothing to do with Ignore If Missing', async () => {
		expect((await remove(locator('id', GONE))).error?.httpCode).toBe('404');
		const ignoring = { ignoreIfMissing: true };
		expect((await remove(locator('id', GONE), ignoring)).items).toEqual([{ deleted: false, id: GONE }]);
		expect((await remove(locator('email', 'nobody@example.com'), ignoring)).items).toEqual([{ deleted: false }]);
	});

	test('in a dry run returns the team member, also with a read-only credential, and deletes nobody', async () => {
		const credential = { ...world.credential, readOnly: true };
		const dryRun = async (teamMemberId: IDataObject, ignoreIfMissing = false) =>
			await run(
				world,
				'teamMember delete',
				{ teamMemberId, options: { dryRun: true, ignoreIfMissing } },
				{ credential },
			);
		const before = expect.objectContaining({ id: world.memberId, email: world.memberEmail }) as unknown;
		for (const given of [locator('id', world.memberId), locator('email', world.memberEmail)])
			expect((await dryRun(given)).items).toEqual([{ dryRun: true, would: 'delete team member', before, after: null }]);
		for (const given of [locator('id', GONE), locator('email', 'nobody@example.com')]) {
			expect((await dryRun(given)).error?.httpCode).toBe('404');
			expect((await dryRun(given, true)).items).toEqual([
				expect.objectContaining({ would: 'do nothing, because the team member does not exist' }),
			]);
		}
		expect(await sent('DELETE')).toEqual([]);
	});

	test('with a 404 for a team member who is in the list is an error', async () => {
		await simulator.fault({ kind: 'status', status: 404, body: {}, match: { method: 'DELETE' } });
		const { error, items } = await remove(locator('id', world.memberId), { ignoreIfMissing: true });
		expect(error?.message).toContain('but the list of team members contains this person');
		expect(items).toEqual([]);
	});
});
