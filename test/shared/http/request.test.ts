import type { Failure } from '../../../nodes/shared/http/failures';
import { sendRequest } from '../../../nodes/shared/http/request';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, createRequest, getRequest, scripted, type Answer } from '../../support/fakeService';

const REFUSED: Answer = { statusCode: 429, body: { error: 'Slow down' } };

async function failureOf(work: Promise<unknown>): Promise<Failure> {
	return await work.then(
		() => {
			throw new Error('It succeeded');
		},
		(error: Failure) => error,
	);
}

const noJitter = () => 0;

describe('a rejection', () => {
	const forms: Array<[string, Answer, number]> = [
		['420 with seconds', { ...REFUSED, statusCode: 420, headers: { 'retry-after': '7' } }, 7000],
		['429 with seconds', { ...REFUSED, headers: { 'retry-after': '7' } }, 7000],
		['429 with a date', { ...REFUSED, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } }, 9000],
		['429 with nothing', REFUSED, 60_000],
		['429 with nonsense', { ...REFUSED, headers: { 'retry-after': 'soon' } }, 60_000],
	];
	test.each(forms)('%s is waited out, and any method is sent again', async (_, answer, waitMs) => {
		for (const request of [getRequest, createRequest]) {
			const clock = new FakeClock(noJitter);
			const { sent, send } = scripted(clock, [answer, {}]);
			const connection = connectionTo(clock, send);
			await clock.finish(sendRequest(connection, request));
			expect(sent.map(({ at }) => at)).toEqual([0, waitMs]);
			expect(connection.report).toMatchObject({ requests: 2, rejections: 1, repeats: 0 });
		}
	});

	test('and nothing else ends with the wait budget, which the message names', async () => {
		const clock = new FakeClock(noJitter);
		const { sent, send } = scripted(clock, [{ ...REFUSED, headers: { 'retry-after': '20' } }]);
		const failure = await failureOf(
			clock.finish(sendRequest(connectionTo(clock, send, { waitBudgetMs: 50_000 }), getRequest)),
		);
		expect(failure.facts).toMatchObject({ kind: 'rateLimit', status: 429, message: expect.stringContaining('40 s') });
		expect(sent).toHaveLength(3);
	});

	test('does not use up the budget when other requests get through', async () => {
		const clock = new FakeClock(noJitter);
		const refused = { ...REFUSED, headers: { 'retry-after': '20' } };
		const { send } = scripted(clock, [refused, refused, {}, refused, refused, {}]);
		const connection = connectionTo(clock, send, { waitBudgetMs: 50_000 });
		await clock.finish(sendRequest(connection, getRequest));
		await clock.finish(sendRequest(connection, getRequest));
		expect(connection.report.rejections).toBe(4);
	});

	test('of hours is not begun when the budget is minutes', async () => {
		const clock = new FakeClock(noJitter);
		const { send } = scripted(clock, [{ ...REFUSED, headers: { 'retry-after': '7200' } }]);
		const failure = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), getRequest)));
		expect(failure.facts.kind).toBe('rateLimit');
		expect(clock.now()).toBe(0);
	});
});

test('paced waiting has no bound', async () => {
	const clock = new FakeClock();
	const { sent, send } = scripted(clock, [{}]);
	const connection = connectionTo(clock, send, { limit: 1, waitBudgetMs: 1000 });
	for (let count = 0; count < 20; count++) await clock.finish(sendRequest(connection, getRequest));
	expect(sent.at(-1)?.at).toBe(19 * 60_000);
});

describe('an answer that did not come', () => {
	const broken: Array<[string, Answer]> = [
		['500', { statusCode: 500, body: { error: 'Oops' } }],
		['HTML 200', { body: '<html>' }],
		['nothing', { body: '' }],
		['reset', { throws: { code: 'ECONNRESET' } }],
		['timeout', { throws: { code: 'ECONNABORTED' } }],
	];
	test.each(broken)('%s: a repeatable request is sent five times in total', async (_, answer) => {
		const clock = new FakeClock();
		const { sent, send } = scripted(clock, [answer, answer, answer, answer, {}]);
		await clock.finish(sendRequest(connectionTo(clock, send), getRequest));
		expect(sent).toHaveLength(5);
		const again = scripted(clock, [answer]);
		await failureOf(clock.finish(sendRequest(connectionTo(clock, again.send), getRequest)));
		expect(again.sent).toHaveLength(5);
	});

	test.each(broken)('%s: a create is not repeated', async (_, answer) => {
		const clock = new FakeClock();
		const { sent, send } = scripted(clock, [answer, {}]);
		const failure = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), createRequest)));
		expect(sent).toHaveLength(1);
		expect(failure.facts.advice).toContain("may have succeeded, so it wasn't repeated");
	});

	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'%s: nothing arrived, so that a create is repeated as well',
		async (code) => {
			const clock = new FakeClock();
			const { sent, send } = scripted(clock, [{ throws: { code } }, {}]);
			await clock.finish(sendRequest(connectionTo(clock, send), createRequest));
			expect(sent).toHaveLength(2);
		},
	);

	test('a certificate is not tried again', async () => {
		const clock = new FakeClock();
		const { sent, send } = scripted(clock, [{ throws: { code: 'CERT_HAS_EXPIRED' } }]);
		await failureOf(clock.finish(sendRequest(connectionTo(clock, send), getRequest)));
		expect(sent).toHaveLength(1);
	});

	test('the pauses grow, with full jitter, and end', async () => {
		const pauses = async (random: number) => {
			const clock = new FakeClock(() => random);
			const { sent, send } = scripted(clock, [{ statusCode: 503 }]);
			await failureOf(clock.finish(sendRequest(connectionTo(clock, send), getRequest)));
			return sent.slice(1).map(({ at }, index) => at - sent[index].at);
		};
		expect(await pauses(0)).toEqual([0, 0, 0, 0]);
		expect(await pauses(1)).toEqual([500, 1000, 2000, 4000]);
	});
});

describe('a delete that finds nothing', () => {
	const remove = { ...getRequest, method: 'DELETE' as const, answer: 'none' as const };
	test('has succeeded when it was sent before', async () => {
		const clock = new FakeClock();
		const { send } = scripted(clock, [
			{ throws: { code: 'ECONNRESET' } },
			{ statusCode: 404, body: { message: 'gone' } },
		]);
		expect(await clock.finish(sendRequest(connectionTo(clock, send), remove))).toBeUndefined();
	});

	test('is an error the first time', async () => {
		const clock = new FakeClock();
		const { send } = scripted(clock, [{ statusCode: 404, body: { message: 'gone' } }]);
		expect((await failureOf(clock.finish(sendRequest(connectionTo(clock, send), remove)))).status).toBe(404);
	});
});

test('a redirect is an error that names its target, and n8n is told not to follow it', async () => {
	const clock = new FakeClock();
	const { sent, send } = scripted(clock, [
		{ statusCode: 302, headers: { location: 'https://elsewhere.example/?k=secret-key' } },
	]);
	const { message } = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), getRequest)));
	expect(message).toContain('https://elsewhere.example/?k=***');
	expect(sent).toEqual([expect.objectContaining({ disableFollowRedirect: true, ignoreHttpStatusErrors: true })]);
});

test('a read-only connection sends no write', async () => {
	const clock = new FakeClock();
	const { sent, send } = scripted(clock, [{}]);
	const connection = connectionTo(clock, send, { isReadOnly: true });
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
		expect((await failureOf(sendRequest(connection, { ...createRequest, method }))).facts.kind).toBe('invalid');
	}
	await clock.finish(sendRequest(connection, getRequest));
	expect(sent).toHaveLength(1);
});

test('cancelling ends a wait of minutes within a second', async () => {
	const clock = new FakeClock();
	const controller = new AbortController();
	const { send } = scripted(clock, [{ statusCode: 503 }]);
	const connection = connectionTo(clock, send, { signal: controller.signal });
	const sleeping = failureOf(sendRequest(connection, getRequest));
	await clock.advance(100);
	controller.abort();
	expect((await clock.finish(sleeping)).name).toBe('AbortError');
	expect(clock.now()).toBeLessThanOrEqual(1100);
});
