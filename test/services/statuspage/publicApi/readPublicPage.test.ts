import type { IHttpRequestOptions } from 'n8n-workflow';
import { pageAddress } from '../../../../nodes/services/statuspage/publicApi/pageAddress';
import { readPublicFeed, readPublicPage } from '../../../../nodes/services/statuspage/publicApi/readPublicPage';
import { Cancelled, Failure, type FailureFacts } from '../../../../nodes/shared/http/failures';
import { FakeClock } from '../../../support/fakeClock';
import { scripted, type Answer } from '../../../support/fakeService';
import { PAGE, publicConnectionTo, SUMMARY } from '../../../support/publicPages';

const address = pageAddress('status.acme.example');
const ULID = '01JMDK9XYNY6RXSED6SDWW50WY';
const HTML = '<!DOCTYPE html><html><head><title>Acme | Home</title></head></html>';

async function failureOf(answers: Answer[], name: 'summary' | 'unresolvedIncidents' = 'summary', given = address) {
	const clock = new FakeClock();
	const { send, sent } = scripted(clock, answers);
	const error: unknown = await clock
		.finish(readPublicFeed(publicConnectionTo(clock, send), given, name))
		.catch((thrown: unknown) => thrown);
	if (!(error instanceof Failure)) throw new Error(`no failure, but ${JSON.stringify(error)}`);
	return { facts: error.facts, sent };
}

const redirect = (location?: string, statusCode = 301): Answer => ({
	statusCode,
	headers: location === undefined ? {} : { location },
	body: '',
});

describe('what was found instead of a page', () => {
	test.each<[string, Answer, RegExp, RegExp]>([
		['an HTML page', { body: HTML }, /returned an HTML page \("Acme \| Home"\)/, /not hosted on Statuspage/],
		['an HTML page without a title', { body: ' <p>x' }, /returned an HTML page instead/, /not hosted on Statuspage/],
		['an empty response', { body: '' }, /empty response/, /Only pages that are hosted/],
		['text', { body: 'OK' }, /not valid JSON/, /Try again later/],
		['null', { body: null }, /JSON that is not a status/, /Only pages/],
		['a list', { body: [] }, /JSON that is not a status/, /Only pages/],
		[
			'an empty object',
			{ body: {} },
			/not a complete Statuspage response: the page of the response is missing/,
			/another vendor/,
		],
		[
			'a page of incident.io',
			{ body: { ...SUMMARY, page: { ...PAGE, id: ULID } } },
			/hosted on incident\.io/,
			/Only pages/,
		],
		['a list of components alone', { body: { components: [] } }, /components without a page/, /incident\.io/],
		['a page of Instatus', { body: { page: { name: 'A', status: 'UP' } } }, /hosted on Instatus/, /Only pages/],
		[
			'a page of Instatus with its own ID',
			{ body: { ...SUMMARY, page: { ...PAGE, status: 'UP' } } },
			/Instatus/,
			/Only/,
		],
		['a page of cState', { body: { cStateVersion: '5.6' } }, /hosted on cState/, /Only pages/],
		['a page of Better Stack', { body: { data: { id: '1', attributes: {} } } }, /Better Stack/, /Only pages/],
		[
			'another copy',
			{ body: { ...SUMMARY, page: { id: 'acme', name: 'A' } } },
			/probably not hosted/,
			/Another vendor/,
		],
		['401', { statusCode: 401, body: '' }, /without a login \(401\)/, /private, is a trial page, or is inactive/],
		['403', { statusCode: 403, body: HTML }, /rejected the request \(403\)/, /firewall/],
		['404', { statusCode: 404, body: HTML }, /no status API at \/api\/v2\/summary\.json \(404\)/, /not hosted/],
		['410', { statusCode: 410, body: '' }, /\(410\)/, /not hosted/],
		['418', { statusCode: 418, body: '' }, /returned status 418/, /Check the address/],
		['304 without a question for it', { statusCode: 304, body: '' }, /returned status 304/, /Check/],
		[
			'another host',
			redirect('https://status.other.example/api/v2/summary.json'),
			/redirects to https:\/\/status\.other\.example\/api/,
			/Enter status\.other\.example as its address/,
		],
		[
			'the root of another host',
			redirect('https://www.other.example/'),
			/redirects to https:\/\/www\.other\.example\/$/,
			/Open it in a browser/,
		],
		['http', redirect('http://status.acme.example/api/v2/summary.json'), /redirects to http:/, /Open it in a browser/],
		[
			'another port',
			redirect('https://status.acme.example:8443/'),
			/redirects to https:\/\/status\.acme\.example:8443\//,
			/Open it/,
		],
		['an address with a user name', redirect('https://a:b@status.acme.example/'), /redirects to/, /Open it/],
		['an address that is none', redirect('https://'), /redirects to https:\/\//, /Open it/],
		['an unnamed address', redirect(), /redirects to https:\/\/status\.acme\.example\/api/, /Open it/],
		['a login of another host', redirect('https://id.example.com/saml?x=1'), /requires a login/, /API key/],
	])('%s', async (_, answer, message, advice) => {
		const { facts } = await failureOf([answer]);
		expect(facts.message).toMatch(/^status\.acme\.example /);
		expect(facts.message).toMatch(message);
		expect(facts.advice).toMatch(advice);
		expect(facts.kind).toBe('answer');
	});

	test('a login on the same host', async () => {
		const { facts, sent } = await failureOf([redirect('/access/login', 302), { body: HTML }]);
		expect(facts.message).toBe('status.acme.example requires a login');
		expect(sent).toHaveLength(2);
	});

	test('the page ID of an address that does not exist', async () => {
		const given = pageAddress('kctbh9vrtdwd');
		const { facts } = await failureOf([{ statusCode: 404, body: HTML }], 'summary', given);
		expect(facts.advice).toMatch(/no page with this subdomain or page ID/);
	});

	test('a page with another ID than the one in the address', async () => {
		const given = pageAddress('https://manage.statuspage.io/pages/anotherpage1');
		const { facts } = await failureOf([{ body: SUMMARY }], 'summary', given);
		expect(facts.message).toBe('anotherpage1.statuspage.io shows page kctbh9vrtdwd instead of page anotherpage1');
	});

	test.each(['components', 'incidents', 'scheduled_maintenances', 'status', 'page'])(
		'a summary without %s is never read as an empty one',
		async (name) => {
			for (const value of [undefined, null, 'x', {}]) {
				const { facts } = await failureOf([{ body: { ...SUMMARY, [name]: value } }]);
				expect(facts.message).toMatch(
					name === 'page' ? /not a complete|list of components/ : /not a complete|hosted on/,
				);
			}
		},
	);

	test('a copy that lacks a feed is recognized by its summary', async () => {
		const answers = [{ statusCode: 404, body: HTML }, { body: { ...SUMMARY, page: { ...PAGE, id: ULID } } }];
		expect((await failureOf(answers, 'unresolvedIncidents')).facts.message).toMatch(/hosted on incident\.io/);
	});

	test('a missing feed is that, if the summary is missing too, or is right', async () => {
		for (const second of [{ statusCode: 404, body: HTML }, { body: SUMMARY }]) {
			const { facts } = await failureOf([{ statusCode: 404, body: HTML }, second], 'unresolvedIncidents');
			expect(facts.message).toMatch(/no status API at \/api\/v2\/incidents\/unresolved\.json \(404\)/);
		}
	});
});

describe('without an answer', () => {
	test.each<[string, FailureFacts['kind'], RegExp, number]>([
		['ENOTFOUND', 'notSent', /^status\.acme\.example cannot be found: unknown host name$/, 5],
		['EAI_AGAIN', 'notSent', /cannot be found: the host name could not be looked up/, 5],
		['ECONNREFUSED', 'notSent', /cannot be reached: connection refused/, 5],
		['CERT_HAS_EXPIRED', 'notSent', /^No secure connection to status\.acme\.example: .*CERT_HAS_EXPIRED/, 1],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'notSent', /^No secure connection to/, 1],
		['ECONNRESET', 'lost', /closed before the whole response arrived$/, 5],
		['ETIMEDOUT', 'lost', /did not respond within 10 s/, 5],
	])('%s is named, and repeated only where that can help', async (code, kind, message, tries) => {
		const { facts, sent } = await failureOf([{ throws: { code } }]);
		expect(facts.kind).toBe(kind);
		expect(facts.message).toMatch(message);
		expect(sent).toHaveLength(tries);
	});

	test("n8n's protection against private addresses is named, and not repeated", async () => {
		const clock = new FakeClock();
		let sent = 0;
		const send = async () => {
			sent++;
			const blocked = new Error('The request was blocked because it resolves to a restricted IP address');
			throw Object.assign(new Error('connect failed'), { cause: blocked });
		};
		const read = readPublicFeed(publicConnectionTo(clock, send), address, 'summary');
		await expect(clock.finish(read)).rejects.toThrow('n8n blocked the request to status.acme.example');
		expect(sent).toBe(1);
	});

	test('a host that never answers costs the budget at most', async () => {
		for (const [timeoutMs, waitBudgetMs] of [
			[10_000, 15_000],
			[10_000, 5000],
			[60_000, 300_000],
		]) {
			const clock = new FakeClock();
			const send = async () => await new Promise<never>(() => {});
			const read = readPublicFeed(publicConnectionTo(clock, send, { timeoutMs, waitBudgetMs }), address, 'summary');
			await expect(clock.finish(read)).rejects.toThrow(/did not respond/);
			expect(clock.now()).toBeLessThanOrEqual(waitBudgetMs);
			expect(clock.now()).toBeGreaterThanOrEqual(Math.min(timeoutMs, waitBudgetMs));
		}
	});

	test('a cancelled run ends at once, also while it waits for a repeat', async () => {
		for (const answer of [undefined, { statusCode: 503, headers: { 'retry-after': '30' }, body: '' }]) {
			const clock = new FakeClock();
			const controller = new AbortController();
			const send = async () => answer ?? (await new Promise<never>(() => {}));
			const connection = publicConnectionTo(clock, send, { signal: controller.signal });
			const read = readPublicFeed(connection, address, 'summary');
			const failed = expect(read).rejects.toBeInstanceOf(Cancelled);
			await clock.advance(500);
			controller.abort();
			await clock.advance(1000);
			await failed;
		}
	});
});

describe('repeats', () => {
	const rejected = (statusCode: number, retryAfter?: string): Answer => ({
		statusCode,
		headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
		body: '',
	});

	test.each([420, 429, 500, 502, 503, 504])('%d is followed by another try', async (status) => {
		const clock = new FakeClock();
		const { send, sent } = scripted(clock, [rejected(status), { body: SUMMARY }]);
		const connection = publicConnectionTo(clock, send);
		const { feed } = await clock.finish(readPublicFeed(connection, address, 'summary'));
		expect(feed).toEqual(SUMMARY);
		expect(sent).toHaveLength(2);
		expect(connection.report).toMatchObject({ requests: 2, ...(status < 500 ? { rejections: 1 } : { repeats: 1 }) });
	});

	test.each([429, 503])('Retry-After of %d is waited for', async (status) => {
		const clock = new FakeClock();
		const { send, sent } = scripted(clock, [rejected(status, '20'), { body: SUMMARY }]);
		await clock.finish(readPublicFeed(publicConnectionTo(clock, send), address, 'summary'));
		expect(sent[1].at - sent[0].at).toBeGreaterThanOrEqual(20_000);
	});

	test('a Retry-After beyond the budget is not waited for, and the failure contains it', async () => {
		const { facts, sent } = await failureOf([rejected(429, '120')]);
		expect(facts).toMatchObject({ kind: 'rateLimit', status: 429, retryAfterMs: 120_000 });
		expect(sent).toHaveLength(1);
	});

	test('a page that stays unavailable gets five tries', async () => {
		const { facts, sent } = await failureOf([rejected(503)]);
		expect(facts).toMatchObject({ status: 503, message: 'status.acme.example is not available (503)' });
		expect(sent).toHaveLength(5);
	});

	test('half of a JSON is read again, other text is not', async () => {
		expect((await failureOf([{ body: '{"page":{"id"' }])).sent).toHaveLength(5);
		expect((await failureOf([{ body: 'OK' }])).sent).toHaveLength(1);
	});
});

describe('requests', () => {
	test('have no key, name the package, and follow no redirect by themselves', async () => {
		const clock = new FakeClock();
		const { send, sent } = scripted(clock, [{ body: SUMMARY }]);
		await clock.finish(readPublicFeed(publicConnectionTo(clock, send), address, 'summary'));
		expect(sent).toMatchObject([
			{
				method: 'GET',
				url: 'https://status.acme.example/api/v2/summary.json',
				headers: { Accept: 'application/json', 'User-Agent': 'n8n-nodes-statuspage' },
				disableFollowRedirect: true,
				timeout: 10_000,
			},
		]);
		expect(Object.keys(sent[0].headers ?? {})).toEqual(['Accept', 'User-Agent']);
	});

	test('redirects on the same host are followed three times', async () => {
		const clock = new FakeClock();
		const { send, sent } = scripted(clock, [redirect('/a'), redirect('/b'), redirect('/c'), { body: SUMMARY }]);
		const { feed } = await clock.finish(readPublicFeed(publicConnectionTo(clock, send), address, 'summary'));
		expect(feed).toEqual(SUMMARY);
		expect(sent.map(({ url }) => url).slice(1)).toEqual(['a', 'b', 'c'].map((path) => `${address.url}/${path}`));
		const loop = await failureOf([redirect('/a')]);
		expect(loop.sent).toHaveLength(4);
		expect(loop.facts.message).toBe('status.acme.example redirects to https://status.acme.example/a');
	});

	test('another host is never asked', async () => {
		const { sent } = await failureOf([redirect('/a'), redirect('https://status.other.example/api/v2/summary.json')]);
		expect(sent.map(({ url }) => new URL(url).host)).toEqual(['status.acme.example', 'status.acme.example']);
	});
});

describe('several feeds', () => {
	const INCIDENTS = { page: PAGE, incidents: [] };
	const names = ['summary', 'unresolvedIncidents', 'incidents'] as const;

	/** Returns the answer for the path of each request. */
	const byPath = (answers: Record<string, Answer>) => {
		const sent: IHttpRequestOptions[] = [];
		const send = async (options: IHttpRequestOptions) => {
			sent.push(options);
			const { statusCode = 200, headers = {}, body } = answers[options.url.replace(/^.*\/api\/v2\//, '')];
			return { statusCode, headers, body };
		};
		return { sent, send };
	};

	test('are read side by side, and again only if they changed', async () => {
		const clock = new FakeClock();
		const headers = { etag: 'W/"1"', 'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT' };
		const first = byPath({
			'summary.json': { headers, body: SUMMARY },
			'incidents/unresolved.json': { headers: { etag: '"2"' }, body: INCIDENTS },
			'incidents.json': { body: INCIDENTS },
		});
		const readings = await clock.finish(readPublicPage(publicConnectionTo(clock, first.send), address, names));
		expect(readings).toEqual({
			summary: { feed: SUMMARY, validators: { ifNoneMatch: 'W/"1"', ifModifiedSince: headers['last-modified'] } },
			unresolvedIncidents: { feed: INCIDENTS, validators: { ifNoneMatch: '"2"' } },
			incidents: { feed: INCIDENTS, validators: {} },
		});

		const again = byPath({
			'summary.json': { statusCode: 304, body: '' },
			'incidents/unresolved.json': { headers: { etag: '"3"' }, body: INCIDENTS },
			'incidents.json': { body: INCIDENTS },
		});
		const known = {
			summary: readings.summary.validators,
			unresolvedIncidents: readings.unresolvedIncidents.validators,
			incidents: readings.incidents.validators,
		};
		const connection = publicConnectionTo(clock, again.send);
		expect(await clock.finish(readPublicPage(connection, address, names, { known, pageId: PAGE.id }))).toEqual({
			summary: { validators: known.summary },
			unresolvedIncidents: { feed: INCIDENTS, validators: { ifNoneMatch: '"3"' } },
			incidents: { feed: INCIDENTS, validators: {} },
		});
		const asked = again.sent.map(({ headers: sentHeaders = {} }) => [
			sentHeaders['If-None-Match'],
			sentHeaders['If-Modified-Since'],
		]);
		expect(asked).toEqual([
			['W/"1"', headers['last-modified']],
			['"2"', undefined],
			[undefined, undefined],
		]);
	});

	test('of different pages, or of another page than before, are a failure', async () => {
		const clock = new FakeClock();
		const other = { page: { ...PAGE, id: 'anotherpage1' }, incidents: [] };
		const { send } = byPath({
			'summary.json': { body: SUMMARY },
			'incidents/unresolved.json': { body: INCIDENTS },
			'incidents.json': { body: other },
		});
		const connection = publicConnectionTo(clock, send);
		await expect(clock.finish(readPublicPage(connection, address, names))).rejects.toThrow(
			'status.acme.example shows page anotherpage1 instead of page kctbh9vrtdwd',
		);
		await expect(
			clock.finish(readPublicPage(connection, address, ['summary'], { pageId: 'anotherpage1' })),
		).rejects.toThrow('status.acme.example shows page kctbh9vrtdwd instead of page anotherpage1');
	});

	test('are nothing if one of them fails', async () => {
		const clock = new FakeClock();
		const { send } = byPath({
			'summary.json': { body: SUMMARY },
			'incidents/unresolved.json': { body: INCIDENTS },
			'incidents.json': { body: HTML },
		});
		await expect(clock.finish(readPublicPage(publicConnectionTo(clock, send), address, names))).rejects.toThrow(
			/returned an HTML page/,
		);
	});
});
