import { sleep, type IDataObject } from 'n8n-workflow';
import { fetch } from 'undici';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

const DEFAULTS = {
	takenEmails: 'any-case',
	takenOnUpdate: 409,
	viewers: 250,
	limit: 60,
	windowSeconds: 60,
	retryAfter: 'seconds',
	latency: 0,
	audience: 'specific',
	unknownIds: 'refuse',
	emailSearch: 'partial',
	permissionShape: 'data-map',
	membersCap: 0,
	seed: 1,
};

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ ...DEFAULTS, ...options });
	world = await worldOf(simulator);
}

const send = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
	const answer = await simulator.send(method, path, { body, headers });
	const text = await answer.text();
	return {
		status: answer.status,
		headers: answer.headers,
		body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as never,
	};
};
const users = (rest = '') => `/pages/${world.pageId}/page_access_users${rest}`;
const groups = (rest = '') => `/pages/${world.pageId}/page_access_groups${rest}`;

describe('an API key', () => {
	test.each([
		['that is missing', {}],
		['without a scheme', { Authorization: 'simulator-key' }],
		['with scheme Bearer', { Authorization: 'Bearer simulator-key' }],
		['that is unknown', { Authorization: 'OAuth other' }],
	])('%s is rejected', async (_, headers) => {
		await start();
		const answer = await fetch(`${simulator.url}/pages?api_key=simulator-key`, {
			headers: headers as Record<string, string>,
		});
		expect(answer.status).toBe(401);
		expect(await answer.json()).toEqual({ error: 'Invalid authentication token.' });
		expect((await simulator.stats()).maxInWindow).toBe(0);
	});
});

describe('the rate limit', () => {
	test('rejects with 420 and 429 in turn, and allows requests again after the window', async () => {
		await start({ limit: 3, windowSeconds: 1 });
		const statuses = [];
		for (let count = 0; count < 7; count++) statuses.push((await send('GET', '/pages')).status);
		expect(statuses).toEqual([200, 200, 200, 420, 429, 420, 429]);
		await sleep(1100);
		expect((await send('GET', '/pages')).status).toBe(200);
		expect((await simulator.stats()).maxInWindow).toBe(3);
	});

	test.each([
		['seconds', /^\d+$/],
		['date', /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/],
		['none', null],
	])('sends Retry-After as %s', async (retryAfter, form) => {
		await start({ limit: 1, retryAfter });
		await send('GET', '/pages');
		const { headers } = await send('GET', '/pages');
		if (form) expect(headers.get('retry-after')).toMatch(form);
		else expect(headers.get('retry-after')).toBeNull();
	});

	test('allows one unpaginated list per window, with 100 rows', async () => {
		await start();
		expect((await send('GET', users())).body).toHaveLength(100);
		expect((await send('GET', users())).status).toBe(420);
		expect((await send('GET', users('?page=2&per_page=100'))).status).toBe(200);
	});
});

describe('paging', () => {
	test('starts at 1 and returns at most 100 rows per page', async () => {
		await start();
		const first = (await send('GET', users('?page=1&per_page=500'))).body as Array<{ id: string }>;
		const third = (await send('GET', users('?page=3&per_page=100'))).body as Array<{ id: string }>;
		expect([first.length, third.length]).toEqual([100, 50]);
		expect(third.map(({ id }) => id)).toEqual(world.viewers.slice(200).map(({ id }) => id));
	});

	test('of subscribers starts at 0', async () => {
		await start();
		const list = async (query: string) =>
			(await send('GET', `/pages/${world.pageId}/subscribers?${query}`)).body as Array<{ id: string; email?: string }>;
		const pages = [
			await list('page=0&limit=100&state=all'),
			await list('page=1&limit=100&state=all'),
			await list('page=2&limit=100&state=all'),
		];
		expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(250);
		expect((await list('page=0&limit=100&state=quarantined')).length).toBeGreaterThan(0);
		expect(await list('q=subscriber.0@example.com')).toMatchObject([{ email: 'subscriber.0@example.com' }]);
	});

	test('accepts .json paths', async () => {
		await start();
		expect((await send('GET', users('.json?page=1&per_page=5'))).body).toHaveLength(5);
	});
});

describe('viewers', () => {
	test('rejects an email that is taken with 409, regardless of case', async () => {
		await start();
		const { status } = await send('POST', users(), {
			page_access_user: { email: world.viewers[0].email.toUpperCase() },
		});
		expect(status).toBe(409);
	});

	test('a membership is visible in the viewer and in the viewer group', async () => {
		await start();
		const { id } = world.viewers[0];
		await send('PATCH', users(`/${id}`), { page_access_user: { page_access_group_ids: [world.groups[3].id] } });
		expect((await send('GET', groups(`/${world.groups[3].id}`))).body).toMatchObject({
			page_access_user_ids: expect.arrayContaining([id]),
		});
		await send('PATCH', groups(`/${world.groups[3].id}`), { page_access_group: { page_access_user_ids: [] } });
		expect((await send('GET', users(`/${id}`))).body).toMatchObject({
			page_access_group_ids: [],
			page_access_group_id: null,
		});
	});

	test('PATCH adds, POST replaces, and DELETE without a body removes all components', async () => {
		await start();
		const [a, b, c] = world.components.map(({ id }) => id);
		const path = users(`/${world.viewers[0].id}/components`);
		const held = async () =>
			((await send('GET', `${path}?page=1&per_page=100`)).body as Array<{ id: string }>).map(({ id }) => id);
		await send('PATCH', path, { component_ids: [a] });
		await send('PATCH', path, { component_ids: [b] });
		expect(await held()).toEqual([a, b]);
		expect((await send('POST', path, { component_ids: [c] })).status).toBe(201);
		expect(await held()).toEqual([c]);
		await send('DELETE', path);
		expect(await held()).toEqual([]);
	});

	test.each([
		['specific', 200, 1],
		['kept', 200, 1],
		['dropped', 200, 0],
		['rejected', 403, 0],
	])('creating a viewer with audience %s returns %d', async (audience, status, count) => {
		await start({ audience });
		expect((await send('POST', users(), { page_access_user: { email: 'a@example.com' } })).status).toBe(status);
		const { viewers } = await simulator.page();
		expect(Object.values(viewers).filter(({ email }) => email === 'a@example.com')).toHaveLength(count);
	});

	test.each([
		['refuse', 422],
		['ignore', 200],
	])('handles an unknown ID in a list: %s', async (unknownIds, status) => {
		await start({ unknownIds });
		const { status: seen } = await send('POST', users(), {
			page_access_user: { email: 'a@example.com', page_access_group_ids: ['nogroup'] },
		});
		expect(seen).toBe(status);
		expect(Object.keys((await simulator.page()).viewers)).toHaveLength(status === 200 ? 251 : 250);
	});
});

test('an unknown ID is rejected even if the list has duplicates', async () => {
	await start();
	const [{ id }] = world.groups;
	const wanted = { email: 'a@example.com', page_access_group_ids: [id, id, 'nogroup'] };
	expect((await send('POST', users(), { page_access_user: wanted })).status).toBe(422);
});

test.each([409, 422, 404])('a rejected PATCH (%d) changes nothing', async (takenOnUpdate) => {
	await start({ takenOnUpdate });
	const [{ id, groupIds }, { email }] = world.viewers;
	const wanted = { email, page_access_group_ids: [world.groups[7].id] };
	expect((await send('PATCH', users(`/${id}`), { page_access_user: wanted })).status).toBe(takenOnUpdate);
	expect((await simulator.page()).viewers[id].groupIds).toEqual(groupIds);
});

test.each([
	['any-case', 409],
	['same-case', 200],
])('emails are unique with option %s', async (takenEmails, status) => {
	await start({ takenEmails });
	expect(
		(await send('POST', users(), { page_access_user: { email: world.viewers[1].email.toUpperCase() } })).status,
	).toBe(status);
	expect((await send('POST', users(), { page_access_user: { email: world.viewers[1].email } })).status).toBe(409);
});

test('updating permissions removes omitted pages', async () => {
	await start();
	const path = `/organizations/${world.organizationId}/permissions/${world.memberId}`;
	await send('PUT', path, { pages: { [world.plainPageId]: {} } });
	expect((await simulator.state()).members[world.memberId].permissions).toEqual({ [world.plainPageId]: {} });
});

describe('rejects and logs requests that the real service may accept', () => {
	const bad: Array<[string, string, () => string, unknown]> = [
		['an unknown field', 'POST', () => users(), { page_access_user: { email: 'a@b.c', colour: 'red' } }],
		['an unknown envelope', 'POST', () => users(), { user: { email: 'a@b.c' } }],
		['a wrong type', 'POST', () => users(), { page_access_user: { email: 'a@b.c', page_access_group_ids: 'x' } }],
		[
			'text for a boolean in JSON',
			'POST',
			() => users(),
			{ page_access_user: { email: 'a@b.c', subscribe_to_components: 'true' } },
		],
		['a missing field', 'POST', () => users(), { page_access_user: {} }],
		['an unknown query parameter', 'GET', () => users('?page=1&per_page=5&limit=5'), undefined],
		['page 0', 'GET', () => users('?page=0&per_page=5'), undefined],
		['an unknown operation', 'PUT', () => users(), {}],
		[
			'an undocumented body',
			'DELETE',
			() => `/pages/${world.pageId}/components/${world.components[0].id}/page_access_users`,
			{ page_access_user_ids: [] },
		],
		[
			'an unknown role',
			'PUT',
			() => `/organizations/${world.organizationId}/permissions/${world.memberId}`,
			{ pages: { x: { owner: true } } },
		],
	];
	test.each(bad)('%s', async (_, method, path, body) => {
		await start();
		const { status, body: answer } = await send(method, path(), body);
		expect(status).toBeGreaterThanOrEqual(400);
		expect(answer).toEqual({ message: expect.stringMatching(/^Simulator: /) });
		expect(await simulator.problems()).toHaveLength(1);
	});
});

test('accepts forms as Rails does', async () => {
	await start();
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
	const form = `page_access_user[email]=a%2Bb@example.com&page_access_user[subscribe_to_components]=true&page_access_user[page_access_group_ids][]=${world.groups[0].id}`;
	expect((await send('POST', users(), form, headers)).body).toMatchObject({
		email: 'a+b@example.com',
		page_access_group_ids: [world.groups[0].id],
	});
	expect(await simulator.problems()).toEqual([]);
});

test('accepts forms with many IDs', async () => {
	await simulator.reset({ ...DEFAULTS, viewers: 1500 });
	world = await worldOf(simulator);
	const [component] = world.components;
	const form = new URLSearchParams(
		world.viewers.map(({ id }): [string, string] => ['page_access_user_ids[]', id]),
	).toString();
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
	expect(
		(await send('POST', `/pages/${world.pageId}/components/${component.id}/page_access_users`, form, headers)).status,
	).toBe(201);
	const { viewers } = await simulator.page();
	expect(Object.values(viewers).filter(({ componentIds }) => componentIds.includes(component.id))).toHaveLength(1500);
});

test('rejects unknown options', async () => {
	await expect(simulator.options({ windowSecond: 1 })).rejects.toThrow('there is no option windowSecond');
	await expect(simulator.reset({ viewer: 1 })).rejects.toThrow('there is no option viewer');
});

describe('faults', () => {
	const failing = async () =>
		await send('GET', '/pages').then(
			({ status }) => status,
			() => 'connection closed',
		);

	test.each([
		[{ kind: 'status', status: 503 }, 503],
		[{ kind: 'html' }, 502],
		[{ kind: 'redirect', location: 'https://example.com' }, 302],
		[{ kind: 'resetBefore' }, 'connection closed'],
		[{ kind: 'resetAfter' }, 'connection closed'],
		[{ kind: 'cut' }, 'connection closed'],
		[{ kind: 'body', body: [] }, 200],
	] as const)('%j', async (fault, seen) => {
		await start();
		await simulator.fault({ ...fault, body: 'body' in fault ? [] : undefined });
		expect(await failing()).toBe(seen);
		expect(await failing()).toBe(200);
		expect(await simulator.stats()).toMatchObject({ faults: 1, requests: 2 });
	});

	test('after processing also replace error responses', async () => {
		await start();
		await simulator.fault({ kind: 'resetAfter' });
		await expect(send('GET', users('/nobody'))).rejects.toThrow();
		expect((await send('GET', users('/nobody'))).status).toBe(404);
	});

	test('skip requests first and then affect matching ones', async () => {
		await start();
		await simulator.fault({
			kind: 'status',
			status: 500,
			match: { method: 'GET', path: '^/pages$' },
			skip: 1,
			times: 2,
		});
		expect((await send('GET', users('?page=1&per_page=1'))).status).toBe(200);
		expect([await failing(), await failing(), await failing(), await failing()]).toEqual([200, 500, 500, 200]);
	});

	test.each(['resetBefore', 'gone'] as const)('%s skips each request once', async (kind) => {
		await start();
		await simulator.fault({ kind, forMs: kind === 'gone' ? 200 : undefined, skip: 3 });
		expect([await failing(), await failing(), await failing()]).toEqual([200, 200, 200]);
		await expect(send('GET', '/pages')).rejects.toThrow();
		await sleep(400);
		expect(await failing()).toBe(200);
	});

	test('can last for a time instead of a number of requests', async () => {
		await start();
		await simulator.fault({ kind: 'status', status: 503, forMs: 300 });
		expect([await failing(), await failing(), await failing()]).toEqual([503, 503, 503]);
		await sleep(400);
		expect([await failing(), await failing()]).toEqual([200, 200]);
	});

	test('can close the port for a time, and then the state is as it was', async () => {
		await start();
		const before = await simulator.page();
		await simulator.fault({ kind: 'gone', forMs: 500 });
		await expect(send('GET', '/pages')).rejects.toThrow();
		await expect(send('GET', '/pages')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
		await sleep(800);
		expect(await failing()).toBe(200);
		expect(await simulator.page()).toEqual(before);
	});

	test('can replace the body with any text or remove fields', async () => {
		await start();
		await simulator.fault({ kind: 'body', body: null });
		await simulator.fault({ kind: 'body', body: '"text"', headers: { 'content-type': 'application/json' } });
		await simulator.fault({ kind: 'fields', drop: ['email'], set: { page_access_group_ids: null } });
		const read = async () => await (await simulator.send('GET', users('?page=1&per_page=1'))).text();
		expect(await read()).toBe('null');
		expect(await read()).toBe('"text"');
		const [row] = JSON.parse(await read()) as IDataObject[];
		expect(row).toMatchObject({ id: world.viewers[0].id, page_access_group_ids: null });
		expect(row).not.toHaveProperty('email');
	});
});

test('the seed determines the page', async () => {
	await start();
	const first = await simulator.state();
	await start();
	expect(await simulator.state()).toEqual(first);
	await start({ seed: 2 });
	expect(Object.keys((await simulator.state()).pages)).not.toEqual(Object.keys(first.pages));
});
