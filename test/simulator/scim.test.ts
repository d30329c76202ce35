/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { sleep } from 'n8n-workflow';
import { fetch } from 'undici';
import { startSimulator, type Simulator } from '../support/simulator';
import {
	ACCOUNT,
	ask as askSimulator,
	CUSTOM,
	DEFAULTS,
	ENTERPRISE,
	person,
	rejection,
	team,
	type List,
	type Resource,
} from './scim';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

const start = async (options: Record<string, string | number> = {}) =>
	await simulator.reset({ ...DEFAULTS, ...options });
const ask = async <Body = Resource>(method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
	await askSimulator<Body>(simulator, method, path, body, headers);
const list = async (path: string) => (await ask<List>('GET', path)).body;
const filtered = async (path: string, filter: string) =>
	await ask<List>('GET', `${path}?filter=${encodeURIComponent(filter)}`);

describe('an API key', () => {
	test.each([
		['that is missing', ''],
		['with scheme OAuth', 'OAuth simulator-scim-key'],
		['for Statuspage', 'Bearer simulator-key'],
		['that is unknown', 'Bearer other'],
	])('%s is rejected', async (_, Authorization) => {
		await start({ scimLimit: 5 });
		const { status, body } = await ask('GET', '/Users', undefined, { Authorization });
		expect(status).toBe(401);
		expect(body).toEqual(rejection(401));
		expect((await simulator.stats()).maxInWindow).toBe(0);
	});

	test.each(['OAuth', 'Bearer'])('for SCIM is rejected by Statuspage with scheme %s', async (scheme) => {
		const answer = await simulator.send('GET', '/pages', {
			headers: { Authorization: `${scheme} simulator-scim-key` },
		});
		expect(answer.status).toBe(401);
	});

	test('only gives access to its own directory', async () => {
		await start();
		const answer = await fetch(`${simulator.scimUrl}/other/Users`, {
			headers: { Authorization: `Bearer ${simulator.scimKey}` },
		});
		expect(answer.status).toBe(404);
		expect(await answer.json()).toEqual(rejection(404, undefined, 'Directory other not found'));
	});
});

describe('content types', () => {
	test.each(['application/scim+json', 'application/json', 'application/scim+json; charset=utf-8'])(
		'accepts %s',
		async (type) => {
			await start();
			const { status, headers } = await ask('POST', '/Users', person('a@example.com'), { 'Content-Type': type });
			expect(status).toBe(201);
			expect(headers.get('content-type')).toMatch(/^application\/scim\+json(;|$)/);
		},
	);

	test.each([
		['text', 'text/plain', 415, undefined],
		['a form', 'application/x-www-form-urlencoded', 415, undefined],
		['invalid JSON', 'application/scim+json', 400, 'invalidSyntax'],
	])('rejects %s and logs a problem', async (_, type, status, scimType) => {
		await start();
		const answer = await ask('POST', '/Users', 'userName=a', { 'Content-Type': type });
		expect(answer.status).toBe(status);
		expect(answer.body).toEqual(rejection(status, scimType, expect.stringMatching(/^Simulator: /)));
		expect(await simulator.problems()).toHaveLength(1);
	});
});

describe('lists', () => {
	test('start at 1 and end with an empty page', async () => {
		await start();
		const pages = [
			await list('/Users'),
			await list('/Users?startIndex=101'),
			await list('/Users?startIndex=201&count=100'),
			await list('/Users?startIndex=251'),
		];
		expect(pages.map(({ Resources }) => Resources.length)).toEqual([100, 100, 50, 0]);
		expect(new Set(pages.flatMap(({ Resources }) => Resources.map(({ id }) => id))).size).toBe(250);
		expect(pages[2]).toEqual({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
			totalResults: 250,
			startIndex: 201,
			itemsPerPage: 50,
			Resources: expect.any(Array),
		});
	});

	test.each([
		['?count=0', 0, 0],
		['?count=7', 0, 7],
		['?count=500', 0, 100],
		['?startIndex=2&count=100', 1, 101],
		['?startIndex=60&count=100', 59, 159],
	])('%s', async (query, from, to) => {
		await start();
		const { users } = await simulator.directory();
		expect((await list(`/Users${query}`)).Resources.map(({ id }) => id)).toEqual(Object.keys(users).slice(from, to));
	});

	test('have the page size of the option', async () => {
		await start({ scimPageSize: 20 });
		expect((await list('/Users')).Resources).toHaveLength(20);
		expect((await list('/Users?count=30')).Resources).toHaveLength(20);
		expect((await list('/Groups')).Resources).toHaveLength(9);
	});

	test('of groups include the members of each group', async () => {
		await start();
		const { groups } = await simulator.directory();
		const { Resources } = await list('/Groups?startIndex=3&count=2');
		expect(
			Resources.map(({ id, members }) => [id, (members as Array<{ value: string }>).map(({ value }) => value)]),
		).toEqual(
			Object.values(groups)
				.slice(2, 4)
				.map(({ id, memberIds }) => [id, memberIds]),
		);
	});
});

describe('filters', () => {
	test('compare user names without case and external IDs with case', async () => {
		await start();
		const { id, attributes } = Object.values((await simulator.directory()).users)[7];
		expect((await filtered('/Users', `userName eq "${attributes.userName.toUpperCase()}"`)).body).toMatchObject({
			totalResults: 1,
			Resources: [{ id }],
		});
		expect((await filtered('/Users', `externalId eq "${attributes.externalId}"`)).body).toMatchObject({
			totalResults: 1,
			Resources: [{ id }],
		});
		expect((await filtered('/Users', `externalId eq "${attributes.externalId?.toUpperCase()}"`)).body).toMatchObject({
			totalResults: 0,
			itemsPerPage: 0,
			Resources: [],
		});
	});

	test('accept escaped quotes and backslashes', async () => {
		await start();
		const name = 'a "quoted" \\ name and "b"';
		const { body } = await ask('POST', '/Groups', team(name));
		expect((await filtered('/Groups', `displayName eq ${JSON.stringify(name)}`)).body.Resources).toEqual([body]);
		expect((await filtered('/Groups', 'displayName eq "a "')).body.Resources).toEqual([]);
	});

	test.each([
		['/Users', ''],
		['/Users', 'userName'],
		['/Users', 'userName eq anna'],
		['/Users', 'userName eq "anna'],
		['/Users', 'userName eq "\\x"'],
		['/Users', 'userName eq true'],
		['/Users', 'userName co "anna"'],
		['/Users', 'userName eq "a" or userName eq "b"'],
		['/Users', 'title eq "Engineer"'],
		['/Users', 'emails.value eq "a@example.com"'],
		['/Groups', 'externalId eq "a"'],
		['/Groups', 'displayName sw "a"'],
	])('of %s reject %j', async (path, filter) => {
		const { status, body } = await filtered(path, filter);
		expect(status).toBe(400);
		expect(body).toEqual(rejection(400, 'invalidFilter'));
	});
});

describe('attribute selection', () => {
	const only = async (query: string) => {
		const { body } = await ask(
			'POST',
			'/Users',
			person('a@example.com', {
				title: 'Boss',
				name: { givenName: 'A', familyName: 'B' },
				[ENTERPRISE]: { department: 'X', division: 'Y' },
				[CUSTOM]: { color: 'red', floor: 2 },
			}),
		);
		return Object.keys((await ask('GET', `/Users/${body.id}?${query}`)).body).sort();
	};

	test.each([
		['attributes=userName', ['userName']],
		['attributes=userName,name.givenName', ['name', 'userName']],
		[`attributes=${ENTERPRISE}`, [ENTERPRISE]],
		[`attributes=title,${ENTERPRISE}:department`, ['title', ENTERPRISE]],
		[`attributes=${ACCOUNT}`, [ACCOUNT]],
		[`attributes=${CUSTOM}:color,${ACCOUNT}:atlassianAccountId`, [CUSTOM, ACCOUNT]],
		['excludedAttributes=meta,title,name,groups,emails', ['active', 'userName', CUSTOM, ENTERPRISE, ACCOUNT]],
		[
			`excludedAttributes=meta,title,name,groups,emails,id,schemas,${CUSTOM},${ACCOUNT}`,
			['active', 'userName', ENTERPRISE],
		],
	])('%s', async (query, names) => {
		await start();
		expect(await only(query)).toEqual(['id', 'schemas', ...names].sort());
	});

	test('applies to lists and to responses of writes', async () => {
		await start();
		expect(Object.keys((await list('/Users?attributes=userName')).Resources[0]).sort()).toEqual([
			'id',
			'schemas',
			'userName',
		]);
		const { body } = await ask('POST', '/Users?attributes=title', person('a@example.com', { title: 'Boss' }));
		expect(body).toEqual({ schemas: expect.any(Array), id: expect.any(String), title: 'Boss' });
		const path = `/Users/${body.id}?excludedAttributes=title`;
		expect((await ask('PUT', path, person('a@example.com', { title: 'Chief' }))).body.title).toBeUndefined();
		const operations = [{ op: 'replace', path: 'active', value: false }];
		expect(
			(await ask('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }))
				.body,
		).toMatchObject({ active: false, userName: 'a@example.com' });
		expect((await simulator.directory()).users[body.id].attributes).toMatchObject({ title: 'Chief', active: false });
	});

	test('rejects both parameters together and writes nothing', async () => {
		await start();
		const { status, body } = await ask(
			'POST',
			'/Users?attributes=title&excludedAttributes=name',
			person('a@example.com'),
		);
		expect([status, body]).toEqual([400, rejection(400, 'invalidSyntax')]);
		expect((await list('/Users')).totalResults).toBe(250);
	});
});

describe('rejects and logs requests that the real service may accept', () => {
	test.each([
		['GET', '/Users?page=1', undefined, 400],
		['GET', '/Users?startIndex=0', undefined, 400],
		['GET', '/Users?count=ten', undefined, 400],
		['GET', '/Users?attributes=colour', undefined, 400],
		['GET', '/Groups?attributes=displayName', undefined, 400],
		['GET', '/Schemas?filter=a', undefined, 400],
		['POST', '/Users', undefined, 400],
		['POST', '/Users', [], 400],
		['PATCH', '/Users', {}, 404],
		['POST', '/Bulk', {}, 404],
	])('%s %s', async (method, path, sent, status) => {
		await start();
		const { status: seen, body } = await ask(method, path, sent);
		expect(seen).toBe(status);
		expect(body).toEqual(
			rejection(status, status === 400 ? 'invalidSyntax' : undefined, expect.stringMatching(/^Simulator: /)),
		);
		expect(await simulator.problems()).toHaveLength(1);
	});
});

test('describes its features and schemas', async () => {
	await start();
	expect((await ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
		patch: { supported: true },
		filter: { supported: true, maxResults: 100 },
		sort: { supported: false },
	});
	expect((await list('/ResourceTypes')).Resources.map(({ name, endpoint }) => [name, endpoint])).toEqual([
		['User', '/Users'],
		['Group', '/Groups'],
	]);
	expect((await ask('GET', '/ResourceTypes/User')).body).toMatchObject({
		id: 'User',
		schemaExtensions: [{ schema: ENTERPRISE, required: false }],
	});
	const { Resources, totalResults } = await list('/Schemas');
	expect(Resources).toHaveLength(totalResults);
	for (const schema of Resources) expect((await ask('GET', `/Schemas/${schema.id}`)).body).toEqual(schema);
	const names = (Resources[0].attributes as Array<{ name: string }>).map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['department', 'organization', 'timezone']));
	expect(names).not.toContain('addresses');
	for (const path of ['/Schemas/User', '/ResourceTypes/Device'])
		expect((await ask('GET', path)).body).toEqual(rejection(404));
});

describe('the rate limit', () => {
	test('is off by default', async () => {
		await start({ limit: 1 });
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await ask('GET', '/ServiceProviderConfig')),
		);
		expect(answers.every(({ status }) => status === 200)).toBe(true);
	});

	test.each([
		['seconds', /^\d+$/],
		['date', /GMT$/],
		['none', null],
	])('rejects with 429 and sends Retry-After as %s', async (retryAfter, form) => {
		await start({ scimLimit: 2, windowSeconds: 1, retryAfter });
		const answers = [];
		for (let count = 0; count < 5; count++) answers.push(await ask('GET', '/ServiceProviderConfig'));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429, 429]);
		expect(answers[4].body).toEqual(rejection(429));
		if (form) expect(answers[4].headers.get('retry-after')).toMatch(form);
		else expect(answers[4].headers.get('retry-after')).toBeNull();
		expect((await simulator.send('GET', '/pages')).status).toBe(200);
		await sleep(1100);
		expect((await ask('GET', '/ServiceProviderConfig')).status).toBe(200);
		expect(await simulator.stats()).toMatchObject({ rejections: 3, maxInWindow: 2 });
	});
});

describe('faults', () => {
	const failing = async (path = '/Users') =>
		await ask('GET', path).then(
			({ status }) => status,
			() => 'connection closed',
		);

	test.each([
		[{ kind: 'status', status: 503 }, 503],
		[{ kind: 'resetBefore' }, 'connection closed'],
		[{ kind: 'resetAfter' }, 'connection closed'],
		[{ kind: 'cut' }, 'connection closed'],
		[{ kind: 'body', body: [] }, 200],
	] as const)('%j', async (fault, seen) => {
		await start();
		await simulator.fault({ ...fault, body: 'body' in fault ? [] : undefined });
		expect(await failing()).toBe(seen);
		expect(await failing()).toBe(200);
	});

	test('have the error format of the service and match the path after the directory', async () => {
		await start();
		await simulator.fault({ kind: 'status', status: 503, match: { method: 'GET', path: '^/Groups$' } });
		expect(await failing('/Users')).toBe(200);
		expect((await ask('GET', '/Groups')).body).toEqual(rejection(503));
	});

	test('after processing keep the change', async () => {
		await start();
		await simulator.fault({ kind: 'resetAfter' });
		await expect(ask('POST', '/Users', person('a@example.com'))).rejects.toThrow();
		expect((await filtered('/Users', 'userName eq "a@example.com"')).body.totalResults).toBe(1);
	});
});

test('delays responses by the latency option', async () => {
	await start();
	await ask('GET', '/ServiceProviderConfig');
	await simulator.options({ latency: 200 });
	const before = performance.now();
	await ask('GET', '/ServiceProviderConfig');
	expect(performance.now() - before).toBeGreaterThan(190);
});

test('logs the service of each request', async () => {
	await start();
	await simulator.send('GET', '/pages');
	await ask('POST', '/Users?attributes=userName', person('a@example.com'));
	await ask('GET', '/Groups/nobody');
	expect(await simulator.log()).toMatchObject([
		{ service: 'statuspage', method: 'GET', path: '/pages', status: 200 },
		{
			service: 'scim',
			method: 'POST',
			path: '/Users',
			query: { attributes: 'userName' },
			authorization: 'Bearer simulator-scim-key',
			contentType: 'application/scim+json',
			body: { userName: 'a@example.com' },
			status: 201,
		},
		{ service: 'scim', method: 'GET', path: '/Groups/nobody', status: 404 },
	]);
});

describe('the seed', () => {
	test('determines the directory', async () => {
		await start();
		const first = await simulator.directory();
		await start();
		expect(await simulator.directory()).toEqual(first);
		await start({ seed: 2 });
		expect((await simulator.directory()).id).not.toBe(first.id);
	});

	test('starts with team members, followed by viewers and other users', async () => {
		await start({ directoryUsers: 500, directoryGroups: 20 });
		const { directory, members, pages } = await simulator.state();
		const known = [
			...Object.values(members).map(({ row }) => row.email),
			...Object.values(Object.values(pages)[0].viewers).map(({ email }) => email),
		];
		const users = Object.values(directory.users);
		expect(users.slice(0, 400).map(({ attributes }) => attributes.userName)).toEqual(known);
		expect(Object.keys(directory.accounts)).toHaveLength(505);
		expect(users.filter(({ attributes }) => !attributes.active)).toHaveLength(10);
		const [admins, ...groups] = Object.values(directory.groups);
		expect(admins).toMatchObject({ displayName: 'org-admins', isDefault: true });
		expect(groups.map(({ memberIds }) => memberIds.length >= 5 && memberIds.length <= 120)).toEqual(
			Array(20).fill(true),
		);
		expect(groups[0]).toMatchObject({ displayName: 'Statuspage Acme', isDefault: false });
	});

	test('creates the same page for any size of the directory', async () => {
		await start();
		const { directory: before, ...first } = await simulator.state();
		await start({ directoryUsers: 10, directoryGroups: 0 });
		const { directory, ...second } = await simulator.state();
		expect(second).toEqual(first);
		expect(
			[before, directory].map(({ users, groups }) => [Object.keys(users).length, Object.keys(groups).length]),
		).toEqual([
			[250, 9],
			[10, 1],
		]);
	});
});

const SIMULATOR = join(__dirname, '..', '..', 'simulator');

async function lines(output: Readable, count: number): Promise<string[]> {
	let text = '';
	for await (const chunk of output) if ((text += String(chunk)).split('\n').length > count) break;
	return text.split('\n');
}

test('the command line prints the URLs of both services', async () => {
	const flags = [
		'--port',
		'0',
		'--viewers',
		'0',
		'--directory-users',
		'3',
		'--directory-groups',
		'1',
		'--scim-key',
		'k1',
		'--scim-limit',
		'1',
		'--scim-page-size',
		'2',
		'--account-extension',
		'2.0',
		'--member-paths',
		'rejected',
	];
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(SIMULATOR, 'cli.mts'), '--exit-with-parent', ...flags],
		{ stdio: ['pipe', 'pipe', 'inherit'] },
	);
	const [first, second] = await lines(child.stdout, 2);
	expect(first).toMatch(/^Statuspage simulator: http:\/\/127\.0\.0\.1:\d+\/v1 \(key: simulator-key\)$/);
	const [, url] =
		/^Atlassian SCIM simulator: (http:\/\/127\.0\.0\.1:\d+\/scim\/directory\/[\da-f-]{36}) \(key: k1\)$/.exec(second) ??
		[];
	const get = async () => await fetch(`${url}/Users`, { headers: { Authorization: 'Bearer k1' } });
	const { totalResults, Resources } = (await (await get()).json()) as List;
	expect([totalResults, Resources.length, Resources[0].schemas]).toEqual([
		3,
		2,
		[expect.any(String), ACCOUNT.replace('1.0', '2.0')],
	]);
	expect((await get()).status).toBe(429);
	child.stdin.end();
	await once(child, 'exit');
});

test('simulators in one process do not share state', async () => {
	const script = `
		const { startSimulator } = await import(process.argv[1]);
		for (const seed of [1, 2]) {
			const { scimUrl, directoryId } = await startSimulator({ seed, viewers: 0, directoryUsers: 3 });
			console.log(scimUrl + '/' + directoryId);
		}
		process.stdin.resume().on('end', () => process.exit());`;
	const child = spawn(
		process.execPath,
		['--import', 'tsx', '--input-type=module', '-e', script, join(SIMULATOR, 'server.mts')],
		{ stdio: ['pipe', 'pipe', 'inherit'] },
	);
	const [first, second] = await lines(child.stdout, 2);
	const headers = { Authorization: `Bearer ${simulator.scimKey}`, 'Content-Type': 'application/scim+json' };
	const created = (await (
		await fetch(`${first}/Users`, { method: 'POST', headers, body: JSON.stringify(person('a@example.com')) })
	).json()) as { id: string; meta: { location: string } };
	expect(created.meta.location).toBe(`${first}/Users/${created.id}`);
	const totals = await Promise.all(
		[first, second].map(
			async (url) => ((await (await fetch(`${url}/Users`, { headers })).json()) as List).totalResults,
		),
	);
	expect(totals).toEqual([4, 3]);
	child.stdin.end();
	await once(child, 'exit');
});
