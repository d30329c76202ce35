import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { AtlassianScimApi } from '../credentials/AtlassianScimApi.credentials';
import { StatuspageApi } from '../credentials/StatuspageApi.credentials';
import { credentialFor, runNode } from './support/engine';
import { directoryCredential } from './support/directory';
import { startSimulator, type Simulator } from './support/simulator';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.clearLog());

const statuspage = { apiKey: 'key', baseUrl: 'https://api.statuspage.io/v1' };
const DIRECTORY = '635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11';
const scim = { apiKey: 'key', baseUrl: 'https://api.atlassian.com/scim/directory', directoryId: DIRECTORY };
const types = { statuspage: new StatuspageApi(), scim: new AtlassianScimApi() };

async function headersFor(
	kind: keyof typeof types,
	changed: ICredentialDataDecryptedObject = {},
	options: Partial<IHttpRequestOptions> = {},
) {
	const credential = { ...{ statuspage, scim }[kind], ...changed };
	const { headers } = await types[kind].authenticate(credential, {
		url: '/pages',
		baseURL: credential.baseUrl as string,
		...options,
	});
	return headers;
}

describe('wherever n8n uses a credential', () => {
	test.each<[string, 'statuspage' | 'scim', ICredentialDataDecryptedObject, string]>([
		['the scheme of Statuspage', 'statuspage', {}, 'OAuth key'],
		['the scheme of SCIM', 'scim', {}, 'Bearer key'],
		['blanks', 'statuspage', { apiKey: ' key\n' }, 'OAuth key'],
		['a no-break space and a zero-width space', 'statuspage', { apiKey: '\u00a0key\u200b' }, 'OAuth key'],
		['a tab', 'scim', { apiKey: '\tkey' }, 'Bearer key'],
		['a loopback address', 'statuspage', { baseUrl: 'http://127.0.0.1:4100/v1' }, 'OAuth key'],
		['an expiry date in the past', 'statuspage', { expiresOn: '2020-01-01' }, 'OAuth key'],
	])('the header is right with %s', async (_, kind, changed, header) => {
		expect(await headersFor(kind, changed, { headers: { Accept: 'application/json' } })).toEqual({
			Accept: 'application/json',
			Authorization: header,
		});
	});

	test.each<[string, 'statuspage' | 'scim', ICredentialDataDecryptedObject, RegExp]>([
		['OAuth', 'statuspage', { apiKey: 'OAuth key' }, /begins with "OAuth"\. Enter the key alone/],
		['Bearer', 'statuspage', { apiKey: ' bearer key' }, /begins with "bearer"/],
		['Bearer', 'scim', { apiKey: 'Bearer key' }, /begins with "Bearer"/],
		['OAuth', 'scim', { apiKey: 'OAuth\tkey' }, /begins with "OAuth"/],
		['a whole header', 'statuspage', { apiKey: 'Authorization: OAuth key' }, /begins with "OAuth"/],
		['two lines', 'statuspage', { apiKey: 'key\nkey' }, /contains a line break/],
		['a zero-width space inside', 'statuspage', { apiKey: 'k\u200bey' }, /another character that no key has/],
		['an empty key', 'statuspage', { apiKey: ' ' }, /API Key of the credential is empty/],
		['a missing key', 'scim', { apiKey: undefined as never }, /API Key of the credential is empty/],
		['clear text', 'statuspage', { baseUrl: 'http://example.com/v1' }, /must start with https/],
		[
			'a host that only looks like loopback',
			'scim',
			{ baseUrl: 'http://127.0.0.1.example.com' },
			/must start with https/,
		],
		['a text that is not a URL', 'statuspage', { baseUrl: 'api.statuspage.io' }, /not a URL/],
		[
			'a full URL as Directory ID',
			'scim',
			{ directoryId: `${scim.baseUrl}/${DIRECTORY}/` },
			new RegExp(`full URL\\. Enter only its last part: ${DIRECTORY}`),
		],
		[
			'another URL as Directory ID',
			'scim',
			{ directoryId: 'https://admin.atlassian.com/o/1' },
			/full URL\. Enter only its last part$/,
		],
		[
			'a Directory ID in the Base URL',
			'scim',
			{ baseUrl: `${scim.baseUrl}/${DIRECTORY}` },
			/'Base URL' in the credential ends with a Directory ID/,
		],
		['a path as Directory ID', 'scim', { directoryId: '../admin' }, /'Directory ID' in the credential is not an ID/],
	])('it stops on %s before any request', async (_, kind, changed, message) => {
		await expect(headersFor(kind, changed)).rejects.toThrow(message);
	});

	test('the HTTP Request node cannot send the key in clear text either', async () => {
		await expect(headersFor('statuspage', {}, { url: 'http://example.com/pages', baseURL: undefined })).rejects.toThrow(
			'http://example.com would get the API key in clear text',
		);
		await expect(
			headersFor('statuspage', {}, { url: undefined as never, baseURL: undefined, uri: 'http://example.com' } as never),
		).rejects.toThrow('in clear text');
		await expect(
			headersFor('statuspage', {}, { url: 'https://example.com/pages', baseURL: undefined }),
		).resolves.toHaveProperty('Authorization');
	});
});

describe('a run stops before any request', () => {
	test.each<[string, ICredentialDataDecryptedObject, string]>([
		['a pasted header', { apiKey: 'OAuth KEY' }, 'The API Key of the credential begins with "OAuth"'],
		[
			'a date that does not exist',
			{ expiresOn: '2026-02-31' },
			"'Key Expires On' in the credential must be a valid date in the format YYYY-MM-DD",
		],
		['a date in another format', { expiresOn: '31/12/2026' }, 'not the text "31/12/2026"'],
		[
			'a rate that is not a number',
			{ requestsPerMinute: 'many' },
			'\'Requests per Minute\' in the credential must be a number of at least 1, not the text "many"',
		],
		['no rate', { requestsPerMinute: 0 }, 'must be a number of at least 1'],
		['a window that is not a number', { rateWindowSeconds: 'x' }, "'Rate Window' in the credential must be a number"],
		['an invalid switch', { readOnly: 'sometimes' }, "'Read Only' in the credential must be true or false"],
		[
			'an invalid second switch',
			{ isShared: 'maybe' },
			"'Shared With Other Processes' in the credential must be true or false",
		],
		['a switch as an object', { readOnly: {} }, 'must be true or false, not an object'],
	])('on %s', async (_, changed, message) => {
		const { error } = await runNode({
			credential: credentialFor(simulator, changed),
			parameters: { resource: 'page', operation: 'getMany' },
		});
		expect(error).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringContaining('Correct the credential'),
		});
		expect(await simulator.log()).toEqual([]);
	});

	test.each(['true', 'TRUE', 1])('on a write where Read Only is %j', async (readOnly) => {
		const { error } = await runNode({
			credential: credentialFor(simulator, { readOnly }),
			parameters: {
				resource: 'component',
				operation: 'create',
				pageId: { __rl: true, mode: 'id', value: 'page00000001' },
				name: 'x',
			},
		});
		expect(error?.message).toMatch(/read-only/);
		expect(await simulator.log()).toEqual([]);
	});

	test.each<[string, ICredentialDataDecryptedObject, string]>([
		[
			'a full URL as Directory ID',
			{ directoryId: `https://api.atlassian.com/scim/directory/${DIRECTORY}` },
			`Enter only its last part: ${DIRECTORY}`,
		],
		[
			'a Directory ID in the Base URL',
			{ baseUrl: `https://api.atlassian.com/scim/directory/${DIRECTORY}` },
			'ends with a Directory ID',
		],
		['a date in another format', { expiresOn: 'next year' }, 'must be a valid date'],
	])('of a directory on %s', async (_, changed, message) => {
		const credential = await directoryCredential(simulator, changed);
		await simulator.clearLog();
		const { error } = await runNode({
			node: 'atlassianScim',
			credential,
			parameters: { resource: 'directory', operation: 'getConfig' },
		});
		expect(error?.message).toContain(message);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('the test of the credential', () => {
	test.each(Object.entries(types))(
		'of %s has a message for each status and for an HTML page',
		(_, { test: { rules = [] } }) => {
			const statuses = rules.flatMap((rule) => (rule.type === 'responseCode' ? [rule.properties.value] : []));
			for (const status of [301, 302, 307, 308, 401, 403, 404, 420, 429, 500, 502, 503, 504])
				expect(statuses).toContain(status);
			expect(new Set(statuses).size).toBe(statuses.length);
			const beginnings = rules.flatMap((rule) =>
				rule.type === 'responseSuccessBody' ? [[rule.properties.key, rule.properties.value]] : [],
			);
			expect(beginnings).toContainEqual(['0', '<']);
			for (const { properties } of rules) expect(properties.message).toMatch(/^[A-Z].{30,}/);
		},
	);
});
